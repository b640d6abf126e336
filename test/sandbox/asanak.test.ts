import { afterEach, beforeEach, expect, test } from "vitest";
import type { AsanakMode } from "../../src/sandbox/asanak/modes.ts";
import { type AsanakOptions, type AsanakSimulator, startAsanakSimulator } from "../../src/sandbox/asanak/server.ts";
import { muteModes } from "./wire-modes.ts";

const line = "982164063188";
let asanak: AsanakSimulator;

async function start(options: AsanakOptions = {}): Promise<void> {
  await asanak?.stop();
  asanak = await startAsanakSimulator({ deliverAfterMs: 40, ...options });
}

beforeEach(() => start());
afterEach(async () => {
  await asanak.stop();
  expect(asanak.network.crashes).toEqual([]);
});

interface Answer {
  http: number;
  meta: { status: number; message: string };
  data: unknown;
}

async function call(method: string, fields: object, credentials: object = {}): Promise<Answer> {
  const login = { username: asanak.account.username, password: asanak.account.password, ...credentials };
  const response = await fetch(`${asanak.url}/${method}`, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify({ ...login, ...fields }),
    signal: AbortSignal.timeout(2000),
  });
  return { http: response.status, ...((await response.json()) as Omit<Answer, "http">) };
}

const send = (fields: object = {}) =>
  call("sendsms", { source: line, destination: "09120000001", message: "سلام", ...fields });
const verdict = ({ http, meta }: Answer) => `${http} ${meta.status}`;

test("sendsms gives one id for each receiver, past 32 bits, in the order of the receivers", async () => {
  const answer = await send({ destination: "09120000001,989120000002-09350000003" });
  expect(answer).toEqual({
    http: 200,
    meta: { status: 200, message: "success" },
    data: [5271599999, 5271600000, 5271600001],
  });
  expect(asanak.ledger.map(({ id, line: from, receiver, text }) => [id, from, receiver, text])).toEqual([
    ["5271599999", line, "09120000001", "سلام"],
    ["5271600000", line, "989120000002", "سلام"],
    ["5271600001", line, "09350000003", "سلام"],
  ]);
});

test("forms, multipart and GET with a query are understood as JSON is", async () => {
  const fields = {
    username: asanak.account.username,
    password: asanak.account.password,
    source: "02164063188",
    destination: "09120000001",
    message: "یک",
  };
  const multipart = new FormData();
  for (const [name, value] of Object.entries(fields)) multipart.set(name, value);
  const url = `${asanak.url}/sendsms`;
  const answers = [
    await fetch(url, { method: "POST", body: new URLSearchParams(fields) }),
    await fetch(url, { method: "POST", body: multipart }),
    await fetch(`${url}?${new URLSearchParams(fields)}`),
  ];
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect(asanak.ledger.map(({ text, line: from }) => [text, from])).toEqual(
    Array.from({ length: 3 }, () => ["یک", line]),
  );
  expect(JSON.stringify(asanak.calls)).not.toContain(asanak.account.password);
});

test.each([
  ["wrong credentials", {}, { password: "wrong" }, "401 1008"],
  ["an inactive line", { source: "30001111" }, {}, "406 1002"],
  ["a +98 receiver", { destination: "+989120000001" }, {}, "406 1010"],
  ["a landline", { destination: "02112345678" }, {}, "406 1010"],
  [
    "101 receivers",
    { destination: Array.from({ length: 101 }, (_, i) => `0912000${String(i).padStart(4, "0")}`) },
    {},
    "400 1008",
  ],
  ["an empty text", { message: "" }, {}, "400 1008"],
  ["no text", { message: undefined }, {}, "400 1008"],
])("%s is refused", async (_what, fields, credentials, answer) => {
  expect(
    verdict(await call("sendsms", { source: line, destination: "09120000001", message: "x", ...fields }, credentials)),
  ).toBe(answer);
  expect(asanak.ledger).toEqual([]);
});

test("bad numbers among good ones are left out, so that there are fewer ids than receivers", async () => {
  const answer = await send({ destination: "09120000001,12,09120000002" });
  expect(answer.data).toHaveLength(2);
});

test("the blacklist holds only where the caller asks for it, and 1001 comes when nobody is left", async () => {
  await start({ blacklist: ["0912 000 0001"] });
  expect(verdict(await send({ send_to_blacklist: 0 }))).toBe("406 1001");
  expect((await send({ send_to_blacklist: 0, destination: "09120000001,09120000002" })).data).toHaveLength(1);
  expect(verdict(await send())).toBe("200 200");
});

test("credit is counted in parts and refused with 1006, a day's limit with 1009, links with 1014", async () => {
  await start({ credit: 3, noLinkLines: [line] });
  await send({ message: "س".repeat(71) });
  expect((await call("getcredit", {})).data).toEqual({ credit: 1 });
  expect(verdict(await send({ message: "س".repeat(71) }))).toBe("402 1006");
  expect(verdict(await send({ message: "https://example.com" }))).toBe("400 1014");
  expect((await call("getrialcredit", {})).data).toEqual({ credit: 997_000 });
  await start({ dailyLimit: 1 });
  await send();
  expect(verdict(await send())).toBe("412 1009");
});

test("an advertising line sends only within its hours of Tehran", async () => {
  const at = (hourInTehran: number) => Date.UTC(2026, 7, 1, hourInTehran) - 3.5 * 3_600_000;
  const advertising = { lines: [line], from: 8, to: 22 };
  for (const [hour, answer] of [
    [7, "403 1013"],
    [8, "200 200"],
    [22, "403 1013"],
  ] as const) {
    await start({ advertising, clock: { now: () => at(hour), after: () => () => {} } });
    expect(verdict(await send())).toBe(answer);
  }
});

test("p2psendsms sends different texts and gives objects; rows without a way are left out", async () => {
  const answer = await call("p2psendsms", {
    data: [
      { source: line, destination: "09120000001", message: "یک", send_to_blacklist: "1" },
      { source: line, destination: "+98912", message: "دو" },
      { source: line, destination: 9120000003, message: "سه" },
      { source: line, destination: "09120000004", message: "چهار" },
    ],
  });
  expect(answer.data).toEqual([
    { messageId: 5271599999, source: line, destination: "09120000001" },
    { messageId: 5271600000, source: line, destination: "09120000004" },
  ]);
  expect(asanak.ledger.map(({ text }) => text)).toEqual(["یک", "چهار"]);
});

test("a template is filled in, and an unknown one is 1001", async () => {
  await start({ templates: [{ id: 12, text: "سلام {{name}}" }] });
  const fill = (template_id: number) =>
    call("template", { template_id, destination: "09120000001", parameters: { name: "علی" } });
  expect((await fill(12)).data).toEqual([5271599999]);
  expect(asanak.ledger[0]?.text).toBe("سلام علی");
  expect(verdict(await fill(13))).toBe("406 1001");
});

test("the status walks to 6 with times of Tehran; an unknown id is -1", async () => {
  await send();
  const first = await call("msgstatus", { msgid: "5271599999,77" });
  expect(first.data).toEqual([
    {
      MsgID: "5271599999",
      Status: expect.stringMatching(/^[1249]$/),
      SendTime: expect.any(String),
      DeliverTime: "0000-00-00 00:00:00",
    },
    { MsgID: "77", Status: "-1", SendTime: "0000-00-00 00:00:00", DeliverTime: "0000-00-00 00:00:00" },
  ]);
  await asanak.waitFor(() => asanak.statusOf("5271599999")?.deliveredAt);
  const [status] = (await call("msgstatus", { msgid: ["5271599999"] })).data as {
    Status: string;
    DeliverTime: string;
  }[];
  expect(status?.Status).toBe("6");
  const today = new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Tehran" }).format(
    performance.timeOrigin + performance.now(),
  );
  expect(status?.DeliverTime.slice(0, 10)).toBe(today);
});

test("a receiver may be made to fail, and a status may be set by hand", async () => {
  asanak.willEnd("0912 000 0001", 5);
  await send();
  await asanak.waitFor(() => asanak.statusOf("5271599999")?.status === 5);
  asanak.setStatus("5271599999", 20);
  expect(asanak.statusOf("5271599999")?.status).toBe(20);
});

test("an SMS that no handset reports becomes 13, and 6 when it is delivered late", async () => {
  await start({ deliverAfterMs: 10, noReportAfterMs: 50 });
  let late = () => {};
  asanak.attach({ carry: (_sms, delivered) => (late = delivered) });
  await send();
  await asanak.waitFor(() => asanak.statusOf("5271599999")?.status === 13);
  late();
  expect(asanak.statusOf("5271599999")?.status).toBe(6);
});

test.each<[AsanakMode, number]>(muteModes)(
  "in mode %j the caller learns nothing, and %i SMS are taken",
  async (mode, taken) => {
    asanak.mode({ ...mode, times: 1 });
    await expect(send()).rejects.toThrow();
    expect(asanak.ledger).toHaveLength(taken);
    expect(verdict(await send())).toBe("200 200");
  },
);

test("it refuses with any code on demand, answers slowly, or with fewer ids", async () => {
  asanak.mode({ kind: "refuse", refusal: "system", times: 1 });
  expect(verdict(await send())).toBe("500 1004");
  expect(verdict(await send())).toBe("200 200");
  asanak.mode({ kind: "fewer-ids" });
  expect((await send({ destination: "09120000001,09120000002" })).data).toHaveLength(1);
  asanak.mode({ kind: "slow", ms: 60, on: "all" });
  const start = performance.now();
  await call("getcredit", {});
  expect(performance.now() - start).toBeGreaterThan(50);
  asanak.mode({ kind: "normal" });
  expect(asanak.ledger).toHaveLength(3);
});

test("an unknown path is 404", async () => {
  expect((await fetch(`${asanak.url}/delete`)).status).toBe(404);
  expect((await fetch(asanak.network.url)).status).toBe(404);
});

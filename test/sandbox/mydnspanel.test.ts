import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { ListOptions } from "../../src/sandbox/mydnspanel/list.ts";
import type { MydnspanelMode } from "../../src/sandbox/mydnspanel/modes.ts";
import {
  type MydnspanelOptions,
  type MydnspanelSimulator,
  startMydnspanelSimulator,
} from "../../src/sandbox/mydnspanel/server.ts";

const line = "50004321";
const firstId = "9207199254740993";
const patterns = [{ textCode: 123, text: "سلام {name}، کد {code}", variables: ["name", "code"] }];
let panel: MydnspanelSimulator;

async function start(options: MydnspanelOptions = {}): Promise<void> {
  await panel?.stop();
  panel = await startMydnspanelSimulator({ deliverAfterMs: 40, patterns, ...options });
}

beforeEach(() => start());
afterEach(async () => {
  await panel.stop();
  expect(panel.network.crashes).toEqual([]);
});

const authorization = () => ({ authorization: panel.account.apiKey });

async function post(fields: Record<string, string>): Promise<Response> {
  const body = new URLSearchParams(fields);
  return fetch(panel.url, { method: "POST", headers: authorization(), body, signal: AbortSignal.timeout(400) });
}

async function call(action: string, fields: Record<string, string> = {}): Promise<Record<string, unknown>> {
  return (await (await post({ action, ...fields })).json()) as Record<string, unknown>;
}

const send = (fields: Record<string, string> = {}) =>
  call("send", { from: line, text: "سلام", receivers: "9120000001", ...fields });
const sendServices = (fields: Record<string, string> = {}) =>
  call("sendServices", { from: "auto", textCode: "123", receivers: "9120000001", ...fields });
const postJson = (fields: object) =>
  fetch(panel.url, {
    method: "POST",
    headers: { ...authorization(), "content-type": "application/json" },
    body: JSON.stringify(fields),
  });

describe("access", () => {
  test("forms, multipart, JSON and GET are understood alike, and the key is not kept", async () => {
    const fields = { action: "send", from: line, text: "یک", receivers: "9120000001" };
    const multipart = new FormData();
    for (const [name, value] of Object.entries(fields)) multipart.set(name, value);
    const answers = [
      await post(fields),
      await fetch(panel.url, { method: "POST", headers: authorization(), body: multipart }),
      await postJson({ ...fields, from: Number(line), receivers: 9120000001 }),
      await fetch(`${panel.url}?${new URLSearchParams({ ...fields, key: panel.account.apiKey })}`),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(panel.ledger.map(({ text, line: from, receiver }) => [text, from, receiver])).toEqual(
      Array.from({ length: 4 }, () => ["یک", line, "9120000001"]),
    );
    expect(panel.calls.map(({ verb, encoding, action, result }) => [verb, encoding, action, result])).toEqual([
      ["POST", "form", "send", "1"],
      ["POST", "multipart", "send", "1"],
      ["POST", "json", "send", "1"],
      ["GET", "query", "send", "1"],
    ]);
    expect(panel.calls[3]?.fields).toEqual(fields);
    expect(JSON.stringify(panel.calls)).not.toContain(panel.account.apiKey);
  });

  test("the key is a raw header of a POST and a parameter of a GET, and nothing else", async () => {
    const key = panel.account.apiKey;
    const answers = [
      await fetch(`${panel.url}?action=status`, { method: "POST", headers: { authorization: `Bearer ${key}` } }),
      await fetch(`${panel.url}?action=status&key=${key}`, { method: "POST" }),
      await fetch(`${panel.url}?action=status`, { headers: { authorization: key } }),
      await fetch(`${panel.url}?action=status&key=${key}`),
    ];
    const texts = await Promise.all(answers.map((answer) => answer.text()));
    expect(texts).toEqual(['{"result":"-1"}', '{"result":"-1"}', '{"result":"-1"}', '{"result":"1"}']);
  });

  test("the common checks come one after the other, for every action", async () => {
    const { account } = panel;
    Object.assign(account, { hasAccess: false, isApproved: false, isAddressAllowed: false });
    expect(await call("nothing")).toEqual({ result: "-2" });
    account.hasAccess = true;
    expect(await call("nothing")).toEqual({ result: "-3" });
    account.isApproved = true;
    const put = await fetch(`${panel.url}?action=status`, { method: "PUT", headers: authorization() });
    expect(await put.json()).toEqual({ result: "-4" });
    expect(await call("nothing")).toEqual({ result: "-5" });
    account.isAddressAllowed = true;
    expect(await call("nothing")).toEqual({ result: "100" });
    expect(await call("sendOTP")).toEqual({ result: "100" });
    expect(await call("status")).toEqual({ result: "1" });
  });

  test("a body that is not what it says has no action, and another path is 404", async () => {
    const headers = { ...authorization(), "content-type": "application/json" };
    const broken = await fetch(panel.url, { method: "POST", headers, body: '{"action":' });
    expect(await broken.json()).toEqual({ result: "100" });
    expect((await fetch(panel.network.url)).status).toBe(404);
  });
});

describe("send", () => {
  test("gives one id past 2^53 for all its receivers, as a string", async () => {
    expect(await send({ receivers: "9120000001,989120000002", trySend: "10", type: "1" })).toEqual({
      result: "1",
      sendID: firstId,
    });
    expect(await send()).toEqual({ result: "1", sendID: "9207199254740994" });
    const shared = { line, text: "سلام", parts: 1, action: "send", at: expect.any(Number) };
    expect(panel.ledger).toEqual([
      { ...shared, id: firstId, receiver: "9120000001", trySend: 10, type: "1" },
      { ...shared, id: firstId, receiver: "989120000002", trySend: 10, type: "1" },
      { ...shared, id: "9207199254740994", receiver: "9120000001", trySend: 0 },
    ]);
  });

  test.each<[MydnspanelOptions, string]>([
    [{ numericIds: true }, '{"result":"1","sendID":9207199254740993}'],
    [{ values: "numbers" }, '{"result":1,"sendID":"9207199254740993"}'],
    [{ sendIdName: "id", firstId: 7 }, '{"result":"1","id":"7"}'],
    [{ sendIdName: "sendId", sendIdPlace: "data" }, '{"result":"1","data":{"sendId":"9207199254740993"}}'],
    [{ sendIdPlace: "data[0]" }, '{"result":"1","data":[{"sendID":"9207199254740993"}]}'],
    [{ sendIdPlace: "none" }, '{"result":"1"}'],
  ])("with %j it answers %s", async (options, body) => {
    await start(options);
    const answer = await post({ action: "send", from: line, text: "x", receivers: "9120000001" });
    expect(await answer.text()).toBe(body);
  });

  test.each<[string, Record<string, string>, string]>([
    ["a foreign line", { from: "50009999" }, "106"],
    ["an empty text", { text: " " }, "107"],
    ["a number with a zero", { receivers: "09120000001" }, "105"],
    ["a bad number among good ones", { receivers: "9120000001,912" }, "105"],
    ["a landline", { receivers: "2112345678" }, "105"],
    ["too many tries", { trySend: "11" }, "0"],
    ["half a try", { trySend: "0.5" }, "0"],
    ["a type that does not exist", { type: "9" }, "103"],
  ])("%s is refused", async (_what, fields, result) => {
    expect(await send(fields)).toEqual({ result });
    expect(panel.ledger).toEqual([]);
  });

  test.each(["from", "text", "receivers"])("without %s it is incomplete", async (missing) => {
    const { [missing]: _left, ...fields } = { from: line, text: "x", receivers: "9120000001" } as Record<
      string,
      string
    >;
    expect(await call("send", fields)).toEqual({ result: "0" });
  });

  test("auto and a line with the country's code are understood", async () => {
    await send({ from: "auto" });
    await send({ from: `98${line}` });
    expect(panel.ledger.map(({ line: from }) => from)).toEqual([line, line]);
  });

  test("an account may need a type, may be denied one, or may lack its documents", async () => {
    await start({ requiresType: true, types: ["1", "2"], deniedTypes: ["2"] });
    expect(await send()).toEqual({ result: "103" });
    expect(await send({ type: "2" })).toEqual({ result: "104" });
    expect(await send({ type: "1" })).toMatchObject({ result: "1" });
    panel.account.areDocumentsApproved = false;
    expect(await send({ type: "1" })).toEqual({ result: "114" });
  });

  test("credit goes down by parts and receivers, and 109 takes nothing", async () => {
    await start({ credit: 5 });
    await send({ text: "س".repeat(71), receivers: "9120000001,9120000002" });
    expect(await call("credit")).toEqual({ result: "1", credit: "1" });
    expect(await send({ text: "س".repeat(71) })).toEqual({ result: "109" });
    expect(panel.account.credit).toBe(1);
  });

  test("a phone book keeps the receiver and never stops the SMS", async () => {
    expect(await send({ phoneBook: "12" })).toMatchObject({ result: "1", phoneBook: "1" });
    expect(await send({ phoneBook: "12", receivers: "989120000001" })).toMatchObject({ result: "1", phoneBook: "-3" });
    expect(await send({ phoneBook: "13" })).toMatchObject({ result: "1", phoneBook: "-2" });
    panel.account.phoneBooks.refusal = -1;
    expect(await send({ phoneBook: "12" })).toMatchObject({ result: "1", phoneBook: "-1" });
    expect(await send({ phoneBook: "12", text: "" })).toEqual({ result: "107" });
    expect(panel.account.phoneBooks.contacts.get("12")?.map(({ number }) => number)).toEqual(["9120000001"]);
    expect(panel.ledger).toHaveLength(4);
  });
});

describe("reportSend", () => {
  const receiverOf = (number: string, processingStatus: string, sendStatus: string) => ({
    number,
    processingStatus,
    sendStatus,
  });

  test("looks as in the manual, down to the handset", async () => {
    await send({ receivers: "989120000000" });
    await panel.waitFor(() => panel.statusOf(firstId, "9120000000")?.send === 3);
    const answer = await post({ action: "reportSend", sendID: firstId });
    expect(await answer.text()).toBe(
      '{"result":"1","data":{"count":"1","archive":"false","receivers":[{"number":"9120000000","processingStatus":"2","sendStatus":"3"}]}}',
    );
  });

  test("walks with time and stays at 2/1 while the handset is away", async () => {
    let now = 1_000_000;
    let due = () => {};
    const after = (_ms: number, run: () => void) => {
      due = run;
      return () => {};
    };
    await start({ deliverAfterMs: 100, clock: { now: () => now, after } });
    let arrive = () => {};
    panel.attach({ carry: (_sms, delivered) => (arrive = delivered) });
    await send();
    const seen: string[] = [];
    const look = () => {
      const status = panel.statusOf(firstId, "9120000001");
      seen.push(`${status?.processing}/${status?.send}`);
    };
    for (const at of [0, 30, 60, 80, 100_000]) {
      now = 1_000_000 + at;
      look();
    }
    due();
    look();
    arrive();
    look();
    expect(seen).toEqual(["0/-1", "1/-1", "2/0", "2/1", "2/1", "2/1", "2/3"]);
  });

  test("each receiver has its own end, and a returned one gives its price back", async () => {
    await start({ credit: 10 });
    panel.willEnd("0912 000 0001", { processing: 4, send: -1 });
    panel.willEnd("9120000002", { processing: 2, send: 5 });
    await send({ receivers: "9120000001,9120000002,9120000003" });
    await panel.waitFor(() => panel.statusOf(firstId, "9120000003")?.send === 3);
    panel.setStatus(firstId, "09120000003", { processing: 2, send: 6 });
    expect(await call("reportSend", { sendID: firstId })).toMatchObject({
      data: {
        count: "3",
        receivers: [
          receiverOf("9120000001", "4", "-1"),
          receiverOf("9120000002", "2", "5"),
          receiverOf("9120000003", "2", "6"),
        ],
      },
    });
    expect(panel.account.credit).toBe(8);
  });

  test("an unknown id is -6, an archived send has no receivers", async () => {
    expect(await call("reportSend", { sendID: "77" })).toEqual({ result: "-6" });
    expect(await call("reportSend")).toEqual({ result: "-6" });
    await send({ receivers: "9120000001,9120000002" });
    panel.archive(firstId);
    const archived = { result: "1", data: { count: "2", archive: "true", receivers: [] } };
    expect(await call("reportSend", { sendID: firstId })).toEqual(archived);
    await start({ archiveAfterMs: 0, values: "numbers" });
    await send();
    const bare = { result: 1, data: { count: 1, archive: true, receivers: [] } };
    expect(await call("reportSend", { sendID: firstId })).toEqual(bare);
  });

  test("what is handed to the network is the text from the line", async () => {
    const carried: unknown[] = [];
    panel.attach({ carry: (sms) => carried.push(sms) });
    await send();
    await expect.poll(() => carried).toEqual([{ from: line, to: "9120000001", text: "سلام" }]);
  });
});

test.each([
  ["balance", { balance: "12345" }],
  ["data.credit", { data: { credit: "12345" } }],
  ["data", { data: "12345" }],
])("credit may stand in %s", async (creditPlace, fields) => {
  await start({ creditPlace });
  expect(await call("credit")).toEqual({ result: "1", ...fields });
});

describe("sendServices", () => {
  const byName = JSON.stringify({ "{name}": "علی", "{code}": "{name}" });

  test("fills a pattern by name or by place, in a form or in JSON", async () => {
    await sendServices({ textData: byName });
    await sendServices({ "textData[0]": "علی", "textData[1]": "{name}" });
    const base = { action: "sendServices", from: line, textCode: 123, receivers: "9120000001", trySend: 2 };
    await postJson({ ...base, textData: ["علی", "{name}"] });
    await postJson({ ...base, textData: { "{name}": "علی", "{code}": "{name}" } });
    expect(panel.calls.map(({ result }) => result)).toEqual(["1", "1", "1", "1"]);
    expect(panel.ledger.map(({ text, action, trySend }) => [text, action, trySend])).toEqual(
      [0, 0, 2, 2].map((tries) => ["سلام علی، کد {name}", "sendServices", tries]),
    );
  });

  test.each<[string, Record<string, string>, string]>([
    ["a foreign line", { from: "1" }, "603"],
    ["a bad number", { receivers: "09120000001" }, "604"],
    ["two receivers", { receivers: "9120000001,9120000002" }, "609"],
    ["an unknown pattern", { textCode: "124" }, "605"],
    ["a missing variable", { textData: '{"{name}":"علی"}' }, "606"],
    ["keys without braces", { textData: '{"name":"علی","code":"1"}' }, "606"],
    ["too few values", { textData: '["علی"]' }, "606"],
    ["too many values", { textData: '["1","2","3"]' }, "606"],
    ["what is not JSON", { textData: "{name:1}" }, "606"],
    ["too many tries", { trySend: "-1" }, "0"],
  ])("%s is refused", async (_what, fields, result) => {
    expect(await sendServices({ textData: byName, ...fields })).toEqual({ result });
    expect(panel.ledger).toEqual([]);
  });

  test("without variables, without a code, without credit", async () => {
    await start({ credit: 0 });
    expect(await sendServices()).toEqual({ result: "606" });
    expect(await sendServices({ "textData[1]": "1234" })).toEqual({ result: "606" });
    expect(await call("sendServices", { from: "auto", receivers: "9120000001" })).toEqual({ result: "0" });
    expect(await sendServices({ textData: byName })).toEqual({ result: "608" });
  });
});

describe("newContact", () => {
  const contact = (fields: Record<string, string> = {}) =>
    call("newContact", { phoneId: "12", cNumber: "9120000001", ...fields });

  test("keeps the contact and those of its fields that are right", async () => {
    await start({
      fields: [
        { id: "F1", accepts: /^\d+$/ },
        { id: "F2", isUnique: true },
      ],
    });
    expect(await contact()).toEqual({ result: "1" });
    expect(await contact({ cFields: '{"F1":"12","F2":"a","F3":"b"}' })).toEqual({
      result: "1",
      fields: { F1: "1", F2: "1", F3: "-1" },
    });
    expect(await contact({ cFields: '{"F2":"a"}' })).toEqual({ result: "1", fields: { F2: "1" } });
    const other = { phoneId: 12, cNumber: "9120000002", cFields: { F1: "x", F2: "a" } };
    expect(await (await postJson({ action: "newContact", ...other })).json()).toEqual({
      result: "1",
      fields: { F1: "-2", F2: "-3" },
    });
    const kept = panel.account.phoneBooks.contacts.get("12") ?? [];
    expect(kept.map(({ number, fields }) => [number, Object.fromEntries(fields)])).toEqual([
      ["9120000001", { F1: "12", F2: "a" }],
      ["9120000002", {}],
    ]);
  });

  test("the manual's own field takes a date of birth", async () => {
    expect(await contact({ cFields: '{"FYa12346":"1360/06/06"}' })).toMatchObject({ fields: { FYa12346: "1" } });
  });

  test.each<[string, Record<string, string>, string]>([
    ["fields that are not JSON", { cFields: "{FYa12346:”1360/06/06”}" }, "801"],
    ["an unknown book", { phoneId: "13" }, "802"],
    ["a bad number", { cNumber: "0912" }, "803"],
  ])("%s is refused", async (_what, fields, result) => {
    expect(await contact(fields)).toEqual({ result });
    expect(await call("newContact", { phoneId: "12" })).toEqual({ result: "801" });
  });
});

describe("a one-time code, where the test names the action", () => {
  const otp = { action: "sendOTP", application: "app", names: { application: "appID" }, text: "کد {code}" };
  const sendOtp = (fields: Record<string, string> = {}) =>
    call("sendOTP", { appID: "app", code: "1234", receivers: "9120000001", ...fields });

  test("is sent", async () => {
    await start({ otp });
    expect(await sendOtp()).toEqual({ result: "1", sendID: firstId });
    expect(panel.ledger[0]).toMatchObject({ text: "کد 1234", action: "sendOTP" });
  });

  test.each<[Record<string, string>, string]>([
    [{ appID: "other" }, "151"],
    [{ code: "۱۲" }, "153"],
    [{ code: "1" }, "154"],
    [{ code: "1234567890123" }, "154"],
    [{ receivers: "0912" }, "105"],
    [{ type: "5" }, "103"],
    [{ type: "2" }, "104"],
  ])("with %j is refused with %s", async (fields, result) => {
    await start({ otp, types: ["1", "2"], deniedTypes: ["2"] });
    expect(await sendOtp(fields)).toEqual({ result });
  });

  test("may be denied to the application", async () => {
    await start({ otp: { ...otp, isAllowed: false } });
    expect(await sendOtp()).toEqual({ result: "152" });
  });
});

describe("receivedMessages", () => {
  const at = Date.UTC(2026, 10, 25, 9, 0, 7);
  const receive = (text: string, time: number | string = at) =>
    panel.receive({ from: "0912 000 0001", to: line, text, time });
  const list = () => call("receivedMessages");
  const texts = async () =>
    [...JSON.stringify(await list()).matchAll(/"text":"(\w+)"/g)].map(([, text]) => text).join("");
  const entry = { id: "9307199254740993", from: "9120000001", to: line, text: "a", date: "2026-11-25 12:30:07" };
  const { id: _id, ...withoutId } = entry;

  test("is 401 while there is nothing, and nothing is pushed", async () => {
    expect(await list()).toEqual({ result: "401" });
    expect(await receive("a")).toEqual({ status: 200, body: "" });
    expect(await list()).toEqual({ result: "1", data: { messages: [entry] } });
    expect([panel.owns(line), panel.owns("50009999")]).toEqual([true, false]);
  });

  test.each<[ListOptions, object]>([
    [{ place: "data" }, { data: [entry] }],
    [{ place: "receivedMessages" }, { receivedMessages: [entry] }],
    [{ place: "data", isMap: true }, { data: { [entry.id]: entry } }],
    [{ place: "list", without: ["id"] }, { list: [withoutId] }],
    [{ place: "list", without: ["id", "to", "date"] }, { list: [{ from: "9120000001", text: "a" }] }],
    [
      { place: "list", names: { id: "msgId", from: "sender", to: "line", text: "body", date: "receiveDate" } },
      { list: [{ msgId: entry.id, sender: entry.from, line, body: "a", receiveDate: entry.date }] },
    ],
    [
      { place: "list", isTimeApart: true, names: { time: "clock" } },
      { list: [{ ...entry, date: "2026-11-25", clock: "12:30:07" }] },
    ],
    [
      { place: "list", isTimeApart: true, without: ["id", "to", "date"] },
      { list: [{ from: "9120000001", text: "a" }] },
    ],
    [{ place: "list", dates: "jalali" }, { list: [{ ...entry, date: "1405/09/04 12:30" }] }],
    [{ place: "list", dates: "epoch-seconds" }, { list: [{ ...entry, date: String(at / 1000) }] }],
    [{ place: "list", dates: "epoch-milliseconds" }, { list: [{ ...entry, date: String(at) }] }],
    [
      { place: "list", dates: "jalali", digits: "persian" },
      { list: [{ ...entry, from: "۹۱۲۰۰۰۰۰۰۱", to: "۵۰۰۰۴۳۲۱", date: "۱۴۰۵/۰۹/۰۴ ۱۲:۳۰" }] },
    ],
    [{ place: "list", numbers: "+98" }, { list: [{ ...entry, from: "+989120000001" }] }],
    [{ place: "list", numbers: "as-written" }, { list: [{ ...entry, from: "0912 000 0001" }] }],
  ])("may look as %j says", async (options, fields) => {
    await receive("a");
    panel.list(options);
    expect(await list()).toEqual({ result: "1", ...fields });
  });

  test("a time that is a text is listed as it is", async () => {
    await receive("a", "yesterday");
    expect(JSON.stringify(await list())).toContain('"date":"yesterday"');
  });

  test("ids and moments may be bare numbers", async () => {
    await start({ numericIds: true, values: "numbers" });
    await receive("a");
    panel.list({ place: "data", without: ["from", "to"], dates: "epoch-seconds" });
    expect(await (await post({ action: "receivedMessages" })).text()).toBe(
      `{"result":1,"data":[{"id":9307199254740993,"text":"a","date":${at / 1000}}]}`,
    );
  });

  test("all is listed at every poll, newest first, or oldest first, or the last few", async () => {
    for (const text of "abc") await receive(text);
    expect([await texts(), await texts()]).toEqual(["cba", "cba"]);
    panel.list({ order: "oldest-first" });
    expect(await texts()).toBe("abc");
    panel.list({ window: 2 });
    expect(await texts()).toBe("cb");
  });

  test("reading may take messages away, all at once or by pages of the oldest", async () => {
    for (const text of "abc") await receive(text);
    panel.list({ page: 2 });
    expect([await texts(), await texts()]).toEqual(["ab", "c"]);
    expect(await list()).toEqual({ result: "401" });
    for (const text of "de") await receive(text);
    panel.list({ isConsuming: true });
    expect(await texts()).toBe("ed");
    expect(await list()).toEqual({ result: "401" });
  });

  test("a message may be deleted from the middle, and its id does not come back", async () => {
    for (const text of "abc") await receive(text);
    panel.remove(1);
    await receive("d");
    expect(await texts()).toBe("dca");
    expect(panel.received.map(({ id }) => id.slice(-1))).toEqual(["3", "5", "6"]);
    expect(() => panel.remove(9)).toThrow(RangeError);
  });

  test("any text may be the answer, for those who may ask", async () => {
    panel.raw("[1,");
    expect(await (await post({ action: "receivedMessages" })).text()).toBe("[1,");
    panel.account.hasAccess = false;
    expect(await list()).toEqual({ result: "-2" });
    panel.account.hasAccess = true;
    panel.raw(undefined);
    expect(await list()).toEqual({ result: "401" });
  });
});

describe("misbehaviour", () => {
  test.each<[MydnspanelMode, number]>([
    [{ kind: "silent" }, 1],
    [{ kind: "cut" }, 1],
    [{ kind: "unreadable" }, 1],
    [{ kind: "cut-before" }, 0],
    [{ kind: "html" }, 0],
    [{ kind: "status", status: 502 }, 0],
    [{ kind: "status", status: 502, accepting: true }, 1],
  ])("in mode %j the caller learns nothing, and %i SMS are taken", async (mode, taken) => {
    panel.mode({ ...mode, times: 1 });
    expect(await call("status")).toEqual({ result: "1" });
    await expect(send()).rejects.toThrow();
    expect(panel.ledger).toHaveLength(taken);
    expect(await send()).toMatchObject({ result: "1" });
  });

  test("it refuses with any code, before or after it took the SMS, or gives no id", async () => {
    panel.mode({ kind: "refuse", code: 112, description: "operator down", times: 1 });
    expect(await send()).toEqual({ result: "112", description: "operator down" });
    expect(panel.ledger).toEqual([]);
    panel.mode({ kind: "refuse-after", code: 113, times: 1 });
    expect(await send()).toEqual({ result: "113" });
    expect(panel.ledger).toHaveLength(1);
    expect(await send()).toMatchObject({ result: "1" });
    panel.mode({ kind: "no-id" });
    expect(await send()).toEqual({ result: "1" });
    panel.mode({ kind: "normal" });
    expect(await send()).toMatchObject({ sendID: "9207199254740996" });
    expect(panel.calls.map(({ result }) => result)).toEqual(["112", "113", "1", "1", "1"]);
  });

  test("it may hit one action alone, or all of them", async () => {
    panel.mode({ kind: "refuse", code: 108, on: "credit" });
    expect(await call("credit")).toEqual({ result: "108" });
    expect(await send()).toMatchObject({ result: "1" });
    panel.mode({ kind: "slow", ms: 60, on: "all" });
    const begin = performance.now();
    expect(await call("status")).toEqual({ result: "1" });
    expect(performance.now() - begin).toBeGreaterThan(50);
  });
});

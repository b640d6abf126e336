import { once } from "node:events";
import { createServer } from "node:http";
import { afterEach, beforeEach, expect, onTestFinished, test } from "vitest";
import { type AsanakSimulator, startAsanakSimulator } from "../../src/sandbox/asanak/server.ts";
import { createPhones, type Phones } from "../../src/sandbox/phone.ts";
import { createTimers, type Timers, worldClock } from "../../src/sandbox/timers.ts";
import { openInbox } from "./inbox.ts";

const line = "982164063188";
let asanak: AsanakSimulator;
let timers: Timers;
let phones: Phones;
let inbox: Awaited<ReturnType<typeof openInbox>>;

beforeEach(async () => {
  asanak = await startAsanakSimulator({ deliverAfterMs: 20, noReportAfterMs: 60 });
  timers = createTimers(worldClock);
  phones = createPhones({ panels: [asanak], timers, defaultLine: line });
  inbox = await openInbox();
  asanak.registerWebhook(`${inbox.url}/getsms`);
});

afterEach(async () => {
  phones.stop();
  timers.stop();
  await asanak.stop();
  await inbox.close();
});

function send(destination: string, message: string): Promise<Response> {
  const { username, password } = asanak.account;
  return fetch(`${asanak.url}/sendsms`, {
    method: "POST",
    body: new URLSearchParams({ username, password, source: line, destination, message }),
  });
}

test("many pushes at once warn of nothing, and those without an answer end when the panel stops", async () => {
  const warnings: string[] = [];
  const keep = (warning: Error) => void warnings.push(warning.name);
  process.on("warning", keep);
  onTestFinished(() => void process.off("warning", keep));
  const sms = { from: "09120000001", to: line, text: "سلام" };
  const results = await Promise.all(Array.from({ length: 200 }, () => asanak.push(sms)));
  expect(results.every(({ status }) => status === 200)).toBe(true);
  const deaf = createServer(() => undefined).listen(0, "127.0.0.1");
  await once(deaf, "listening");
  const address = deaf.address();
  asanak.registerWebhook(`http://127.0.0.1:${typeof address === "object" ? address?.port : 0}/`);
  const unanswered = asanak.push(sms);
  await once(deaf, "request");
  await asanak.stop();
  expect(await unanswered).toMatchObject({ status: 0 });
  deaf.closeAllConnections();
  deaf.close();
  expect(warnings).toEqual([]);
});

test("an SMS from a handset is pushed exactly as the manual writes it", async () => {
  const pushed = await phones.phone("۰۹۱۲ ۰۰۰ ۰۰۰۱").sends("سلام & خوبی؟ 1+1");
  expect(pushed).toEqual({ status: 200, body: "OK" });
  const [call] = inbox.calls;
  expect(call?.method).toBe("GET");
  expect(call?.url).toMatch(
    /^\/getsms\?Destination=982164063188&Source=989120000001&ReceiveTime=\d{4}-\d\d-\d\d%20\d\d%3A\d\d%3A\d\d&MsgBody=%D8/,
  );
  const query = new URL(call?.url ?? "", inbox.url).searchParams;
  expect(query.get("MsgBody")).toBe("سلام & خوبی؟ 1+1");
});

test("the panel's odd variants can be asked for", async () => {
  const sms = { from: "09120000001", to: line, text: "سلام دنیا", time: "2026-01-02 03:04:05" };
  await asanak.push(sms, { method: "POST" });
  await asanak.push(sms, { encoding: "twice" });
  await asanak.push(sms, { encoding: "plus", digits: "persian", sourceForm: "0" });
  asanak.registerWebhook(`${inbox.url}/getsms?key=1`);
  await asanak.push(sms);
  await asanak.push(sms, { join: "&", sourceForm: "bare" });
  const [post, twice, plus, second, ampersand] = inbox.calls;
  expect([post?.method, post?.url, new URLSearchParams(post?.body).get("MsgBody")]).toEqual([
    "POST",
    "/getsms",
    "سلام دنیا",
  ]);
  expect(decodeURIComponent(new URL(twice?.url ?? "", inbox.url).searchParams.get("MsgBody") ?? "")).toBe("سلام دنیا");
  expect(plus?.url).toContain("%85+%D8");
  expect(new URL(plus?.url ?? "", inbox.url).searchParams.get("Source")).toBe("۰۹۱۲۰۰۰۰۰۰۱");
  expect(second?.url).toMatch(/^\/getsms\?key=1\?Destination=/);
  expect(ampersand?.url).toMatch(/^\/getsms\?key=1&Destination=982164063188&Source=9120000001&/);
});

test("a push that is not taken is told, and repeated only where that is switched on", async () => {
  await inbox.close();
  expect(await phones.phone("09120000001").sends("a")).toEqual({ status: 0, body: "" });
  expect(asanak.received.map(({ text, pushes }) => [text, pushes.length])).toEqual([["a", 1]]);
  asanak.registerWebhook(undefined);
  await expect(phones.phone("09120000001").sends("b")).rejects.toThrow("no address is registered");
  inbox = await openInbox();
});

test("repeated pushes come in the order in which the SMS were written, each as it was, until they are taken", async () => {
  const panel = await startAsanakSimulator({ pushRetries: 3 });
  onTestFinished(() => panel.stop());
  let status = 503;
  const calls: string[] = [];
  const server = createServer((request, response) => {
    calls.push(request.url ?? "");
    response.writeHead(status).end();
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  const address = server.address();
  panel.registerWebhook(`http://127.0.0.1:${typeof address === "object" ? address?.port : 0}/`);

  const sms = { from: "09120000001", to: line };
  for (const text of ["a", "b", "c"]) expect(await panel.push({ ...sms, text })).toMatchObject({ status: 503 });
  const first = [...calls];
  status = 200;
  await expect.poll(() => calls.length).toBe(6);
  expect(calls.slice(3)).toEqual(first);
  expect(panel.received.map(({ pushes }) => pushes.map((push) => push.status))).toEqual(Array(3).fill([503, 200]));

  status = 500;
  await panel.push({ ...sms, text: "d" });
  // Once, and three times more.
  await expect.poll(() => panel.received[3]?.pushes.length).toBe(4);
  await timers.sleep(1500);
  expect(calls).toHaveLength(10);
});

test("connected to other panels, handsets write to those, and still get what the former ones had taken", async () => {
  const other = await startAsanakSimulator({ lines: ["982100000000"] });
  onTestFinished(() => other.stop());
  other.registerWebhook(`${inbox.url}/other`);
  const handset = phones.phone("09120000001");
  handset.switchOff();
  await send("09120000001", "پیش از آن");
  phones.connect([other], "982100000000");
  handset.switchOn();
  await handset.gets("پیش از آن");
  await handset.sends("به خط تازه");
  expect(inbox.calls.map(({ url }) => url)).toEqual([expect.stringMatching(/^\/other\?Destination=982100000000&/)]);
  await expect(handset.sends("به خط کهنه", { to: line })).rejects.toThrow("no panel owns the line");
});

test("an SMS to a handset arrives there, whatever spelling its number had", async () => {
  await send("989120000001", "در خدمتم");
  const sms = await phones.phone("0912 000 0001").gets("در خدمتم");
  expect(sms).toMatchObject({ direction: "received", line });
  expect(asanak.statusOf("5271599999")?.status).toBe(6);
});

test("a handset that is off gets nothing until it is on, and the report comes then", async () => {
  const handset = phones.phone("09120000001");
  handset.switchOff();
  await send("09120000001", "کجایی؟");
  await asanak.waitFor(() => asanak.statusOf("5271599999")?.status === 13);
  expect(handset.received()).toEqual([]);
  handset.switchOn();
  expect(handset.received()).toEqual(["کجایی؟"]);
  expect(asanak.statusOf("5271599999")?.status).toBe(6);
});

test("waiting for an SMS that does not come fails with its words", async () => {
  await expect(phones.phone("09120000001").gets("هیچ", 30)).rejects.toThrow(
    "handset 09120000001 getting هیچ did not happen within 30 ms",
  );
});

test("a line that no panel owns is an error", async () => {
  await expect(phones.phone("09120000001").sends("a", { to: "30001111" })).rejects.toThrow(
    "no panel owns the line 30001111",
  );
});

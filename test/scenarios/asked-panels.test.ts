import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { writeTime } from "../../src/sandbox/tehran.ts";
import { type Bridge, type BridgeOptions, startBridge } from "./start-bridge.ts";

const impatient: Pick<BridgeOptions, "configure"> = {
  configure: (config) => ({
    ...config,
    providers: Object.fromEntries(
      Object.entries(config.providers).map(([id, settings]) => [id, { ...settings, timeoutSeconds: 0.7 }]),
    ),
  }),
};
const number = "09120000000";

/** Goes over to Asanak's line. */
function withFallback(line: string): NonNullable<BridgeOptions["configure"]> {
  return (config) => ({
    ...config,
    lines: { ...config.lines, [line]: { ...config.lines[line], fallback: ["982164063188"] } },
  });
}

/** A customer who has written, and the topic of it. */
async function openConversation(bridge: Bridge) {
  const customer = bridge.phone(number);
  await customer.sends("سلام");
  const topic = await bridge.desk.topicOf(number);
  await topic.shows("سلام");
  return { customer, topic };
}

test("SMS that the SOAP panel handed out in an answer that was cut off arrive all the same, once", async () => {
  const bridge = await startBridge({ panels: ["soap-panel"] });
  const { customer, topic } = await openConversation(bridge);
  bridge.soapPanel.mode({ kind: "cut", on: "GetNewMessagesList", times: 1 });
  const texts = ["یک", "دو", "سه"];
  for (const text of texts) await customer.sends(text);
  await topic.shows("سه");
  await pause(2000);
  expect(bridge.soapPanel.received.every(({ handedOut }) => handedOut)).toBe(true);
  for (const text of texts) expect(topic.texts().filter((shown) => shown === text)).toHaveLength(1);
});

test("what the SOAP panel was told to be stored is read there, and a restart brings nothing again", async () => {
  const bridge = await startBridge({ panels: ["soap-panel"] });
  const { topic } = await openConversation(bridge);
  await bridge.soapPanel.waitFor(() => bridge.soapPanel.received.every(({ isRead }) => isRead));
  await bridge.restart();
  await pause(2000);
  expect(topic.texts().filter((text) => text === "سلام")).toHaveLength(1);
});

test("a send that the SOAP panel took without an answer is found among those it sent: one SMS, no question", async () => {
  const bridge = await startBridge({ panels: ["soap-panel"], ...impatient });
  const { customer, topic } = await openConversation(bridge);
  bridge.soapPanel.mode({ kind: "silent", times: 1 });
  const reply = topic.operatorSays("در خدمتم");
  await customer.gets("در خدمتم");
  await reply.isMarked("✓✓");
  expect(reply.marks().flatMap(({ buttons }) => buttons.flat())).toEqual([]);
  expect(bridge.sentTo(customer)).toEqual(["در خدمتم"]);
  expect(bridge.soapPanel.calls.filter(({ operation }) => operation === "SendSms")).toHaveLength(1);
});

test("ids beyond 2^53 come back to the SOAP panel digit by digit, and SMS that differ in the last digit are two", async () => {
  const bridge = await startBridge({ panels: ["soap-panel"] });
  const { customer, topic } = await openConversation(bridge);
  const now = Date.now();
  for (const id of ["9007199254741992", "9007199254741993"]) {
    const [line = ""] = bridge.soapPanel.account.lines;
    await bridge.soapPanel.receive({ from: number, to: line, text: "همان", time: writeTime(now), id });
  }
  await bridge.telegram.waitFor(() => topic.texts().filter((text) => text.startsWith("همان")).length === 2, 8000);
  await topic.operatorSays("در خدمتم").isMarked("✓✓");
  const [sms] = bridge.soapPanel.ledger;
  const asked = bridge.soapPanel.calls.filter(({ operation }) => operation === "GetDelivery");
  expect(sms?.id).toMatch(/^9007199254740993$/);
  expect(new Set(asked.map(({ fields }) => fields.recId))).toEqual(new Set([sms?.id]));
  expect(customer.received()).toEqual(["در خدمتم"]);
});

test("a line without credit goes over to another panel; the mark says so, and the customer's answer stays in the topic", async () => {
  const bridge = await startBridge({
    panels: ["soap-panel", "asanak"],
    configure: withFallback("30001234"),
  });
  const { customer, topic } = await openConversation(bridge);
  bridge.soapPanel.account.credit = 0;
  const reply = topic.operatorSays("در خدمتم");
  expect(await customer.gets("در خدمتم")).toMatchObject({ line: "982164063188" });
  const mark = await reply.isMarked("✓✓");
  expect(mark.text.replace(/\D/g, "")).toContain("2164063188".slice(-8));
  await customer.sends("ممنون", { to: "982164063188" });
  await topic.shows("ممنون");
  expect(bridge.desk.topics()).toHaveLength(1);
  expect(bridge.sentTo(customer)).toEqual(["در خدمتم"]);
});

test("a receiver who gets nothing is no reason to try another panel", async () => {
  const bridge = await startBridge({
    panels: ["mydnspanel", "asanak"],
    configure: withFallback("50004321"),
  });
  const { customer, topic } = await openConversation(bridge);
  bridge.mydnspanel.mode({ kind: "refuse", code: 105 });
  await topic.operatorSays("در خدمتم").isMarked("✗");
  await pause(500);
  expect(bridge.sentTo(customer)).toEqual([]);
});

test("113 of mydnspanel says nothing certain: one SMS, a question, no second SMS and no other panel", async () => {
  const bridge = await startBridge({
    panels: ["mydnspanel", "asanak"],
    configure: withFallback("50004321"),
  });
  const { customer, topic } = await openConversation(bridge);
  bridge.mydnspanel.mode({ kind: "refuse-after", code: 113, times: 1 });
  await topic.operatorSays("در خدمتم").isMarked("⚠");
  await pause(1500);
  expect(bridge.sentTo(customer)).toEqual(["در خدمتم"]);
});

test.each([
  { order: "newest-first", window: 20 },
  { order: "oldest-first" },
  { order: "newest-first", without: ["id"] },
  { order: "newest-first", without: ["id"], dates: "jalali" },
  { order: "newest-first", without: ["id", "date"], window: 5 },
  { order: "oldest-first", without: ["id", "date", "to"], isMap: true },
  { page: 2, isConsuming: true, without: ["id", "date"] },
] as const)("mydnspanel's list as %j shows each SMS once, equal texts too", async (shape) => {
  const bridge = await startBridge({ panels: ["mydnspanel"] });
  bridge.mydnspanel.list(shape);
  const customer = bridge.phone(number);
  await customer.sends("شروع");
  const topic = await bridge.desk.topicOf(number);
  await topic.shows("شروع");
  const texts = ["بله", "نه", "بله", "باشد", "بله"];
  for (const text of texts) {
    await customer.sends(text);
    // Two of a second could not be told apart without an id.
    await pause(1100);
  }
  const shown = () => topic.texts().filter((text) => texts.includes(text));
  await bridge.telegram.waitFor(() => shown().length === texts.length, 8000, JSON.stringify(shown()));
  await bridge.restart();
  await pause(1500);
  expect(shown()).toEqual(texts);
});

test("one unreadable entry costs no other: it is kept, and the desk is told once", async () => {
  const bridge = await startBridge({ panels: ["mydnspanel"] });
  bridge.mydnspanel.raw(
    JSON.stringify({
      result: "1",
      data: { messages: [{ surprise: "?" }, { id: "1", from: "9120000000", to: "50004321", text: "خوانا" }] },
    }),
  );
  const topic = await bridge.desk.topicOf(number);
  await topic.shows("خوانا");
  await pause(1500);
  const told = bridge.group.messages("general").filter(({ from, text }) => from.isBot && text.includes("dns"));
  expect(told).toHaveLength(1);
});

test("years of old SMS are kept and not shown; the desk is told how many, and a restart brings none of them", async () => {
  const bridge = await startBridge({
    panels: ["soap-panel"],
    configure: (config) => ({ ...config, store: "sqlite://chapar.sqlite" }),
  });
  await bridge.stop();
  const [line = ""] = bridge.soapPanel.account.lines;
  for (let n = 0; n < 300; n++) {
    const time = `2025-0${1 + (n % 9)}-11T10:${String(n % 60).padStart(2, "0")}:00`;
    await bridge.soapPanel.receive({ from: number, to: line, text: `قدیمی ${n}`, time });
  }
  await bridge.restart();
  await bridge.phone(number).sends("تازه");
  const topic = await bridge.desk.topicOf(number);
  await topic.shows("تازه");
  await bridge.telegram.waitFor(() => bridge.group.messages("general").some(({ text }) => /300|۳۰۰/.test(text)), 8000);
  await bridge.restart();
  await pause(1500);
  expect(topic.texts().filter((text) => text.includes("قدیمی"))).toEqual([]);
  expect(bridge.desk.topics()).toHaveLength(1);
});

import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { type BridgeOptions, startBridge } from "./start-bridge.ts";

async function openTopic(options: BridgeOptions = {}) {
  const bridge = await startBridge(options);
  const customer = bridge.phone("09120000000");
  await customer.sends("سلام");
  const topic = await bridge.desk.topicOf("09120000000");
  await topic.shows("سلام");
  return { ...bridge, bridge, customer, topic };
}

const withDesk = (changes: object): BridgeOptions => ({
  configure: (config) => ({ ...config, desks: { support: { ...config.desks.support, ...changes } } }),
});

const withFallback: BridgeOptions = {
  account: { lines: ["982164063188", "982100000000"] },
  configure: (config) => ({
    ...config,
    lines: {
      "982164063188": { provider: "asanak", desk: "support", fallback: ["02100000000"] },
      "02100000000": { provider: "asanak", desk: "support" },
    },
    desks: { support: { ...config.desks.support, line: "982164063188" } },
  }),
};

test("a refusal is a ✗ with the reason; «Try again» sends once the panel takes it", async () => {
  const { asanak, topic, customer, operators } = await openTopic();
  asanak.mode({ kind: "refuse", refusal: { http: 402, code: 1006, message: "Not enough credit." } });
  const reply = topic.operatorSays("در خدمتم");
  const mark = await reply.isMarked("✗");
  expect(mark.text).toContain("1006");
  asanak.mode({ kind: "normal" });
  reply.press(mark.buttons.flat()[0] ?? "", operators[0]);
  await customer.gets("در خدمتم");
  expect(customer.received()).toEqual(["در خدمتم"]);
});

test("a text that was refused can be mended by an edit before «Try again»", async () => {
  const { asanak, topic, customer, operators } = await openTopic();
  asanak.mode({ kind: "refuse", refusal: { http: 400, code: 1014, message: "This source number can not send link" } });
  const reply = topic.operatorSays("example.com");
  const mark = await reply.isMarked("✗");
  asanak.mode({ kind: "normal" });
  reply.edit("بدون پیوند");
  await pause(200);
  reply.press(mark.buttons.flat()[0] ?? "", operators[0]);
  await customer.gets("بدون پیوند");
  expect(customer.received()).toEqual(["بدون پیوند"]);
});

test("a panel that is away is tried again; the wait is shown, can be cancelled, and ends in one SMS", async () => {
  const { asanak, topic, customer, operators } = await openTopic();
  await asanak.network.refuse();
  const cancelled = topic.operatorSays("نرود");
  const mark = await cancelled.isMarked("⏳");
  cancelled.press(mark.buttons.flat()[0] ?? "", operators[0]);
  await cancelled.isMarked("⊘");
  const kept = topic.operatorSays("برود");
  await kept.isMarked("⏳");
  await asanak.network.listen();
  await customer.gets("برود", 10_000);
  await kept.isMarked("✓✓");
  expect(customer.received()).toEqual(["برود"]);
});

test("reactions carry the marks, and a chat that refuses them gets words", async () => {
  const { topic, group, telegram } = await openTopic(withDesk({ ticks: "reaction" }));
  const first = topic.operatorSays("یک");
  await telegram.waitFor(() => group.message(first.message)?.reactions.includes("👍"), 8000);
  expect(first.marks()).toEqual([]);
  group.allowReactions([]);
  const second = topic.operatorSays("دو");
  await second.isMarked("✓✓");
});

test("with ticks off nothing is shown but a failure", async () => {
  const { asanak, topic, customer } = await openTopic(withDesk({ ticks: "off" }));
  const quiet = topic.operatorSays("یک");
  await customer.gets("یک");
  await pause(800);
  expect(quiet.marks()).toEqual([]);
  asanak.mode({ kind: "refuse", refusal: { http: 406, code: 1010, message: "Destination list is not valid." } });
  await topic.operatorSays("دو").isMarked("✗");
});

test("a fallback line takes over at once when the account cannot send, and the mark names it", async () => {
  const { asanak, topic, customer } = await openTopic(withFallback);
  asanak.mode({ kind: "refuse", refusal: { http: 402, code: 1006, message: "Not enough credit." }, times: 1 });
  const reply = topic.operatorSays("از خط دیگر");
  await customer.gets("از خط دیگر");
  const mark = await reply.isMarked("✓✓");
  expect(mark.text).toContain("021 0000 0000");
  expect(asanak.ledger.map(({ line }) => line)).toEqual(["982100000000"]);
});

test("a refusal that is about the receiver never goes over to another line", async () => {
  const { asanak, topic, customer } = await openTopic(withFallback);
  asanak.mode({
    kind: "refuse",
    refusal: { http: 406, code: 1001, message: "Destination is in your blacklist." },
    times: 1,
  });
  await topic.operatorSays("به لیست سیاه").isMarked("✗");
  await pause(500);
  expect(customer.received()).toEqual([]);
});

test("Telegram away under inbound load: the panel hears OK, and everything is shown once, in order, when it is back", async () => {
  const { bridge, customer, topic, telegram } = await openTopic();
  await telegram.network.refuse();
  const texts = Array.from({ length: 5 }, (_, n) => `هنگام قطعی ${n}`);
  for (const text of texts) expect((await customer.sends(text)).status).toBe(200);
  await pause(1000);
  await telegram.network.listen();
  await topic.shows("هنگام قطعی 4");
  expect(topic.texts().filter((text) => text.startsWith("هنگام"))).toEqual(texts);
  expect(bridge.problems).toEqual([]);
});

test("429 is obeyed and nothing is lost or doubled", async () => {
  const { customer, topic, telegram } = await openTopic();
  telegram.fail("sendMessage", {
    code: 429,
    description: "Too Many Requests: retry after 1",
    parameters: { retry_after: 1 },
    times: 2,
  });
  await customer.sends("یک");
  await customer.sends("دو");
  await topic.shows("دو");
  expect(topic.texts().filter((text) => text === "یک" || text === "دو")).toEqual(["یک", "دو"]);
});

test("a topic that was deleted is made anew, and the SMS is there", async () => {
  const { customer, topic, group, desk, telegram } = await openTopic();
  group.deleteTopic(topic.id ?? 0);
  await customer.sends("هنوز هستید؟");
  const again = await telegram.waitFor(() => desk.topics().find(({ id }) => id !== topic.id), 8000);
  await desk.topicView(again.id).shows("هنوز هستید؟");
  desk.topicView(again.id).operatorSays("بله");
  await customer.gets("بله");
});

test("a right that was taken away sends SMS to General with a header, and says which right once", async () => {
  const { phone, group, desk } = await openTopic();
  group.setBot("administrator", { can_manage_topics: false });
  await phone("09350000000").sends("سلام از نو");
  const room = desk.topicView(undefined);
  const post = await room.shows("سلام از نو");
  expect(post.text).toContain("0935 000 0000");
  await phone("09360000000").sends("سلام دیگر");
  await room.shows("سلام دیگر");
  const reply = room.operatorSays("بفرمایید", { replyTo: post });
  await phone("09350000000").gets("بفرمایید");
  expect(reply.message.id).toBeGreaterThan(0);
});

test("the group becomes a supergroup with another id, and the bridge follows", async () => {
  const bridge = await startBridge();
  const customer = bridge.phone("09120000000");
  const next = bridge.group.migrate({ forum: true });
  await customer.sends("سلام");
  await bridge.telegram.waitFor(() => next.messages().find(({ text }) => text.includes("سلام")), 8000);
});

test("a restart takes up what waited", async () => {
  const { bridge, asanak, telegram, customer, topic } = await openTopic();
  await asanak.network.refuse();
  await topic.operatorSays("پس از راه‌اندازی").isMarked("⏳");
  await telegram.network.refuse();
  await customer.sends("در نبود تلگرام");
  await bridge.stop();
  await asanak.network.listen();
  await telegram.network.listen();
  await bridge.restart();
  await topic.shows("در نبود تلگرام");
  await customer.gets("پس از راه‌اندازی", 12_000);
  expect(customer.received()).toEqual(["پس از راه‌اندازی"]);
});

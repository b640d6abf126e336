import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { type BridgeOptions, startBridge } from "./start-bridge.ts";

async function openTopic(options: BridgeOptions = {}) {
  const bridge = await startBridge(options);
  const customer = bridge.phone("09120000000");
  await customer.sends("سلام");
  const topic = await bridge.desk.topicOf("09120000000");
  const post = await topic.shows("سلام");
  /** Proves that what was said before has been dealt with: an answer written after it has arrived. */
  const settle = async () => {
    topic.operatorSays("پایان");
    await customer.gets("پایان");
    return customer.received().filter((text) => text !== "پایان");
  };
  return { ...bridge, bridge, customer, topic, post, settle };
}

const withDesk = (changes: object): BridgeOptions => ({
  configure: (config) => ({ ...config, desks: { support: { ...config.desks.support, ...changes } } }),
});

test("a note, a mistyped command, a sticker, a voice and a photo with a caption send nothing", async () => {
  const { topic, settle } = await openTopic();
  topic.operatorSays("// مشتری قدیمی است");
  topic.operatorSays("/snd 0912 سلام");
  topic.operatorSays("", { sticker: "👍" });
  topic.operatorSays("", { attach: "voice" });
  topic.operatorSays("فاکتور", { attach: "photo" });
  expect(await settle()).toEqual([]);
});

test("what sends nothing is answered once, and a note is not", async () => {
  const { topic, telegram } = await openTopic();
  const note = topic.operatorSays("// یادداشت");
  const sticker = topic.operatorSays("", { sticker: "👍" });
  const command = topic.operatorSays("/nosuch");
  await telegram.waitFor(() => sticker.marks().length === 1 && command.marks().length === 1);
  expect(note.marks()).toEqual([]);
});

test("another bot's message, a message through a bot and a channel's post send nothing", async () => {
  const { topic, settle, telegram } = await openTopic();
  const bot = { id: 77, is_bot: true, first_name: "Other" };
  topic.operatorSays("از ربات", { by: bot });
  topic.operatorSays("با ربات", { viaBot: bot });
  topic.operatorSays("از کانال", { senderChat: { id: -1009, type: "channel", title: "News" } });
  expect(await settle()).toEqual([]);
  expect(telegram.callsOf("sendMessage").length).toBeLessThan(6);
});

test("a forward asks first, and leaves once a person says so", async () => {
  const { topic, customer, operators } = await openTopic();
  const reply = topic.operatorSays("متن فوروارد", { forward: "کسی" });
  const mark = await reply.isMarked("⏳");
  expect(mark.buttons.flat()).toHaveLength(2);
  await pause(300);
  expect(customer.received()).toEqual([]);
  reply.press(mark.buttons.flat()[0] ?? "", operators[0]);
  await customer.gets("متن فوروارد");
});

test("an anonymous administrator counts where every member does", async () => {
  const { topic, customer } = await openTopic();
  topic.operatorSays("بی‌نام", { asAnonymousAdmin: true });
  await customer.gets("بی‌نام");
});

test("where operators are listed, others get no answer and an anonymous administrator is told why", async () => {
  const { topic, telegram, group, asanak } = await openTopic(withDesk({ operators: [1] }));
  const other = telegram.user({ name: "رهگذر" });
  group.add(other);
  const stranger = topic.operatorSays("من هم", { by: other });
  const anonymous = topic.operatorSays("بی‌نام", { asAnonymousAdmin: true });
  await telegram.waitFor(() => anonymous.marks().length === 1);
  expect(stranger.marks()).toEqual([]);
  expect(asanak.ledger).toEqual([]);
});

test("a message in a topic that is nobody's gets one short answer", async () => {
  const { desk, group, operators, telegram, asanak } = await openTopic();
  const [sara] = operators;
  if (!sara) return expect.unreachable();
  const orphan = group.createTopic(sara, "داخلی");
  const reply = desk.topicView(orphan.id).operatorSays("سلام بچه‌ها");
  await telegram.waitFor(() => reply.marks().length === 1);
  expect(asanak.ledger).toEqual([]);
});

test("with `sends: replies` only a reply to a post becomes an SMS; with `prefix` only what begins with a dot", async () => {
  const replies = await openTopic(withDesk({ sends: "replies" }));
  replies.topic.operatorSays("بین خودمان");
  replies.topic.operatorSays("برای مشتری", { replyTo: replies.post });
  await replies.customer.gets("برای مشتری");
  expect(replies.customer.received()).toEqual(["برای مشتری"]);

  const prefix = await openTopic(withDesk({ sends: "prefix" }));
  prefix.topic.operatorSays("بین خودمان");
  prefix.topic.operatorSays(".برای مشتری");
  await prefix.customer.gets("برای مشتری");
  expect(prefix.customer.received()).toEqual(["برای مشتری"]);
});

test("an edit within the undo window changes what is sent, and «Undo» stops it", async () => {
  const { topic, customer, operators } = await openTopic(withDesk({ undoSeconds: 1.5 }));
  const edited = topic.operatorSays("غلط");
  const undone = topic.operatorSays("نباید برود");
  edited.edit("درست");
  const mark = await undone.isMarked("⏳");
  undone.press(mark.buttons.flat()[0] ?? "", operators[0]);
  await undone.isMarked("⊘");
  await customer.gets("درست");
  expect(customer.received()).toEqual(["درست"]);
});

test("an edit after it has left sends nothing and is told", async () => {
  const { topic, customer, telegram } = await openTopic();
  const reply = topic.operatorSays("ساعت ۵");
  await reply.isMarked("✓✓");
  reply.edit("ساعت ۶");
  await telegram.waitFor(() => reply.marks().length === 2);
  expect(customer.received()).toEqual(["ساعت ۵"]);
});

test("in `replies` layout a reply to the post leaves as SMS, and a reply to something else is answered", async () => {
  const bridge = await startBridge(withDesk({ layout: "replies" }));
  const customer = bridge.phone("09120000000");
  await customer.sends("سلام");
  const room = bridge.desk.topicView(undefined);
  const post = await room.shows("سلام");
  expect(post.text).toContain("0912 000 0000");
  const chatter = room.operatorSays("بچه‌ها کی جواب می‌دهد؟");
  room.operatorSays("جواب", { replyTo: post });
  await customer.gets("جواب");
  const [hint] = await bridge.telegram.waitFor(() => (chatter.marks().length === 1 ? chatter.marks() : undefined));
  const lost = room.operatorSays("جواب به هیچ", { replyTo: hint?.id ?? 0 });
  await bridge.telegram.waitFor(() => lost.marks().length === 1);
  expect(customer.received()).toEqual(["جواب"]);
});

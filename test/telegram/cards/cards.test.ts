import { afterEach, beforeEach, expect, test } from "vitest";
import { withAnswer } from "../../../src/core/model/answering.ts";
import {
  type Conversation,
  cardKey,
  claimed,
  closed,
  newConversation,
  shownAt,
  withInbound,
} from "../../../src/core/model/conversation.ts";
import type { Inbound } from "../../../src/core/model/message.ts";
import { threadOf } from "../../../src/core/model/thread.ts";
import type { Group, GroupOptions } from "../../../src/sandbox/telegram/group.ts";
import type { TelegramSimulator } from "../../../src/sandbox/telegram/server.ts";
import { topicIcons } from "../../../src/sandbox/telegram/topic-icons.ts";
import { administratorRights } from "../../../src/sandbox/telegram/world.ts";
import { openTopics, topicKey } from "../../../src/telegram/topics/topic-record.ts";
import { closeSetup, type DeskSetup, inbound, openDesk, peer, startSimulator } from "../desk-setup.ts";

/** What stands below the first row of an open thread. */
const others = [
  ["📆 In an hour", "📆 Tomorrow at 9:00"],
  ["Block", "Name"],
];
const sara = { id: "7", name: "Sara" };
const emojiOf = (id: string | undefined) => topicIcons.find(({ custom_emoji_id }) => custom_emoji_id === id)?.emoji;

let simulator: TelegramSimulator;
let group: Group;
let setup: DeskSetup;
/** As the store has it. */
let conversation: Conversation;

beforeEach(async () => {
  simulator = await startSimulator();
  conversation = newConversation(threadOf("support", peer), 1);
});

afterEach(() => closeSetup(setup));

async function start(inGroup: GroupOptions = {}): Promise<void> {
  group = simulator.group({ forum: true, rights: { can_pin_messages: false }, ...inGroup });
  setup = await openDesk({ simulator, chat: group.id });
}

/** The customer writes, and core follows. */
async function post(desk = setup.desk, sms: Inbound = inbound()): Promise<void> {
  conversation = withInbound(conversation, sms);
  const { post: place } = await desk.postIn(conversation, sms);
  conversation = shownAt(conversation, sms, place ?? "");
}

/** What `card` commits. */
async function show(desk = setup.desk): Promise<string | undefined> {
  let shown: string | undefined;
  await desk.card(
    async () => conversation,
    async (key) => {
      shown = key;
    },
  );
  return shown;
}

const topic = () => group.topics().at(-1) ?? expect.fail("no topic");
const cards = () => group.messages(topic().id).filter(({ text }) => text.startsWith("👤"));
const edits = () => simulator.callsOf("editMessageText").length;

test("the card, the topic's name and its sign follow the conversation, and what changes nothing is not sent", async () => {
  await start();
  await post();
  expect(emojiOf(topic().iconCustomEmojiId)).toBe("❗️");
  await show();
  expect(edits()).toBe(0);
  conversation = { ...claimed(conversation, sara, 1), name: "Ali" };
  expect(await show()).toBe(cardKey(conversation));
  expect(cards()).toMatchObject([
    { text: expect.stringContaining("Sara"), buttons: [["Release", "Close"], ...others] },
  ]);
  expect(topic().name).toMatch(/^Ali · 0912/);
  expect(emojiOf(topic().iconCustomEmojiId)).toBe("👀");
  await show();
  expect(edits()).toBe(1);
  conversation = closed(conversation, 2);
  await show();
  expect(cards()).toMatchObject([{ buttons: [["Reopen", "Block", "Name"]] }]);
  expect(emojiOf(topic().iconCustomEmojiId)).toBe("✅");
  // The customer's next SMS must find it open.
  expect(topic().isClosed).toBe(false);
});

test("after a restart a card that is as it should be costs one edit at most, and its topic none", async () => {
  await start();
  await post();
  const desk = await setup.restart();
  await show(desk);
  await show(desk);
  expect(edits()).toBe(1);
  expect(simulator.callsOf("editForumTopic")).toEqual([]);
  expect(cards()).toHaveLength(1);
});

test("a process that dies between the card and its commit leaves at most one card too many, and the last is the true one", async () => {
  await start();
  const cut = simulator.network.fault({
    kind: "cut",
    when: "after",
    match: ({ path }) => path.endsWith("/sendMessage"),
    times: 1,
  });
  await expect(post()).rejects.toMatchObject({ code: "unreachable" });
  cut();
  const desk = await setup.restart();
  await post(desk);
  expect(cards()).toHaveLength(2);
  conversation = withAnswer(conversation, { id: "a", by: sara, at: 2 });
  await show(desk);
  expect(cards().at(-1)?.text).toContain("Answered; Sara has it");
});

test("what changes while a card is being edited is not taken for shown", async () => {
  await start();
  await post();
  const before = claimed(conversation, sara, 1);
  conversation = before;
  const reads = [before, before];
  let shown: string | undefined;
  await setup.desk.card(
    // Whoever reads after the edit sees a newer one.
    async () => reads.shift() ?? closed(before, 2),
    async (key) => {
      shown = key;
    },
  );
  expect(cards()).toMatchObject([{ buttons: [["Release", "Close"], ...others] }]);
  expect(shown).toBe(cardKey(before));
});

test("a topic that is lost is made again, and its card tells the conversation as it stands", async () => {
  await start();
  await post();
  const lost = topic().id;
  conversation = { ...claimed(conversation, sara, 1), name: "Ali" };
  group.deleteTopic(lost);
  expect(await show()).toBe(cardKey(conversation));
  await post();
  expect(topic().id).not.toBe(lost);
  expect(topic().name).toMatch(/^Ali · /);
  expect(cards()).toMatchObject([
    { text: expect.stringContaining("Sara"), buttons: [["Release", "Close"], ...others] },
  ]);
});

test("a card that somebody deleted is let be until the next SMS, which brings another", async () => {
  await start();
  await post();
  group.remove(cards()[0] ?? 0);
  conversation = claimed(conversation, sara, 1);
  expect(await show()).toBe(cardKey(conversation));
  expect(cards()).toEqual([]);
  conversation = closed(conversation, 2);
  await show();
  expect(edits()).toBe(1);
  await post();
  expect(cards()).toHaveLength(1);
});

test("a forum without the signs, or that refuses one, has its topics, names and cards all the same", async () => {
  await start();
  simulator.fail("getForumTopicIconStickers", { code: 404, description: "Not Found" });
  await post();
  expect(topic().iconCustomEmojiId).toBeUndefined();
  conversation = { ...claimed(conversation, sara, 1), name: "Ali" };
  simulator.fail("editForumTopic", { code: 400, description: "Bad Request: DOCUMENT_INVALID" });
  expect(await show()).toBe(cardKey(conversation));
  expect(cards()).toMatchObject([{ text: expect.stringContaining("Sara") }]);
  simulator.fail("createForumTopic", { code: 400, description: "Bad Request: DOCUMENT_INVALID" });
  await setup.desk.post(inbound({ peer: "+989129999999", text: "another" }));
  expect(group.topics()).toHaveLength(2);
  expect(group.messages(topic().id).at(-1)?.text).toBe("another");
});

test("a right that is missing costs the topic's name and sign, and nothing else", async () => {
  await start();
  await post();
  const { name } = topic();
  group.setBot("administrator", { ...administratorRights, can_manage_topics: false, can_pin_messages: false });
  conversation = { ...claimed(conversation, sara, 1), name: "Ali" };
  expect(await show()).toBe(cardKey(conversation));
  expect(topic().name).toBe(name);
  expect(cards()).toMatchObject([{ text: expect.stringContaining("Sara") }]);
});

test("without topics the same buttons stand under the newest post, and follow", async () => {
  await start({ forum: false });
  await post();
  const posts = () => group.messages().filter(({ text }) => text.includes("sms"));
  expect(posts()).toMatchObject([{ buttons: [["I'll take it", "Close"], ...others] }]);
  await show();
  expect(simulator.callsOf("editMessageReplyMarkup")).toEqual([]);
  await post();
  conversation = claimed(conversation, sara, 1);
  expect(await show()).toBe(cardKey(conversation));
  await show();
  expect(posts().map(({ buttons }) => buttons)).toEqual([
    [["I'll take it", "Close"], ...others],
    [["Release (Sara)", "Close"], ...others],
  ]);
  expect(simulator.callsOf("editMessageReplyMarkup")).toHaveLength(1);
  expect(posts().at(-1)?.text).toContain("sms");
});

test("a long SMS without topics has the buttons under its last part", async () => {
  await start({ forum: false });
  await post(setup.desk, inbound({ text: "sms ".repeat(1500) }));
  const posts = () => group.messages().map(({ buttons }) => buttons.flat());
  expect(posts()).toEqual([[], ["I'll take it", "Close", ...others.flat()]]);
  conversation = closed(conversation, 1);
  await show();
  expect(posts()).toEqual([[], ["Reopen", "Block", "Name"]]);
});

test("without topics the button of what may be an opt-out stays while the others follow, until they write again", async () => {
  await start({ forum: false });
  await post(setup.desk, inbound({ text: "11", word: "asks" }));
  const posts = () => group.messages().map(({ buttons }) => buttons);
  expect(posts()).toEqual([[["Opt out"], ["I'll take it", "Close"], ...others]]);
  await show();
  expect(simulator.callsOf("editMessageReplyMarkup")).toEqual([]);
  conversation = claimed(conversation, sara, 1);
  await show();
  expect(posts()).toEqual([[["Opt out"], ["Release (Sara)", "Close"], ...others]]);
  await post(setup.desk, inbound({ id: "b", seq: conversation.seq + 1, text: "hello" }));
  conversation = closed(conversation, 2);
  await show();
  expect(posts().at(-1)).toEqual([["Reopen", "Block", "Name"]]);
});

test("a card that is edited while its person is forgotten does not bring back what was known of the topic", async () => {
  await start();
  await post();
  const records = await openTopics(setup.store);
  const key = topicKey(String(group.id), String(topic().id));
  expect(await records.get(key)).toBeDefined();
  conversation = { ...conversation, name: "Ali" };
  let looks = 0;
  await setup.desk.card(
    async () => {
      looks += 1;
      if (looks === 2) await records.delete(key);
      return conversation;
    },
    async () => undefined,
  );
  expect(topic().name).toContain("Ali");
  expect(await records.get(key)).toBeUndefined();
});

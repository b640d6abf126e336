import { expect, onTestFinished, test } from "vitest";
import { hashKey } from "../../../src/core/model/ids.ts";
import { peer, type SetupOptions, startBot } from "../bot-setup.ts";

async function start(options: SetupOptions = {}) {
  const setup = await startBot(options);
  onTestFinished(setup.stop);
  return setup;
}

test("a text in a customer's topic becomes an SMS of its operator, keyed by chat and message", async () => {
  const { group, sara, settled, drafts, topicOf, desk } = await start();
  const said = group.say(sara, "در خدمتم\u0000\r\nبفرمایید", { topic: topicOf() });
  await settled();
  expect(drafts()).toEqual([
    {
      id: hashKey(String(group.id), String(said.id)),
      thread: `support/${peer}`,
      text: "در خدمتم\nبفرمایید",
      origin: `${group.id}:${said.id}`,
      by: { id: String(sara.id), name: "Sara" },
      writtenAt: said.date * 1000,
    },
  ]);
  expect(desk.answers).toEqual([]);
});

test("a reply to a post becomes an SMS, in General too", async () => {
  const { group, sara, settled, drafts, post } = await start();
  group.say(sara, "بله", { replyTo: await post("+989350000000") });
  await settled();
  expect(drafts()).toMatchObject([{ thread: "support/+989350000000", text: "بله" }]);
});

test("a reply to a post becomes an SMS in a group without topics", async () => {
  const { group, sara, settled, drafts, post } = await start({ group: { forum: false } });
  group.say(sara, "بله", { replyTo: await post() });
  await settled();
  expect(drafts()).toMatchObject([{ thread: `support/${peer}` }]);
});

test("a topic without a thread and a reply to an unknown post get one short answer each time", async () => {
  const { group, sara, settled, drafts, desk, telegram } = await start();
  const topic = group.createTopic(sara, "between us");
  group.say(sara, "hello?", { topic: topic.id });
  const unknown = await telegram.bot.api.sendMessage(group.id, "an old post");
  group.say(sara, "and this?", { replyTo: unknown.message_id });
  await settled();
  expect(drafts()).toEqual([]);
  expect(desk.answers.map((answer) => answer.text)).toEqual([
    expect.stringContaining("belongs to no customer"),
    expect.stringContaining("which customer"),
  ]);
  expect(desk.answers[0]).toMatchObject({ topicId: topic.id });
});

test("talk in General is answered with one hint in ten minutes", async () => {
  const { group, sara, settled, drafts, desk, clock } = await start();
  group.say(sara, "good morning");
  group.say(sara, "anybody?");
  await settled();
  expect(desk.answers).toHaveLength(1);
  clock.pass(10 * 60_000 + 1);
  group.say(sara, "hello");
  await settled();
  expect(desk.answers).toHaveLength(2);
  expect(drafts()).toEqual([]);
});

test("in a private desk every message that answers nobody gets the hint", async () => {
  const reza = 4_242_000;
  const { simulator, settled, desk, drafts } = await start({ settings: { chat: reza } });
  const chat = simulator.privateChat(simulator.user({ id: reza, name: "Reza" }));
  chat.say(simulator.user({ id: reza, name: "Reza" }), "hello");
  chat.say(simulator.user({ id: reza, name: "Reza" }), "hello again");
  await settled();
  expect(desk.answers).toHaveLength(2);
  expect(drafts()).toEqual([]);
});

test("an answer to a sender who is a name is refused at once, for nothing could carry it", async () => {
  const { group, sara, settled, drafts, desk, topicOf } = await start();
  group.say(sara, "thank you", { topic: topicOf("BANK") });
  group.say(sara, "to a service line", { topic: topicOf("30001234") });
  await settled();
  expect(drafts().map(({ text }) => text)).toEqual(["to a service line"]);
  expect(desk.answers.map(({ text }) => text)).toEqual([expect.stringContaining("a name, not a number")]);
});

test("notes, commands, bots, messages through bots and foreign channels are never an SMS", async () => {
  const { group, sara, settled, drafts, topicOf, person, desk } = await start();
  const topic = topicOf();
  const robot = person({ name: "Robot", isBot: true });
  group.say(sara, "// he is angry", { topic });
  group.say(sara, "/sned 0912", { topic });
  group.say(sara, "/ban@OtherBot", { topic });
  group.say(robot, "beep", { topic });
  group.say(sara, "gif", { topic, viaBot: robot });
  group.say(sara, "news", { topic, senderChat: { id: -100777, type: "channel", title: "News" } });
  await settled();
  expect(drafts()).toEqual([]);
  expect(desk.answers.map((answer) => answer.text)).toEqual([expect.stringContaining("no such command")]);
});

test("only operators on the list may send; the others get no answer", async () => {
  const { group, sara, person, settled, drafts, topicOf, desk } = await start({ settings: { operators: [77] } });
  const topic = topicOf();
  const reza = person({ id: 77, name: "Reza" });
  group.say(sara, "not me", { topic });
  group.say(sara, "/help", { topic });
  group.say(reza, "me", { topic });
  await settled();
  expect(drafts().map((draft) => draft.text)).toEqual(["me"]);
  expect(desk.answers).toEqual([]);
});

test("an anonymous administrator counts among members, and elsewhere is told why not", async () => {
  const asMember = await start();
  asMember.group.say(asMember.sara, "from above", { topic: asMember.topicOf(), asAnonymousAdmin: true });
  await asMember.settled();
  expect(asMember.drafts()).toMatchObject([{ text: "from above", by: { id: String(asMember.group.id) } }]);

  const onList = await start({ settings: { operators: [77] } });
  onList.group.say(onList.sara, "from above", { topic: onList.topicOf(), asAnonymousAdmin: true });
  onList.group.say(onList.sara, "good morning all", { asAnonymousAdmin: true });
  await onList.settled();
  expect(onList.drafts()).toEqual([]);
  expect(onList.desk.answers.map((answer) => answer.text)).toEqual([expect.stringContaining("anonymously")]);
});

test("a forward is held until somebody says so, an old message too, and an undo window ends by itself", async () => {
  const { group, sara, settled, drafts, topicOf, clock } = await start({ settings: { undoSeconds: 5 } });
  const topic = topicOf();
  group.say(sara, "forwarded", { topic, forward: sara });
  await settled();
  group.say(sara, "fresh", { topic });
  await settled();
  const now = clock.now();
  clock.pass(901_000 + 5_000);
  group.say(sara, "old", { topic });
  await settled();
  expect(drafts().map(({ text, hold }) => [text, hold])).toEqual([
    ["forwarded", { why: "forward" }],
    ["fresh", { why: "undo", untilMs: now + 5_000 }],
    ["old", { why: "stale" }],
  ]);
});

test("with `sends: replies` only a reply to the bot in the topic is an SMS", async () => {
  const { group, sara, settled, drafts, post, desk, telegram } = await start({ settings: { sends: "replies" } });
  // Opened by the bot, as it opens them: the first message of a topic is what every other one "replies" to.
  const { message_thread_id: topic } = await telegram.bot.api.createForumTopic(group.id, "0912 123 4567");
  desk.topics.set(String(topic), `support/${peer}`);
  const talk = group.say(sara, "who takes this?", { topic });
  group.say(sara, "you", { topic, replyTo: talk });
  group.say(sara, "on its way", { topic, replyTo: await post(peer, topic) });
  await settled();
  expect(drafts().map((draft) => draft.text)).toEqual(["on its way"]);
  expect(desk.answers).toEqual([]);
});

test("with `sends: prefix` only a text that begins with a dot is an SMS, without the dot", async () => {
  const { group, sara, settled, drafts, topicOf, desk } = await start({ settings: { sends: "prefix" } });
  const topic = topicOf();
  group.say(sara, "who takes this?", { topic });
  group.say(sara, ". on its way", { topic });
  group.say(sara, ".", { topic });
  await settled();
  expect(drafts().map((draft) => draft.text)).toEqual(["on its way"]);
  expect(desk.answers).toEqual([]);
});

test("media get a short answer and nothing is sent, not even the caption", async () => {
  const { group, sara, settled, drafts, topicOf, desk } = await start();
  const topic = topicOf();
  group.say(sara, "", { topic, sticker: "👍" });
  group.say(sara, "the invoice", { topic, attach: "photo" });
  group.say(sara, "between us", { attach: "photo" });
  await settled();
  expect(drafts()).toEqual([]);
  expect(desk.answers.map((answer) => answer.text)).toEqual([
    expect.stringContaining("only text"),
    expect.stringContaining("not even the caption"),
  ]);
});

test("a command under a picture is not read, and is told so wherever it stands", async () => {
  const { group, sara, settled, drafts, topicOf, desk } = await start();
  const topic = topicOf();
  for (const where of [{ topic }, {}]) group.say(sara, "/later tomorrow 9am hello", { ...where, attach: "photo" });
  group.say(sara, "// between us", { topic, attach: "photo" });
  await settled();
  expect(drafts()).toEqual([]);
  expect(desk.answers.map(({ text }) => text)).toEqual(Array(2).fill(expect.stringContaining("no commands")));
});

test("an album gets one answer", async () => {
  const { telegram, group, sara, topicOf, desk, settled } = await start();
  const topic = topicOf();
  await settled();
  for (const messageId of [9_001, 9_002, 9_003]) {
    await telegram.bot.handleUpdate({
      update_id: messageId,
      message: {
        message_id: messageId,
        date: Math.floor(Date.now() / 1000),
        chat: { id: group.id, type: "supergroup", title: "Group", is_forum: true },
        from: { id: sara.id, is_bot: false, first_name: "Sara" },
        message_thread_id: topic,
        is_topic_message: true,
        media_group_id: "album",
        photo: [],
      },
    });
  }
  expect(desk.answers).toHaveLength(1);
});

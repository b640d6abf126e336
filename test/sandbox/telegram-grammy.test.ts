import { Bot, type Context, GrammyError, InlineKeyboard, InputFile } from "grammy";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Group } from "../../src/sandbox/telegram/group.ts";
import { startTelegramSimulator, type TelegramSimulator } from "../../src/sandbox/telegram/server.ts";
import type { User } from "../../src/sandbox/telegram/types.ts";

let telegram: TelegramSimulator;
let group: Group;
let sara: User;
let bot: Bot;

beforeEach(async () => {
  telegram = await startTelegramSimulator();
  sara = telegram.user({ name: "Sara", username: "sara" });
  group = telegram.group({ title: "Support", forum: true });
  bot = new Bot(telegram.token, { client: { apiRoot: telegram.url } });
});

afterEach(async () => {
  await bot.stop();
  await telegram.stop();
  expect(telegram.violations).toEqual([]);
  expect(telegram.network.crashes).toEqual([]);
});

async function poll(listen: (context: Context) => unknown, updates?: Parameters<Bot["start"]>[0]): Promise<void> {
  bot.use((context) => void listen(context));
  void bot.start(updates);
  await telegram.waitFor(() => telegram.isPolled || telegram.callsOf("getUpdates").length > 0);
}

test("grammY initialises, polls, gets what people say and answers in the topic", async () => {
  await poll(async (context) => {
    await context.reply(`you said ${context.msg?.text ?? ""}`, {
      reply_parameters: { message_id: context.msgId ?? 0 },
      message_thread_id: context.msg?.message_thread_id ?? 0,
    });
  });
  const topic = group.createTopic(sara, "0912");
  const said = group.say(sara, "hello", { topic: topic.id });
  const answer = await telegram.waitFor(() => group.messages(topic.id).find(({ text }) => text === "you said hello"));
  expect(answer).toMatchObject({ replyTo: said.id, topicId: topic.id, from: { isBot: true } });
  expect(bot.botInfo.username).toBe("chapar_sandbox_bot");
});

test("a command is recognised, also when it names the bot", async () => {
  const heard: string[] = [];
  bot.command("start", (context) => void heard.push(context.match));
  await poll(() => {});
  group.say(sara, "/start@chapar_sandbox_bot one");
  group.say(sara, "/start@other_bot two");
  telegram.privateChat(sara).say(sara, "/start three");
  await expect.poll(() => heard).toEqual(["one", "three"]);
});

test("an edit, a press and a reaction come as their own updates", async () => {
  const heard: string[] = [];
  await poll(
    async (context) => {
      heard.push(Object.keys(context.update)[1] ?? "");
      if (context.callbackQuery) await context.answerCallbackQuery({ text: "done", show_alert: true });
    },
    { allowed_updates: ["message", "edited_message", "callback_query", "message_reaction"] },
  );
  const said = group.say(sara, "hello");
  group.edit(said, "hello!");
  const sent = await bot.api.sendMessage(group.id, "choose", {
    reply_markup: new InlineKeyboard().text("Yes", "answer:yes").text("No", "answer:no"),
  });
  const press = group.press(sara, sent.message_id, "Yes");
  group.react(sara, said, "👍");
  await telegram.waitFor(() => press.answer);
  expect(press).toMatchObject({ data: "answer:yes", answer: { text: "done", showAlert: true } });
  await expect.poll(() => heard).toEqual(["message", "edited_message", "callback_query", "message_reaction"]);
});

test("entities are kept and move with the white space that Telegram cuts", async () => {
  const sent = await bot.api.sendMessage(group.id, "  bold text  ", {
    entities: [{ type: "bold", offset: 2, length: 4 }],
  });
  expect(sent.text).toBe("bold text");
  expect(sent.entities).toEqual([{ type: "bold", offset: 0, length: 4 }]);
});

test("what a bot sends can be edited, reacted to, pinned and deleted", async () => {
  const sent = await bot.api.sendMessage(group.id, "one");
  const edited = await bot.api.editMessageText(group.id, sent.message_id, "two");
  expect(edited).toMatchObject({ text: "two", message_id: sent.message_id });
  await bot.api.editMessageReplyMarkup(group.id, sent.message_id, {
    reply_markup: new InlineKeyboard().text("A", "a"),
  });
  await bot.api.setMessageReaction(group.id, sent.message_id, [{ type: "emoji", emoji: "👀" }]);
  await bot.api.setMessageReaction(group.id, sent.message_id, [{ type: "emoji", emoji: "✍" }]);
  await bot.api.pinChatMessage(group.id, sent.message_id);
  expect(group.message(sent.message_id)).toMatchObject({ buttons: [["A"]], reactions: ["✍"], isPinned: true });
  await bot.api.unpinChatMessage(group.id, sent.message_id);
  expect(group.pins()).toEqual([]);
  await bot.api.deleteMessage(group.id, sent.message_id);
  expect(group.message(sent.message_id)).toBeUndefined();
});

test("a topic is created, renamed, closed, opened and deleted with its messages", async () => {
  const made = await bot.api.createForumTopic(group.id, "0912 000 0000", { icon_color: 7322096 });
  await bot.api.sendMessage(group.id, "in it", { message_thread_id: made.message_thread_id });
  await bot.api.editForumTopic(group.id, made.message_thread_id, { name: "Ali" });
  await bot.api.closeForumTopic(group.id, made.message_thread_id);
  expect(group.topics()).toMatchObject([{ id: made.message_thread_id, name: "Ali", isClosed: true }]);
  await bot.api.reopenForumTopic(group.id, made.message_thread_id);
  expect(group.messages(made.message_thread_id).map(({ service, text }) => service ?? text)).toEqual([
    "forum_topic_created",
    "in it",
    "forum_topic_edited",
    "forum_topic_closed",
    "forum_topic_reopened",
  ]);
  await bot.api.deleteForumTopic(group.id, made.message_thread_id);
  expect([group.topics(), group.messages()]).toEqual([[], []]);
});

test("files come as multipart and give messages with files", async () => {
  const sent = await bot.api.sendDocument(group.id, new InputFile(Buffer.from("a,b"), "list.csv"), {
    caption: "a list",
  });
  expect(sent.document).toMatchObject({ file_name: "list.csv", file_size: 3 });
  const picture = Buffer.from(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
    "base64",
  );
  const { photo, caption } = await bot.api.sendPhoto(group.id, new InputFile(picture, "x.png"), { caption: "a dot" });
  expect([photo, caption]).toEqual([[expect.objectContaining({ width: 1, height: 1 })], "a dot"]);
  expect(telegram.picture(photo[0]?.file_id ?? "")).toEqual(picture);
  await expect(bot.api.sendPhoto(group.id, new InputFile(Buffer.from("x"), "x.png"))).rejects.toThrow(/IMAGE_PROCESS/);
});

test("chats, members and commands can be asked for", async () => {
  group.add(sara, "creator");
  group.allowReactions(["👍"]);
  const chat = await bot.api.getChat(group.id);
  expect(chat).toMatchObject({
    type: "supergroup",
    is_forum: true,
    available_reactions: [{ type: "emoji", emoji: "👍" }],
    permissions: { can_send_messages: true },
  });
  const me = await bot.api.getChatMember(group.id, telegram.bot.id);
  expect(me).toMatchObject({ status: "administrator", can_manage_topics: true });
  expect((await bot.api.getChatAdministrators(group.id)).map(({ status }) => status)).toEqual([
    "administrator",
    "creator",
  ]);
  await bot.api.setMyCommands([{ command: "send", description: "Send an SMS" }], { language_code: "en" });
  expect(await bot.api.getMyCommands({ language_code: "en" })).toEqual([
    { command: "send", description: "Send an SMS" },
  ]);
  expect(await bot.api.getMyCommands()).toEqual([]);
});

test("a group that became a supergroup says where it went", async () => {
  const old = telegram.group({ title: "Old", basic: true });
  const next = old.migrate({ forum: true });
  const failure = await bot.api.sendMessage(old.id, "hello").catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(GrammyError);
  expect(failure).toMatchObject({
    error_code: 400,
    description: "Bad Request: group chat was upgraded to a supergroup chat",
    parameters: { migrate_to_chat_id: next.id },
  });
  expect((await bot.api.sendMessage(next.id, "hello")).chat.id).toBe(next.id);
});

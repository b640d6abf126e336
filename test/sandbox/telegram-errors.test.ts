import { afterEach, beforeEach, expect, test } from "vitest";
import type { Group } from "../../src/sandbox/telegram/group.ts";
import { startTelegramSimulator, type TelegramSimulator } from "../../src/sandbox/telegram/server.ts";
import type { User } from "../../src/sandbox/telegram/types.ts";

let telegram: TelegramSimulator;
let group: Group;
let sara: User;

beforeEach(async () => {
  telegram = await startTelegramSimulator();
  sara = telegram.user({ name: "Sara" });
  group = telegram.group({ forum: true });
});

afterEach(() => telegram.stop());

/** `code description` of a failure, `ok` otherwise. */
async function call(method: string, body: object = {}): Promise<string> {
  const response = await fetch(`${telegram.url}/bot${telegram.token}/${method}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const answer = (await response.json()) as { ok: boolean; error_code?: number; description?: string };
  expect(answer.error_code ?? 200).toBe(response.status);
  return answer.ok ? "ok" : `${answer.error_code} ${answer.description}`;
}

const inGroup = (more: object) => ({ chat_id: group.id, ...more });

test("a wrong token is 401 and an unknown method is 404", async () => {
  const wrong = await fetch(`${telegram.url}/bot1:wrong/getMe`);
  expect(await wrong.json()).toEqual({ ok: false, error_code: 401, description: "Unauthorized" });
  expect(await call("sendSms")).toBe("404 Not Found");
  expect((await fetch(`${telegram.url}/elsewhere`)).status).toBe(404);
});

test("a known method that is not simulated says so and is noted", async () => {
  expect(await call("sendDice", inGroup({}))).toBe("400 Bad Request: method sendDice is not simulated");
  expect(telegram.violations).toEqual([{ method: "sendDice", problem: "not simulated" }]);
});

test("an unknown parameter does no harm but is noted, as is a wrong type", async () => {
  expect(await call("sendMessage", inGroup({ text: "a", colour: "red" }))).toBe("ok");
  expect(await call("deleteMessage", inGroup({ message_id: String(group.messages()[0]?.id) }))).toBe("ok");
  expect(telegram.violations).toEqual([
    { method: "sendMessage", parameter: "colour", problem: "unknown parameter" },
    { method: "deleteMessage", parameter: "message_id", problem: "wrong type" },
  ]);
});

test("JSON, a form, multipart and a query string are all understood", async () => {
  const url = `${telegram.url}/bot${telegram.token}/sendMessage`;
  const fields = { chat_id: String(group.id), text: "سلام", entities: '[{"type":"bold","offset":0,"length":4}]' };
  const multipart = new FormData();
  for (const [name, value] of Object.entries(fields)) multipart.set(name, value);
  expect((await fetch(url, { method: "POST", body: new URLSearchParams(fields) })).status).toBe(200);
  expect((await fetch(url, { method: "POST", body: multipart })).status).toBe(200);
  expect((await fetch(`${url}?${new URLSearchParams(fields)}`)).status).toBe(200);
  expect(group.messages().map(({ text, entities }) => [text, entities.length])).toEqual(
    Array.from({ length: 3 }, () => ["سلام", 1]),
  );
  expect(telegram.violations).toEqual([]);
});

test.each([
  ["sendMessage", { text: "hello" }, "400 Bad Request: chat_id is empty"],
  ["sendMessage", { chat_id: 5, text: "hello" }, "400 Bad Request: chat not found"],
])("%s with %j is %s", async (method, body, answer) => {
  expect(await call(method, body)).toBe(answer);
});

test.each([
  ["sendMessage", {}, "400 Bad Request: message text is empty"],
  ["sendMessage", { text: " \n " }, "400 Bad Request: message text is empty"],
  ["sendMessage", { text: "x".repeat(4097) }, "400 Bad Request: message is too long"],
  ["sendMessage", { text: "x".repeat(4096) }, "ok"],
  ["sendMessage", { text: "a", message_thread_id: 77 }, "400 Bad Request: message thread not found"],
  ["sendMessage", { text: "a", message_thread_id: 1 }, "400 Bad Request: message thread not found"],
  [
    "sendMessage",
    { text: "a", reply_parameters: { message_id: 77 } },
    "400 Bad Request: message to be replied not found",
  ],
  ["sendMessage", { text: "a", reply_parameters: { message_id: 77, allow_sending_without_reply: true } }, "ok"],
  [
    "sendMessage",
    { text: "a", entities: [{ type: "bold", offset: 0, length: 5 }] },
    "400 Bad Request: entity beginning at UTF-16 offset 0 ends after the end of the text at UTF-16 offset 5",
  ],
  [
    "sendMessage",
    { text: "a", reply_markup: { inline_keyboard: [[{ text: "A", callback_data: "x".repeat(65) }]] } },
    "400 Bad Request: BUTTON_DATA_INVALID",
  ],
  [
    "sendMessage",
    { text: "a", reply_markup: { inline_keyboard: [[{ text: "A", copy_text: { text: "" } }]] } },
    "400 Bad Request: BUTTON_COPY_TEXT_INVALID",
  ],
  ["editMessageText", { message_id: 77, text: "a" }, "400 Bad Request: message to edit not found"],
  ["editMessageText", { text: "a" }, "400 Bad Request: message identifier is not specified"],
  ["deleteMessage", { message_id: 77 }, "400 Bad Request: message to delete not found"],
  ["deleteMessage", {}, "400 Bad Request: message identifier is not specified"],
  ["pinChatMessage", { message_id: 77 }, "400 Bad Request: message to pin not found"],
  ["createForumTopic", { name: "" }, '400 Bad Request: parameter "name" is required'],
  ["createForumTopic", { name: " " }, "400 Bad Request: title must be non-empty"],
  ["createForumTopic", { name: "x".repeat(129) }, "400 Bad Request: title is too long"],
  ["createForumTopic", { name: "a", icon_color: 1 }, "400 Bad Request: invalid icon color specified"],
  ["closeForumTopic", { message_thread_id: 77 }, "400 Bad Request: TOPIC_ID_INVALID"],
  ["getChatMember", { user_id: 77 }, "400 Bad Request: user not found"],
  [
    "answerCallbackQuery",
    { callback_query_id: "77" },
    "400 Bad Request: query is too old and response timeout expired or query ID is invalid",
  ],
])("%s with %j is %s", async (method, body, answer) => {
  expect(await call(method, inGroup(body))).toBe(answer);
});

test("an edit that changes nothing, and one of somebody else's message, are refused", async () => {
  await call("sendMessage", inGroup({ text: "one" }));
  const [mine] = group.messages();
  const hers = group.say(sara, "hers");
  expect(await call("editMessageText", inGroup({ message_id: mine?.id, text: " one " }))).toMatch(
    /^400 Bad Request: message is not modified/,
  );
  expect(await call("editMessageReplyMarkup", inGroup({ message_id: mine?.id }))).toMatch(/message is not modified/);
  expect(await call("editMessageText", inGroup({ message_id: hers.id, text: "x" }))).toBe(
    "400 Bad Request: message can't be edited",
  );
});

test("reactions outside Telegram's list, or outside the chat's, are refused", async () => {
  const said = group.say(sara, "hello");
  const react = (emoji: string) =>
    call("setMessageReaction", inGroup({ message_id: said.id, reaction: [{ type: "emoji", emoji }] }));
  expect(await react("✅")).toBe("400 Bad Request: REACTION_INVALID");
  expect(await react("👍")).toBe("ok");
  group.allowReactions(["👀"]);
  expect(await react("👍")).toBe("400 Bad Request: REACTION_INVALID");
  expect(await react("👀")).toBe("ok");
  expect(await call("setMessageReaction", inGroup({ message_id: said.id }))).toBe("ok");
  expect(group.message(said)?.reactions).toEqual([]);
});

test("a closed topic refuses messages and a deleted one is not found", async () => {
  const topic = group.createTopic(sara, "0912");
  group.closeTopic(sara, topic.id);
  const send = () => call("sendMessage", inGroup({ text: "a", message_thread_id: topic.id }));
  expect(await send()).toBe("400 Bad Request: TOPIC_CLOSED");
  group.reopenTopic(sara, topic.id);
  expect(await send()).toBe("ok");
  group.deleteTopic(topic.id);
  expect(await send()).toBe("400 Bad Request: message thread not found");
});

test("a bot without the right makes no topic, and no chat without topics has any", async () => {
  group.setBot("administrator", { can_manage_topics: false });
  expect(await call("createForumTopic", inGroup({ name: "a" }))).toBe(
    "400 Bad Request: not enough rights to create a topic",
  );
  const plain = telegram.group({});
  expect(await call("createForumTopic", { chat_id: plain.id, name: "a" })).toBe(
    "400 Bad Request: the chat is not a forum",
  );
});

test("a bot that was kicked, has left or is blocked gets 403", async () => {
  group.setBot("kicked");
  expect(await call("sendMessage", inGroup({ text: "a" }))).toBe(
    "403 Forbidden: bot was kicked from the supergroup chat",
  );
  group.setBot("administrator");
  expect(await call("leaveChat", inGroup({}))).toBe("ok");
  expect(await call("sendMessage", inGroup({ text: "a" }))).toBe(
    "403 Forbidden: bot is not a member of the supergroup chat",
  );
  telegram.privateChat(sara).setBlocked(true);
  expect(await call("sendMessage", { chat_id: sara.id, text: "a" })).toBe("403 Forbidden: bot was blocked by the user");
});

test("a press can be answered once", async () => {
  await call(
    "sendMessage",
    inGroup({ text: "a", reply_markup: { inline_keyboard: [[{ text: "A", callback_data: "a" }]] } }),
  );
  const press = group.press(sara, group.messages().at(-1) ?? 0, "a");
  expect(await call("answerCallbackQuery", { callback_query_id: press.id, text: "ok" })).toBe("ok");
  expect(await call("answerCallbackQuery", { callback_query_id: press.id })).toMatch(/query is too old/);
  expect(() => group.press(sara, group.messages().at(-1) ?? 0, "B")).toThrow('no button "B" to press; there are: A');
});

test("a scripted failure hits as often as it says, and may come after the effect", async () => {
  telegram.fail("sendMessage", { code: 500, description: "Internal Server Error" });
  expect(await call("sendMessage", inGroup({ text: "a" }))).toBe("500 Internal Server Error");
  expect(group.messages()).toHaveLength(0);
  telegram.fail("sendMessage", { code: 502, description: "Bad Gateway", when: "after" });
  expect(await call("sendMessage", inGroup({ text: "a" }))).toBe("502 Bad Gateway");
  expect(group.messages()).toHaveLength(1);
  expect(await call("sendMessage", inGroup({ text: "a" }))).toBe("ok");
  expect(telegram.callsOf("sendMessage").map(({ answer }) => answer?.ok)).toEqual([false, false, true]);
});

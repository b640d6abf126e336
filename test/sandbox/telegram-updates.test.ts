import { createServer, type Server } from "node:http";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Group } from "../../src/sandbox/telegram/group.ts";
import { startTelegramSimulator, type TelegramSimulator } from "../../src/sandbox/telegram/server.ts";
import type { User } from "../../src/sandbox/telegram/types.ts";

interface Answer {
  ok: boolean;
  result?: { update_id: number; [kind: string]: unknown }[];
  error_code?: number;
  description?: string;
}

let telegram: TelegramSimulator;
let group: Group;
let sara: User;

beforeEach(async () => {
  telegram = await startTelegramSimulator({ webhookBackoffMs: 20 });
  sara = telegram.user({ name: "Sara" });
  group = telegram.group({ forum: true });
});

afterEach(() => telegram.stop());

async function call(method: string, body: object = {}, signal?: AbortSignal): Promise<Answer> {
  const response = await fetch(`${telegram.url}/bot${telegram.token}/${method}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
    ...(signal && { signal }),
  });
  return (await response.json()) as Answer;
}

const textsOf = (answer: Answer) =>
  answer.result?.map((update) => (update.message as { text?: string } | undefined)?.text ?? Object.keys(update)[1]);

test("updates stay until an offset confirms them, at most `limit` at a time", async () => {
  for (const text of ["1", "2", "3"]) group.say(sara, text);
  const first = await call("getUpdates", { limit: 2 });
  expect(textsOf(first)).toEqual(["1", "2"]);
  expect(textsOf(await call("getUpdates"))).toEqual(["1", "2", "3"]);
  const last = first.result?.[1]?.update_id ?? 0;
  expect(textsOf(await call("getUpdates", { offset: last + 1 }))).toEqual(["3"]);
  expect(telegram.pendingUpdates()).toBe(1);
});

test("a negative offset keeps only the newest", async () => {
  for (const text of ["1", "2", "3"]) group.say(sara, text);
  expect(textsOf(await call("getUpdates", { offset: -1 }))).toEqual(["3"]);
  expect(telegram.pendingUpdates()).toBe(1);
});

test("a long poll ends as soon as something happens, and empty after its time", async () => {
  const polling = call("getUpdates", { timeout: 10 });
  await telegram.waitFor(() => telegram.isPolled);
  group.say(sara, "now");
  expect(textsOf(await polling)).toEqual(["now"]);
  telegram.privateChat(sara);
  const empty = await call("getUpdates", { offset: 800_000_000, timeout: 0.05 });
  expect(empty.result).toEqual([]);
});

test("a second poll ends the first with 409", async () => {
  const first = call("getUpdates", { timeout: 10 });
  await telegram.waitFor(() => telegram.isPolled);
  const second = call("getUpdates", { timeout: 10 });
  expect(await first).toEqual({
    ok: false,
    error_code: 409,
    description: "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
  });
  group.say(sara, "for the second");
  expect(textsOf(await second)).toEqual(["for the second"]);
});

test("a poll whose caller hung up is over, and its updates are not lost", async () => {
  const leaving = new AbortController();
  const polling = call("getUpdates", { timeout: 10 }, leaving.signal);
  await telegram.waitFor(() => telegram.isPolled);
  leaving.abort();
  await expect(polling).rejects.toThrow();
  await expect.poll(() => telegram.isPolled).toBe(false);
  group.say(sara, "kept");
  expect(textsOf(await call("getUpdates"))).toEqual(["kept"]);
});

test("reactions come only when asked for, and `allowed_updates` is remembered", async () => {
  const said = group.say(sara, "a");
  group.react(sara, said, "👍");
  await call("getUpdates", { allowed_updates: ["message_reaction"] });
  group.react(sara, said, "👎");
  group.say(sara, "not wanted");
  expect(textsOf(await call("getUpdates"))).toEqual(["a", "message_reaction"]);
});

test("in privacy mode a bot that is no administrator hears only what is meant for it", async () => {
  group.setBot("member");
  group.say(sara, "among us");
  group.say(sara, "/start");
  group.say(sara, "hello @chapar_sandbox_bot");
  expect(textsOf(await call("getUpdates"))).toEqual(["my_chat_member", "/start", "hello @chapar_sandbox_bot"]);
});

test("a message of a topic points at what opened it; anonymous, foreign, forwarded and via-bot ones say so", async () => {
  const topic = group.createTopic(sara, "0912");
  const channel = { id: -1009, type: "channel", title: "News" } as const;
  const said = [
    group.say(sara, "plain", { topic: topic.id }),
    group.say(sara, "anonymous", { asAnonymousAdmin: true }),
    group.say(sara, "foreign", { senderChat: channel }),
    group.say(sara, "forwarded", { forward: "Ali" }),
    group.say(sara, "inline", { viaBot: telegram.user({ name: "gif", isBot: true }) }),
    group.say(sara, "look", { attach: "photo" }),
  ].map(({ raw }) => raw);
  expect(said[0]).toMatchObject({
    message_thread_id: topic.id,
    is_topic_message: true,
    reply_to_message: { forum_topic_created: { name: "0912" } },
  });
  expect(said[1]).toMatchObject({ from: { id: 1087968824 }, sender_chat: { id: group.id } });
  expect(said[2]).toMatchObject({ sender_chat: channel });
  expect(said[3]).toMatchObject({ forward_origin: { type: "hidden_user", sender_user_name: "Ali" } });
  expect(said[4]).toMatchObject({ via_bot: { first_name: "gif" } });
  expect(said[5]).toMatchObject({ caption: "look", photo: [{}] });
});

test("in a supergroup without topics, replies carry the thread of what they answer", () => {
  const plain = telegram.group({});
  const first = plain.say(sara, "first");
  const second = plain.say(sara, "second", { replyTo: first });
  const third = plain.say(sara, "third", { replyTo: second });
  expect([second.raw.message_thread_id, third.raw.message_thread_id]).toEqual([first.id, first.id]);
  expect(third.topicId).toBeUndefined();
});

test("a webhook gets updates with the secret, and the same one again until it says 200", async () => {
  const got: { text: unknown; secret: unknown }[] = [];
  const statuses = [500, 200, 200];
  const server: Server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.on("end", () => {
      const update = JSON.parse(Buffer.concat(chunks).toString()) as { message?: { text?: string } };
      got.push({ text: update.message?.text, secret: incoming.headers["x-telegram-bot-api-secret-token"] });
      outgoing.writeHead(statuses.shift() ?? 200).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" ? address?.port : 0;
  try {
    expect((await call("setWebhook", { url: `http://127.0.0.1:${port}/hook`, secret_token: "s3cret" })).ok).toBe(true);
    group.say(sara, "one");
    group.say(sara, "two");
    await expect.poll(() => got.map(({ text }) => text)).toEqual(["one", "one", "two"]);
    expect(got.every(({ secret }) => secret === "s3cret")).toBe(true);
    expect((await call("getUpdates")).description).toMatch(/^Conflict: can't use getUpdates method while webhook/);
    const { result } = await call("getWebhookInfo");
    expect(result).toMatchObject({
      pending_update_count: 0,
      last_error_message: "Wrong response from the webhook: 500",
    });
    await call("deleteWebhook");
    expect((await call("getUpdates")).ok).toBe(true);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});

test("stopping ends a poll that waits and may be done twice", async () => {
  const polling = call("getUpdates", { timeout: 30 }).catch((error: unknown) => error);
  await telegram.waitFor(() => telegram.isPolled);
  await telegram.stop();
  await telegram.stop();
  await polling;
  await expect(fetch(telegram.url)).rejects.toThrow("fetch failed");
});

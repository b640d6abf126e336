import { expect, onTestFinished, test } from "vitest";
import { hashKey } from "../../../src/core/model/ids.ts";
import { startTelegramSimulator } from "../../../src/sandbox/telegram/server.ts";
import { createMemoryStore } from "../../../src/store/memory.ts";
import { createSystemClock } from "../../../src/support/system-clock.ts";
import { createBot } from "../../../src/telegram/bot.ts";
import { openBotMemory } from "../../../src/telegram/memory.ts";
import { createWebhook } from "../../../src/telegram/updates/webhook.ts";
import { createFakeDesk } from "../bot-setup.ts";
import { createFakeBridge } from "../fake-bridge.ts";
import { silentLog } from "../silent-log.ts";

const chat = { id: -1001, type: "supergroup", title: "Group", is_forum: true };
const from = { id: 7, is_bot: false, first_name: "Sara" };

async function startWebhook() {
  const clock = createSystemClock();
  const simulator = await startTelegramSimulator();
  const desk = createFakeDesk({ chat: chat.id });
  desk.topics.set("50", "support/+989121234567");
  const bridge = createFakeBridge(clock.now);
  const memory = await openBotMemory({ store: createMemoryStore({ clock, log: silentLog }), clock });
  const telegram = createBot({
    token: simulator.token,
    apiRoot: simulator.url,
    timeZone: "Asia/Tehran",
    capabilities: { support: ["template"] },
    bridge,
    desks: { all: [desk], byId: () => desk, byChat: (id) => (id === desk.chatId() ? desk : undefined) },
    memory,
    clock,
    log: silentLog,
  });
  const webhook = createWebhook({
    bot: telegram.bot,
    onPassedOver: telegram.apologize,
    token: simulator.token,
    publicUrl: "https://sms.example.com/chapar/",
    clock,
    log: silentLog,
    random: () => 0,
  });
  onTestFinished(async () => {
    await webhook.stop();
    await simulator.stop();
  });
  webhook.start();
  await webhook.ready;
  return { simulator, desk, bridge, webhook };
}

let count = 1;

function message(id: number, text: string) {
  const date = Math.floor(Date.now() / 1000);
  return { message_id: id, date, chat, from, message_thread_id: 50, is_topic_message: true, text };
}

const said = (id: number, text: string) => ({ update_id: count++, message: message(id, text) });
const edited = (id: number, text: string) => ({
  update_id: count++,
  edited_message: { ...message(id, text), edit_date: Math.floor(Date.now() / 1000) },
});
const texts = (bridge: { messages: Map<string, { text: string }> }) => [...bridge.messages.values()].map((m) => m.text);

test("it sets a secret path and a secret header that are made from the token and do not hold it", async () => {
  const { simulator, webhook } = await startWebhook();
  const [call] = simulator.callsOf("setWebhook");
  expect(call?.parameters).toMatchObject({
    url: `https://sms.example.com/chapar${webhook.path}`,
    secret_token: webhook.secretToken,
    drop_pending_updates: false,
  });
  expect(webhook.path).toMatch(/^\/telegram\/[\w-]{43}$/);
  expect(webhook.secretToken).toMatch(/^[\w-]{43}$/);
  expect(webhook.path).not.toContain(webhook.secretToken);
  expect(webhook.path + webhook.secretToken).not.toContain("SIMULATED");
  expect(webhook.state()).toMatchObject({ isUp: true });
});

test("it resolves only once the effect is committed, and rejects while the store is down", async () => {
  const { bridge, webhook } = await startWebhook();
  bridge.isStoreDown = () => true;
  const update = said(1, "one");
  await expect(webhook.handle(update)).rejects.toThrow("store");
  expect(webhook.state()).toMatchObject({ isUp: false, why: "store" });
  bridge.isStoreDown = () => false;
  await webhook.handle(update);
  expect(texts(bridge)).toEqual(["one"]);
  expect(webhook.state()).toMatchObject({ isUp: true });
});

test("a repeated update, and the same message under another update id, change nothing", async () => {
  const { bridge, webhook } = await startWebhook();
  const update = said(2, "one");
  await webhook.handle(update);
  await webhook.handle(update);
  await webhook.handle(said(2, "one"));
  expect(texts(bridge)).toEqual(["one"]);
});

test("an edit that comes before its message is applied to it, by whichever update id", async () => {
  const { bridge, webhook } = await startWebhook();
  await webhook.handle(edited(3, "second thought"));
  expect(texts(bridge)).toEqual([]);
  await webhook.handle(said(3, "first thought"));
  expect(texts(bridge)).toEqual(["second thought"]);
});

test("an early edit that makes a note of a message keeps it from being an SMS", async () => {
  const { bridge, webhook } = await startWebhook();
  await webhook.handle(edited(4, "// not for the customer"));
  await webhook.handle(said(4, "oops"));
  expect(texts(bridge)).toEqual([]);
});

test.each([
  ["a note", "// he is angry", "he is angry"],
  ["a mistyped command", "/sned 09121234567 hello", "/send 09121234567 hello"],
  ["a /send that was not right", "/send 12 hello", "/send 09121234567 hello"],
])("an edit of %s never makes an SMS, however often both are read", async (_what, before, after) => {
  const { bridge, webhook } = await startWebhook();
  await webhook.handle(edited(9, after));
  await webhook.handle(said(9, before));
  await webhook.handle(said(9, before));
  expect(texts(bridge)).toEqual([]);
});

test("an early edit of an answer into a /send sends nothing to that number", async () => {
  const { bridge, webhook } = await startWebhook();
  await webhook.handle(edited(10, "/send 09350000000 for another"));
  await webhook.handle(said(10, "for the customer"));
  expect([...bridge.messages.values()]).toMatchObject([{ text: "for the customer", peer: "+989121234567" }]);
});

test.each([
  ["an answer into a template", "/template code 1234", "hello", { text: "hello" }],
  ["a template into an answer", "hello", "/template code 1234", { template: { name: "code", values: ["1234"] } }],
  [
    "a template into a /send",
    "/send 09121234567 hello",
    "/template code 1",
    { template: { name: "code", values: ["1"] } },
  ],
  ["a template", "/template code 5678", "/template code 1234", { template: { name: "code", values: ["5678"] } }],
])("an early edit of %s changes the form of nothing", async (_what, after, before, expected) => {
  const { bridge, webhook } = await startWebhook();
  bridge.templates = [{ name: "code", values: ["code"], line: "30001234" }];
  await webhook.handle(edited(13, after));
  await webhook.handle(said(13, before));
  const [message] = bridge.messages.values();
  expect(message).toMatchObject(expected);
  expect(message?.template === undefined).toBe(!("template" in expected));
});

test.each([
  ["that is not right", "/template code 1 2", "/template code 1"],
  ["into one that is not right", "/template code 1", "/template code 1 2"],
])("an early edit of a template %s sends nothing", async (_what, before, after) => {
  const { bridge, webhook } = await startWebhook();
  bridge.templates = [{ name: "code", values: ["code"], line: "30001234" }];
  await webhook.handle(edited(14, after));
  await webhook.handle(said(14, before));
  expect(texts(bridge)).toEqual([]);
});

test("an edit that looks like an SMS is answered only where its message was handled before", async () => {
  const { webhook, desk } = await startWebhook();
  await webhook.handle(edited(11, "early"));
  expect(desk.answers).toEqual([]);
  await webhook.handle(said(12, "// a note"));
  await webhook.handle(edited(12, "no note"));
  expect(desk.answers).toMatchObject([{ messageId: 12, text: expect.stringContaining("An edit sends nothing") }]);
});

test("updates of one chat that come at once run one after the other", async () => {
  const { bridge, webhook } = await startWebhook();
  const order: string[] = [];
  bridge.beforeAccept = async () => {
    order.push("in");
    await new Promise((resolve) => setTimeout(resolve, 5));
    order.push("out");
  };
  await Promise.all([webhook.handle(said(5, "one")), webhook.handle(said(6, "two")), webhook.handle(edited(5, "1"))]);
  expect(order).toEqual(["in", "out", "in", "out"]);
  expect(bridge.messages.get(hashKey(String(chat.id), "5"))?.text).toBe("1");
});

test("a poisonous update is refused twice and then passed over, so that Telegram goes on", async () => {
  const { bridge, webhook, desk } = await startWebhook();
  bridge.poison = () => true;
  const update = said(7, "poison");
  await expect(webhook.handle(update)).rejects.toThrow();
  await expect(webhook.handle(update)).rejects.toThrow();
  await webhook.handle(update);
  expect(webhook.state()).toMatchObject({ passedOver: 1 });
  expect(desk.answers).toHaveLength(1);
});

test("an update that is not what it says holds nothing up", async () => {
  const { bridge, webhook } = await startWebhook();
  for (const [n, odd] of [5, null, { chat: 7 }, { chat: {} }].entries()) {
    const update = { update_id: 8 + n, message: odd };
    for (let tries = 1; tries < 3; tries += 1) await webhook.handle(update).catch(() => undefined);
    await webhook.handle(update);
  }
  expect(texts(bridge)).toEqual([]);
});

test("what is no update is taken and forgotten", async () => {
  const { bridge, webhook } = await startWebhook();
  for (const given of [{}, null, "x", { update_id: "1" }, []]) await webhook.handle(given);
  expect(texts(bridge)).toEqual([]);
});

test("after a stop it takes nothing more and leaves the webhook where it is", async () => {
  const { webhook, simulator, bridge } = await startWebhook();
  await webhook.stop();
  await expect(webhook.handle(said(8, "late"))).rejects.toThrow();
  expect(texts(bridge)).toEqual([]);
  expect(simulator.callsOf("deleteWebhook")).toEqual([]);
});

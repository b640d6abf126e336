import { expect, onTestFinished, test } from "vitest";
import { startTelegramSimulator } from "../../../src/sandbox/telegram/server.ts";
import { createMemoryStore } from "../../../src/store/memory.ts";
import { createBot } from "../../../src/telegram/bot.ts";
import { openBotMemory } from "../../../src/telegram/memory.ts";
import { createPolling } from "../../../src/telegram/updates/polling.ts";
import { createRivalWatch } from "../../../src/telegram/updates/rival.ts";
import { createFakeClock } from "../../support/fake-clock.ts";
import { createFakeDesk, until } from "../bot-setup.ts";
import { createFakeBridge } from "../fake-bridge.ts";
import { silentLog } from "../silent-log.ts";

/** A bot whose polling runs on a clock of the test; `restart` begins anew as another process would. */
async function startPolling() {
  const clock = createFakeClock(Date.now());
  const simulator = await startTelegramSimulator();
  onTestFinished(() => simulator.stop());
  const group = simulator.group({ forum: true });
  const sara = simulator.user({ name: "Sara" });
  group.add(sara);
  const desk = createFakeDesk({ chat: group.id });
  const topic = group.createTopic(sara, "0912").id;
  desk.topics.set(String(topic), "support/+989121234567");
  const bridge = createFakeBridge(clock.now);
  const desks = { all: [desk], byId: () => desk, byChat: (id: string) => (id === desk.chatId() ? desk : undefined) };
  const memory = await openBotMemory({ store: createMemoryStore({ clock, log: silentLog }), clock });

  function restart() {
    const telegram = createBot({
      token: simulator.token,
      apiRoot: simulator.url,
      timeZone: "Asia/Tehran",
      capabilities: {},
      bridge,
      desks,
      memory,
      clock,
      log: silentLog,
    });
    const { bot, drained: onDrained, apologize: onPassedOver } = telegram;
    const polling = createPolling({ bot, onDrained, onPassedOver, clock, log: silentLog, random: () => 0.999 });
    onTestFinished(async () => {
      const stopped = polling.stop(0);
      clock.pass(1);
      await stopped;
    });
    return polling;
  }

  const texts = () => [...bridge.drafts.values()].map((draft) => draft.text);
  const say = (text: string) => group.say(sara, text, { topic });
  return { clock, simulator, desk, bridge, restart, texts, say };
}

test("a store that fails for five seconds loses nothing: polling stands still and the update is handled when it is back", async () => {
  const { clock, simulator, bridge, restart, texts, say, desk } = await startPolling();
  const polling = restart();
  polling.start();
  await polling.ready;
  const from = clock.now();
  bridge.isStoreDown = () => clock.now() < from + 5_000;
  say("one");
  say("two");
  await until(() => bridge.accepts === 1);
  const asked = simulator.callsOf("getUpdates").length;
  for (let step = 0; step < 45; step += 1) {
    clock.pass(100);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  expect(texts()).toEqual([]);
  expect(bridge.accepts).toBeGreaterThan(2);
  expect(polling.state()).toMatchObject({ isUp: false, why: "store" });
  expect(simulator.callsOf("getUpdates")).toHaveLength(asked);
  expect(simulator.pendingUpdates()).toBeGreaterThanOrEqual(1);
  clock.pass(10_000);
  await until(() => texts().length === 2);
  expect(texts()).toEqual(["one", "two"]);
  await until(() => simulator.pendingUpdates() === 0);
  expect(polling.state()).toMatchObject({ isUp: true, passedOver: 0 });
  expect(desk.answers).toEqual([]);
});

test("a stop while the store is down confirms nothing, and the update comes again after the restart", async () => {
  const { bridge, restart, texts, say, simulator } = await startPolling();
  const polling = restart();
  polling.start();
  await polling.ready;
  bridge.isStoreDown = () => true;
  say("one");
  await until(() => bridge.accepts === 1);
  await polling.stop();
  expect(simulator.pendingUpdates()).toBe(1);
  bridge.isStoreDown = () => false;
  restart().start();
  await until(() => texts().length === 1);
  expect(texts()).toEqual(["one"]);
});

test("a stop in the middle of a handler waits for it, then confirms it, and nothing that was not handled", async () => {
  const { bridge, restart, texts, say, simulator } = await startPolling();
  const polling = restart();
  let release: () => void = () => undefined;
  bridge.beforeAccept = () =>
    new Promise((resolve) => {
      release = resolve;
    });
  polling.start();
  await polling.ready;
  say("one");
  await until(() => bridge.accepts === 1);
  say("two");
  const stopped = polling.stop(4_000);
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(simulator.pendingUpdates()).toBe(2);
  release();
  await stopped;
  expect(texts()).toEqual(["one"]);
  expect(simulator.pendingUpdates()).toBe(1);
  bridge.beforeAccept = async () => undefined;
  restart().start();
  await until(() => texts().length === 2);
});

test("a stop whose time runs out under a running handler confirms nothing", async () => {
  const { clock, bridge, restart, texts, say, simulator } = await startPolling();
  say("one");
  say("two");
  const polling = restart();
  bridge.beforeAccept = () => (bridge.accepts === 1 ? Promise.resolve() : new Promise(() => undefined));
  polling.start();
  await until(() => bridge.accepts === 2);
  const waiting = simulator.pendingUpdates();
  const stopped = polling.stop(4_000);
  clock.pass(4_000);
  await stopped;
  expect(simulator.pendingUpdates()).toBe(waiting);
  bridge.beforeAccept = async () => undefined;
  restart().start();
  await until(() => texts().length === 2);
  expect(texts()).toEqual(["one", "two"]);
});

test("an update read twice becomes one SMS", async () => {
  const { bridge, restart, texts, say, simulator } = await startPolling();
  const polling = restart();
  polling.start();
  await polling.ready;
  simulator.fail("getUpdates", { code: 502, description: "Bad Gateway", match: ({ limit }) => limit === 1 });
  bridge.beforeAccept = async () => void polling.stop();
  say("one");
  await until(() => texts().length === 1);
  await polling.stop();
  expect(simulator.pendingUpdates()).toBe(1);
  bridge.beforeAccept = async () => undefined;
  restart().start();
  await until(() => simulator.pendingUpdates() === 0);
  expect(bridge.accepts).toBe(2);
  expect(texts()).toEqual(["one"]);
});

test("a poisonous update is passed over after three tries, its operator is told, and the next one is handled", async () => {
  const { clock, bridge, restart, texts, say, desk } = await startPolling();
  const polling = restart();
  bridge.poison = (text) => text === "poison";
  polling.start();
  await polling.ready;
  const poison = say("poison");
  say("healthy");
  for (let tries = 1; tries < 3; tries += 1) {
    await until(() => bridge.accepts === tries);
    await new Promise((resolve) => setTimeout(resolve, 5));
    clock.pass(1_000);
  }
  await until(() => texts().length === 1);
  expect(bridge.accepts).toBe(4);
  expect(polling.state()).toMatchObject({ passedOver: 1 });
  expect(desk.answers).toMatchObject([{ messageId: poison.id, text: expect.stringContaining("went wrong") }]);
});

test("it is ready once the backlog has been handled, and after ten seconds in any case", async () => {
  const { clock, bridge, restart, texts, say } = await startPolling();
  say("before the start");
  const polling = restart();
  polling.start();
  await polling.ready;
  expect(texts()).toEqual(["before the start"]);
  await polling.stop();

  bridge.isStoreDown = () => true;
  say("while the store is down");
  const slow = restart();
  let isReady = false;
  void slow.ready.then(() => {
    isReady = true;
  });
  slow.start();
  await until(() => bridge.accepts === 2);
  clock.pass(9_999);
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(isReady).toBe(false);
  clock.pass(1);
  await slow.ready;
});

test.each([
  { code: 409, description: "Conflict: terminated by other getUpdates request", why: "conflict", waits: 500 },
  { code: 429, description: "Too Many Requests: retry after 7", why: "rate-limited", waits: 7_000, retry_after: 7 },
  { code: 401, description: "Unauthorized", why: "bad-token", waits: 30_000 },
  { code: 502, description: "Bad Gateway", why: "unreachable", waits: 500 },
])("$code is waited out and told as $why", async ({ code, description, why, waits, retry_after }) => {
  const { clock, restart, simulator, say, texts } = await startPolling();
  const polling = restart();
  const parameters = retry_after === undefined ? {} : { parameters: { retry_after } };
  simulator.fail("getUpdates", { code, description, ...parameters });
  polling.start();
  await until(() => polling.state().why === why);
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(polling.state()).toMatchObject({ isUp: false });
  say("meanwhile");
  clock.pass(waits - 50);
  await new Promise((resolve) => setTimeout(resolve, 10));
  expect(simulator.callsOf("getUpdates")).toHaveLength(1);
  clock.pass(100);
  await until(() => texts().length === 1);
  expect(polling.state()).toMatchObject({ isUp: true });
});

test("a message is not old because our clock is ahead, once Telegram has been read to its end; before that it may be", async () => {
  const { clock, restart, bridge, say, texts } = await startPolling();
  clock.pass(2 * 60 * 60_000);
  say("from before the start");
  const polling = restart();
  polling.start();
  await polling.ready;
  say("now");
  await until(() => texts().length === 2);
  const holds = [...bridge.drafts.values()].map(({ hold }) => hold?.why);
  expect(holds).toEqual(["stale", undefined]);
});

test("a webhook that is in the way is taken away", async () => {
  const { clock, restart, simulator, texts, say } = await startPolling();
  const polling = restart();
  polling.start();
  await polling.ready;
  expect(simulator.callsOf("deleteWebhook")).toHaveLength(0);
  const conflict =
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first";
  simulator.fail("getUpdates", { code: 409, description: conflict });
  say("first");
  await until(() => polling.state().why === "conflict");
  await new Promise((resolve) => setTimeout(resolve, 5));
  clock.pass(1_000);
  await until(() => simulator.callsOf("deleteWebhook").length === 1);
  await until(() => texts().length === 1);
});

test("a Telegram that is not there is waited for, and stopping twice is safe", async () => {
  const { restart, simulator } = await startPolling();
  await simulator.stop();
  const polling = restart();
  polling.start();
  polling.start();
  await until(() => polling.state().why === "unreachable");
  await Promise.all([polling.stop(), polling.stop()]);
});

test("another program that reads the same updates is noticed, a restart that overlaps is not; and when it is gone", () => {
  const clock = createFakeClock();
  const told: string[] = [];
  const rival = createRivalWatch({ clock, tell: (news) => void told.push(news) });
  const meet = (times: number) => {
    for (let n = 0; n < times; n++) {
      rival.conflict();
      clock.pass(1000);
      rival.answered();
    }
  };
  meet(2);
  clock.pass(6 * 60_000);
  meet(2);
  expect(told).toEqual([]);
  meet(20);
  clock.pass(9 * 60_000);
  rival.answered();
  expect(told).toEqual(["is-there"]);
  clock.pass(60_000);
  rival.answered();
  rival.answered();
  expect(told).toEqual(["is-there", "is-gone"]);
  meet(3);
  expect(told).toEqual(["is-there", "is-gone", "is-there"]);
});

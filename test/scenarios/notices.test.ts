import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { openTopic, withProviders } from "./open-topic.ts";
import { startBridge } from "./start-bridge.ts";

const speed = 20;
/** In the world's own time: a minute in life. */
const longMs = 60_000 * speed;
const down = "پنل \u2068asanak\u2069 فعلاً کار نمی‌کند";
const up = "پنل \u2068asanak\u2069 دوباره کار می‌کند";

test("a panel that is away over restarts is told once, and that it is back once", async () => {
  const { bridge, customer, topic } = await openTopic({ speed, ...withProviders({ timeoutSeconds: 60 }) });
  await bridge.asanak.network.refuse();
  const reply = topic.operatorSays("در خدمتم");
  await bridge.telegram.waitFor(() => bridge.desk.told(down).length > 0, longMs, "the notice");
  for (let starts = 0; starts < 2; starts++) {
    await bridge.restart();
    // Longer than a fault must last to be told.
    await pause(4000);
  }
  expect(bridge.desk.told(down)).toHaveLength(1);
  await bridge.asanak.network.listen();
  await customer.gets("در خدمتم", longMs);
  await bridge.telegram.waitFor(() => bridge.desk.told(up).length > 0, longMs, "that it is back");
  await bridge.telegram.waitFor(() => reply.marks().some(({ text }) => text.startsWith("✓✓")), longMs);
  await bridge.restart();
  topic.operatorSays("باز هم");
  await customer.gets("باز هم", longMs);
  await pause(4000);
  expect([bridge.desk.told(down).length, bridge.desk.told(up).length]).toEqual([1, 1]);
}, 120_000);

test("what happened while Telegram was away is told in its order: first what broke, then that it works", async () => {
  const { bridge, customer, topic } = await openTopic({ speed, ...withProviders({ timeoutSeconds: 60 }) });
  await bridge.asanak.network.refuse();
  const reply = topic.operatorSays("در خدمتم");
  await bridge.telegram.waitFor(() => reply.marks().some(({ text }) => text.startsWith("⏳")), longMs);
  await bridge.telegram.network.refuse();
  const isUp = () => bridge.app.health().providers[0]?.isUp;
  // Longer than the longest pause between two tries after a minute of failing: then the desk is to be told.
  await pause(7500);
  expect(isUp()).toBe(false);
  await bridge.asanak.network.listen();
  await customer.gets("در خدمتم", longMs);
  await expect.poll(isUp, { timeout: 15_000 }).toBe(true);
  await bridge.telegram.network.listen();
  await bridge.telegram.waitFor(() => bridge.desk.told(up).length > 0, longMs, "that it is back");
  const told = bridge.desk.told(/\u2068asanak\u2069/).map(({ text }) => text.split("\n")[0]);
  expect(told.map((text) => text?.startsWith(down))).toEqual([true, false]);
}, 120_000);

test("what nobody can read is told once an hour, though it is another thing each time and the bridge is restarted", async () => {
  const bridge = await startBridge({ panels: ["mydnspanel"] });
  const unreadable = /پنل \u2068dns\u2069 چیزی به من داد/;
  for (let n = 0; n < 3; n++) {
    bridge.mydnspanel.raw(JSON.stringify({ result: "1", data: { messages: [{ surprise: n }] } }));
    await pause(1500);
    await bridge.restart();
  }
  await bridge.desk.isTold(unreadable);
  expect(bridge.desk.told(unreadable)).toHaveLength(1);
});

test("with an empty store and everything well nothing is told at all, start after start", async () => {
  const { bridge, customer, topic } = await openTopic();
  for (let starts = 0; starts < 3; starts++) {
    await bridge.restart();
    topic.operatorSays(`پاسخ ${starts}`);
    await customer.gets(`پاسخ ${starts}`);
  }
  expect(bridge.desk.told(/./)).toEqual([]);
});

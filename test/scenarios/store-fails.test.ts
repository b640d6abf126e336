import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { openRaw } from "../../src/store/connection.ts";
import { startBridge } from "./start-bridge.ts";

/** Another process that writes holds every other writer up; after SQLite's patience of five seconds, writing fails. */
async function lockStore(uri: string): Promise<() => Promise<void>> {
  const connection = await openRaw(uri.replace("sqlite://", ""), { table: "chapar_probe", busyMs: 1000 });
  await connection.query("BEGIN IMMEDIATE");
  return async () => {
    await connection.query("ROLLBACK");
    await connection.close();
  };
}

test("a store that cannot be written for six seconds: the panel hears 503, Telegram keeps the update, nothing is lost or doubled", async () => {
  const { phone, desk, config, asanak, telegram, app } = await startBridge();
  const customer = phone("09120000000");
  await customer.sends("سلام");
  const topic = await desk.topicOf("09120000000");
  await topic.shows("سلام");

  const unlock = await lockStore(config.store);
  const sms = { from: customer.number, to: "982164063188", text: "در قفل", time: "2026-11-22 12:00:00" };
  const pushed = asanak.push(sms);
  const reply = topic.operatorSays("در خدمتم");
  expect((await pushed).status).toBe(503);
  expect((await fetch(`${app.url}/readyz`)).status).toBe(503);
  await pause(1000);
  expect(customer.received()).toEqual([]);
  expect(telegram.pendingUpdates()).toBeGreaterThan(0);
  await unlock();

  await customer.gets("در خدمتم", 15_000);
  await reply.isMarked("✓✓");
  expect(customer.received()).toEqual(["در خدمتم"]);
  expect((await asanak.push(sms)).status).toBe(200);
  await topic.shows("در قفل");
  expect(topic.texts().filter((text) => text.includes("در قفل"))).toHaveLength(1);
  expect((await fetch(`${app.url}/readyz`)).status).toBe(200);
}, 40_000);

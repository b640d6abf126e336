import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { startChild } from "../store/processes.ts";
import { startProcess } from "./start-process.ts";

const number = "09120000000";

type World = Awaited<ReturnType<typeof startProcess>>;

/** The kernel lets a running process write to no file any more (`0`), or to all of them again. */
function limitFiles(pid: number | undefined, bytes: "0" | "unlimited"): void {
  execFileSync("prlimit", ["--pid", String(pid), `--fsize=${bytes}:unlimited`]);
}

async function talk(world: World) {
  await world.phone(number).sends("سلام");
  const topic = await world.desk.topicOf(number);
  await topic.shows("سلام");
  return topic;
}

const pushOf = (text: string) => ({ from: number, to: "982164063188", text, time: "2026-11-22 12:00:00" });
const taken = (world: World, text: string) => world.asanak.ledger.filter((sms) => sms.text === text).length;

/** The panel takes it while nothing can be written, and its receipt comes when that cannot be stored. */
async function loseStoreWhileSending(world: World, pid: number | undefined, topic: Awaited<ReturnType<typeof talk>>) {
  world.asanak.mode({ kind: "slow", ms: 2500 });
  const reply = topic.operatorSays("در راه");
  // The claim is on disk once the request is there, and that takes no time.
  await pause(1500);
  limitFiles(pid, "0");
  await world.telegram.waitFor(() => taken(world, "در راه") === 1, 10_000, "the panel has taken it");
  world.asanak.mode({ kind: "normal" });
  return reply;
}

test("a store that becomes unwritable: a receipt that cannot be stored waits, and never leads to a second SMS", async () => {
  const world = await startProcess();
  const bridge = await world.start();
  const topic = await talk(world);
  const reply = await loseStoreWhileSending(world, bridge.pid, topic);
  const later = topic.operatorSays("بعدی");
  expect((await world.asanak.push(pushOf("وقتی نمی‌شد نوشت"))).status).toBe(503);
  expect((await fetch(`${world.url()}/readyz`)).status).toBe(503);
  expect((await fetch(`${world.url()}/healthz`)).status).toBe(200);
  await pause(4000);
  expect([taken(world, "در راه"), taken(world, "بعدی")]).toEqual([1, 0]);
  expect(world.telegram.pendingUpdates()).toBeGreaterThan(0);
  for (const { text } of reply.marks()) expect(text).toMatch(/^⏳/);
  expect(world.output()).toMatch(/the store could not be written; trying again/);

  limitFiles(bridge.pid, "unlimited");
  await reply.isMarked("✓✓");
  await later.isMarked("✓✓");
  expect((await world.asanak.push(pushOf("وقتی نمی‌شد نوشت"))).status).toBe(200);
  await topic.shows("وقتی نمی‌شد نوشت");
  expect((await fetch(`${world.url()}/readyz`)).status).toBe(200);
  expect([taken(world, "در راه"), taken(world, "بعدی")]).toEqual([1, 1]);
}, 60_000);

test("killed while its receipt could not be stored, the next start asks and does not send", async () => {
  const world = await startProcess();
  const bridge = await world.start();
  const topic = await talk(world);
  const reply = await loseStoreWhileSending(world, bridge.pid, topic);
  await pause(2000);
  bridge.kill("SIGKILL");
  await once(bridge, "exit");
  await world.start();
  const question = await reply.isMarked("⚠");
  expect(question.buttons.flat()).toHaveLength(2);
  await topic.operatorSays("بعدی").isMarked("✓✓");
  expect([taken(world, "در راه"), taken(world, "بعدی")]).toEqual([1, 1]);
}, 60_000);

test("another program that holds the file for a while is waited for; for longer, panels and Telegram keep theirs", async () => {
  const world = await startProcess();
  await world.start();
  const topic = await talk(world);
  const uri = `sqlite://${join(world.folder, "chapar.sqlite")}`;

  const brief = startChild("hold the file", uri, "2000");
  await brief.wrote(1);
  const reply = topic.operatorSays("کمی صبر");
  expect((await world.asanak.push(pushOf("کمی صبر از مشتری"))).status).toBe(200);
  expect(brief.lines()).toContain("let go");
  await reply.isMarked("✓✓");

  const long = startChild("hold the file", uri, "15000");
  await long.wrote(1);
  const late = topic.operatorSays("صبر زیاد");
  // SQLite has patience for five seconds, with what came before it and then with this one.
  expect((await world.asanak.push(pushOf("صبر زیاد از مشتری"))).status).toBe(503);
  expect(long.lines()).not.toContain("let go");
  expect(taken(world, "صبر زیاد")).toBe(0);
  await long.finished();
  await late.isMarked("✓✓");
  expect((await world.asanak.push(pushOf("صبر زیاد از مشتری"))).status).toBe(200);
  for (const text of ["کمی صبر از مشتری", "صبر زیاد از مشتری"]) {
    await topic.shows(text);
    expect(topic.texts().filter((shown) => shown.includes(text))).toHaveLength(1);
  }
  for (const text of ["کمی صبر", "صبر زیاد"]) expect(taken(world, text)).toBe(1);
}, 60_000);

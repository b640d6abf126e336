import { expect, test } from "vitest";
import { noteCopied } from "../../../src/core/keeping/restored.ts";
import { isOver } from "../../../src/core/model/bulk.ts";
import { openWorld, sara } from "../open-world.ts";
import { order, peer, press } from "./orders.ts";

const slow = { receiversPerCall: 100, perSecond: 1, inFlight: 1, sendTimeoutMs: 20_000 };

async function untilOver(world: Awaited<ReturnType<typeof openWorld>>): Promise<void> {
  for (let passes = 0; !world.support.bulks.some(({ run }) => isOver(run)); passes++) {
    if (passes > 2000) expect.unreachable("it never ends");
    await world.pass(500);
  }
}

/** A panel that takes a hundred different texts in a call. */
function batchPanel(taken: string[], before: () => Promise<void> | void = () => undefined) {
  const calls: number[] = [];
  const send = async (rows: readonly { peer: string; text: string }[]) => {
    await before();
    calls.push(rows.length);
    taken.push(...rows.map((row) => `${row.peer} ${row.text}`));
    return { ids: rows.map((row) => `id-${row.peer}`) };
  };
  return { calls, first: { batch: { rowsPerCall: 100, send } } };
}

test("five thousand different texts are fifty calls of a panel that takes a hundred, each receiver once", async () => {
  const taken: string[] = [];
  const { calls, first } = batchPanel(taken);
  const world = await openWorld({ first });
  await world.start();
  await world.bridge.bulk.plan(order(5000));
  expect(await world.bridge.bulk.send("run", press)).toBe("done");
  expect(await world.bridge.bulk.send("run", press)).toBe("same");
  await untilOver(world);
  expect(calls).toHaveLength(50);
  expect(new Set(taken).size).toBe(5000);
  expect(taken).toContain(`${peer(4999)} سلام مشتری 4999`);
  const last = world.support.bulks.at(-1);
  expect(last).toMatchObject({ run: { state: "done" }, counts: { sent: 5000, waiting: 0, failed: 0 } });
  expect(last?.outcomes).toHaveLength(5000);
  expect(world.support.bulks.length).toBeLessThan(6);
  expect(world.support.posts).toEqual([]);
  expect(world.support.marks).toEqual([]);
  await world.stop();
}, 120_000);

test("whoever stops it is told what went, and what waited does not go", async () => {
  const taken: string[] = [];
  let letGo = () => {};
  let isHeld = false;
  const hold = () => (isHeld ? new Promise<void>((resolve) => (letGo = resolve)) : undefined);
  const { first } = batchPanel(taken, hold);
  const world = await openWorld({ first: { ...first, limits: slow } });
  await world.start();
  await world.bridge.bulk.plan(order(3000));
  await world.bridge.bulk.send("run", press);
  while (taken.length < 300) await world.pass(500);
  isHeld = true;
  await world.pass(3000);
  const before = taken.length;
  expect(await world.bridge.bulk.stop("run", press)).toBe("done");
  await world.pass(1000);
  expect(world.support.bulks.at(-1)).toMatchObject({
    run: { state: "stopping" },
    counts: { leaving: 100, sent: before },
  });
  isHeld = false;
  letGo();
  await untilOver(world);
  const last = world.support.bulks.at(-1);
  expect(taken).toHaveLength(before + 100);
  expect(last).toMatchObject({
    run: { state: "stopped", stoppedBy: sara },
    counts: { sent: before + 100, leaving: 0, failed: 0, uncertain: 0, waiting: 3000 - before - 100 },
  });
  const states = last?.outcomes.map((one) => "state" in one && one.state) ?? [];
  expect(states.filter((state) => state === "sent")).toHaveLength(before + 100);
  expect(states.filter((state) => state === "not-sent")).toHaveLength(3000 - before - 100);
  expect(await world.bridge.bulk.stop("run", press)).toBe("late");
  await world.stop();
}, 60_000);

test("whoever opts out or is blocked while it runs gets nothing any more", async () => {
  const taken: string[] = [];
  const { first } = batchPanel(taken);
  const world = await openWorld({ first: { ...first, limits: slow } });
  await world.start();
  const inList = { row: 2, written: "x", peer: "+989120000500", values: ["الف"] };
  const rows = [...order(2000).rows.slice(600), inList];
  await world.bridge.bulk.plan(order(0, "سلام {نام}", { rows }));
  await world.bridge.bulk.send("run", press);
  while (taken.length < 100) await world.pass(500);
  await world.receive("STOP", { from: 500 });
  await world.bridge.conversations.block(`support/${peer(1999)}`);
  await untilOver(world);
  const last = world.support.bulks.at(-1);
  expect(last).toMatchObject({ run: { state: "done" }, counts: { sent: 1399, failed: 2, waiting: 0 } });
  expect(last?.outcomes.slice(-2)).toEqual([
    { peer: peer(1999), state: "blocked" },
    { peer: "+989120000500", state: "failed", failure: { code: "opted-out" } },
  ]);
  expect(taken).toHaveLength(1399);
  await world.stop();
}, 60_000);

test("what a customer writes after a bulk SMS is shown with it, once", async () => {
  const world = await openWorld();
  await world.start();
  const shown: unknown[] = [];
  const { post } = world.support;
  world.support.post = (task) =>
    post({
      ...task,
      take: async (fits) => {
        const sms = await task.take(fits);
        shown.push(...sms.map(({ message, afterBulk }) => [message.text, afterBulk?.text]));
        return sms;
      },
    });
  await world.bridge.bulk.plan(order(3, "تخفیف {نام}"));
  await world.bridge.bulk.send("run", press);
  await world.pass(10_000);
  await world.receive("چند درصد؟", { from: 0 });
  await world.receive("الو", { from: 0 });
  await world.receive("به من نرسید", { from: 9 });
  expect(shown).toEqual([
    ["چند درصد؟", "تخفیف مشتری 0"],
    ["الو", undefined],
    ["به من نرسید", undefined],
  ]);
  await world.stop();
});

test("a bridge that is stopped in the middle goes on after the next start, and nobody gets it twice", async () => {
  const taken: string[] = [];
  const { first } = batchPanel(taken);
  const world = await openWorld({ first: { ...first, limits: slow } });
  await world.start();
  await world.bridge.bulk.plan(order(2500));
  await world.bridge.bulk.send("run", press);
  while (taken.length < 300) await world.pass(500);
  await world.stop();
  const next = await openWorld({ store: world.store, clock: world.clock, first: { ...first, limits: slow } });
  await next.start();
  await untilOver(next);
  expect(next.support.bulks.at(-1)).toMatchObject({ run: { state: "done" }, counts: { sent: 2500 } });
  expect(taken).toHaveLength(2500);
  expect(new Set(taken).size).toBe(2500);
  await next.stop();
}, 60_000);

test("an end that was shown and not committed is shown once more, with its whole report", async () => {
  const world = await openWorld();
  const { bulk } = world.support;
  Object.assign(world.support, {
    bulk: (task: Parameters<typeof bulk>[0]) => bulk({ ...task, commit: () => Promise.reject(new Error("killed")) }),
  });
  await world.start();
  await world.bridge.bulk.plan(order(3));
  await world.bridge.bulk.send("run", press);
  await untilOver(world);
  await world.stop();
  const next = await openWorld({ store: world.store, clock: world.clock });
  await next.start();
  await untilOver(next);
  expect(next.support.bulks.at(-1)?.outcomes).toHaveLength(3);
  await next.stop();
  const last = await openWorld({ store: world.store, clock: world.clock });
  await last.start();
  await last.pass(60_000);
  expect(last.support.bulks).toEqual([]);
  await last.stop();
});

test("on a store that was restored from a copy a run does not go on, and an old plan cannot be sent", async () => {
  const taken: string[] = [];
  const { first } = batchPanel(taken);
  const world = await openWorld({ first: { ...first, limits: slow } });
  await world.start();
  await world.bridge.bulk.plan(order(1000));
  await world.bridge.bulk.plan(order(5, "متن", { id: "other" }));
  await world.bridge.bulk.send("run", press);
  while (taken.length < 100) await world.pass(500);
  await world.stop();
  const before = taken.length;
  world.clock.pass(60_000);
  await noteCopied(world.store, world.clock.now());
  const next = await openWorld({ store: world.store, clock: world.clock, first: { ...first, limits: slow } });
  await next.start();
  await next.pass(5000);
  const last = next.support.bulks.at(-1);
  expect(last).toMatchObject({ run: { state: "stopped", isRestored: true }, counts: { sent: before } });
  expect(await next.bridge.bulk.send("other", press)).toBe("late");
  await next.pass(5000);
  expect(taken).toHaveLength(before);
  await next.stop();
}, 60_000);

test("whoever is forgotten before their turn gets nothing, and is not in the report", async () => {
  const world = await openWorld();
  await world.start();
  await world.bridge.bulk.plan(order(3));
  await world.bridge.forgetting.ask("wish", "support", peer(1));
  await world.bridge.forgetting.confirm("wish", sara);
  await world.pass(5000);
  await world.bridge.bulk.send("run", press);
  await untilOver(world);
  expect(world.first.sent.map(({ text }) => text)).toEqual(["سلام مشتری 0", "سلام مشتری 2"]);
  expect(world.support.bulks.at(-1)?.outcomes.map((one) => "peer" in one && one.peer)).toEqual([peer(0), peer(2)]);
  await world.stop();
});

test("whose turn in a run comes between the word that they be forgotten and the deed gets nothing, and nothing of them stays", async () => {
  const taken: string[] = [];
  const letGo: (() => void)[] = [];
  let isHeld = true;
  const { first } = batchPanel(taken, () => (isHeld ? new Promise<void>((resolve) => letGo.push(resolve)) : undefined));
  const world = await openWorld({ first });
  await world.start();
  await world.bridge.bulk.plan(order(1500));
  await world.bridge.bulk.send("run", press);
  await world.pass(3000);
  // Somebody else is being forgotten, and the chat is slow.
  let erased = () => {};
  world.support.erase = async (_wanted, commit) => {
    await new Promise<void>((resolve) => (erased = resolve));
    await commit("gone");
  };
  await world.bridge.forgetting.ask("first", "support", "+989120009999");
  await world.bridge.forgetting.confirm("first", sara);
  await world.settle();
  await world.bridge.forgetting.ask("wish", "support", peer(1400));
  await world.bridge.forgetting.confirm("wish", sara);
  isHeld = false;
  for (const go of letGo) go();
  await untilOver(world);
  world.support.erase = (_wanted, commit) => commit("gone");
  erased();
  await world.pass(10_000);
  expect(taken).toHaveLength(1499);
  expect(await world.records.outbound.range("thread", { equal: [`support/${peer(1400)}`], limit: 1 })).toEqual([]);
  await world.stop();
}, 60_000);

test("in its line's quiet hours a run waits and says so; it goes when they are over, and can be stopped until then", async () => {
  // From eleven to half past twelve; it is noon.
  const week = Array(7).fill([{ from: 660, to: 750 }]);
  const world = await openWorld({ quiet: { timeZone: "Asia/Tehran", week, holidays: [] } });
  await world.start();
  expect((await world.bridge.bulk.plan(order(30))).isQuiet).toBe(true);
  await world.bridge.bulk.plan(order(30, "متن", { id: "stopped" }));
  await world.bridge.bulk.send("run", press);
  await world.bridge.bulk.send("stopped", press);
  await world.pass(60_000, 5000);
  expect(world.first.sent).toEqual([]);
  expect(world.support.bulks.at(-1)).toMatchObject({
    run: { state: "running" },
    isQuiet: true,
    counts: { waiting: 30 },
  });
  await world.bridge.bulk.stop("stopped", press);
  await world.pass(30_000, 5000);
  expect(world.support.bulks.at(-1)).toMatchObject({ run: { id: "stopped", state: "stopped" }, counts: { sent: 0 } });
  await world.pass(30 * 60_000, 30_000);
  expect(world.first.sent).toHaveLength(30);
  expect(world.support.bulks.at(-1)).toMatchObject({ run: { id: "run", state: "done" }, counts: { sent: 30 } });
  await world.stop();
});

import { expect, onTestFinished, test } from "vitest";
import { findUnusedCopy, noteCopied } from "../../../src/core/keeping/restored.ts";
import { fails, openWorld, sara } from "../open-world.ts";

const thread = "support/+989120000000";

/** What waits at a bridge that is copied; then a bridge on the copy. */
async function worlds(prepare: (first: Awaited<ReturnType<typeof openWorld>>) => Promise<void>) {
  const first = await openWorld();
  await first.start();
  await prepare(first);
  await first.stop();
  await noteCopied(first.store, first.clock.now());
  first.clock.pass(60_000);
  const restored = await openWorld({ store: first.store, clock: first.clock });
  onTestFinished(restored.stop);
  return restored;
}

test("whatever would have left by itself is asked about, once, and only a person sends it", async () => {
  const world = await worlds(async ({ first, answer, bridge, clock, pass }) => {
    first.before = fails("busy");
    await answer("queued");
    await pass(1000);
    const later = (id: string, why: "undo" | "scheduled") =>
      bridge.outbound.accept({
        id,
        thread,
        text: id,
        origin: `chat:${id}`,
        hold: { why, untilMs: clock.now() + 9000 },
      });
    await later("undo", "undo");
    await later("scheduled", "scheduled");
    await bridge.outbound.accept({
      id: "asked",
      thread,
      text: "asked",
      origin: "chat:asked",
      hold: { why: "forward" },
    });
  });
  await world.records.outbound.update("m1", (current) => current && { ...current, state: "sending", attempt: 4 });
  await world.start();
  await world.pass(60_000);
  expect(world.first.sent).toEqual([]);
  expect(await world.find("m1")).toMatchObject({ state: "uncertain", attempt: 5, failure: { code: "restored" } });
  for (const id of ["undo", "scheduled"]) {
    expect(await world.find(id)).toMatchObject({ state: "uncertain", attempt: 1, doubted: 1 });
    expect(world.support.marks.filter((mark) => mark.id === id).at(-1)?.state).toBe("uncertain");
    // What was pressed before, and is handed over once more.
    for (const press of [world.bridge.outbound.sendNow, world.bridge.outbound.tryAgain]) {
      expect((await press(id, 0, sara)).outcome).toBe("late");
    }
  }
  expect((await world.bridge.outbound.tryAgain("undo", 1, sara)).outcome).toBe("done");
  await world.pass(2000);
  expect(world.first.sent.map(({ text }) => text)).toEqual(["undo"]);
  // It waits for a person anyway; but that person may have spoken since.
  expect(await world.find("asked")).toMatchObject({ state: "held", attempt: 0 });
  expect((await world.bridge.outbound.sendNow("asked", 0, sara)).outcome).toBe("late");
  expect(await world.find("asked")).toMatchObject({ state: "uncertain", attempt: 1 });
  expect(world.support.notices.filter(({ kind }) => kind === "restored")).toHaveLength(1);
});

test("however many wait, none of them leaves by itself", async () => {
  const world = await worlds(async ({ bridge, clock }) => {
    const hold = { why: "scheduled" as const, untilMs: clock.now() + 90_000 };
    const ids = Array.from({ length: 1200 }, (_, n) => `many-${n}`);
    await Promise.all(ids.map((id) => bridge.outbound.accept({ id, thread, text: id, hold })));
  });
  await world.start();
  await world.pass(120_000);
  expect(world.first.sent).toEqual([]);
  expect(await world.records.outbound.range("due", { limit: 10 })).toEqual([]);
});

test("what had failed, or was in doubt, may have been sent again since: one press asks, the next one sends", async () => {
  const world = await worlds(async ({ first, answer, pass }) => {
    first.before = fails("rejected");
    await answer("failed");
    await pass(1000);
    first.before = fails("no-answer", false);
    await answer("in doubt");
    await pass(1000);
  });
  await world.start();
  for (const id of ["m1", "m2"]) {
    expect((await world.bridge.outbound.tryAgain(id, 1, sara)).outcome).toBe("late");
    await world.pass(1000);
    expect(await world.find(id)).toMatchObject({ state: "uncertain", attempt: 2, failure: { code: "restored" } });
  }
  expect(world.first.sent).toEqual([]);
  for (const id of ["m1", "m2", "m1"]) await world.bridge.outbound.tryAgain(id, 2, sara);
  await world.pass(2000);
  expect(world.first.sent.map(({ text }) => text)).toEqual(["failed", "in doubt"]);
});

test("what an operator wrote before is held for a person, for Telegram may bring it a second time; what is written now leaves", async () => {
  const world = await worlds(async () => undefined);
  await world.start();
  const at = world.clock.now();
  const write = (id: string, writtenAt: number) => world.bridge.outbound.accept({ id, thread, text: id, writtenAt });
  await write("before", at - 1000);
  await world.pass(2000);
  await write("now", world.clock.now());
  await world.pass(2000);
  expect(world.first.sent.map(({ text }) => text)).toEqual(["now"]);
  expect(await world.find("before")).toMatchObject({ state: "held", hold: "stale" });
  await world.bridge.outbound.sendNow("before", 0, sara);
  await world.pass(1000);
  expect(world.first.sent.map(({ text }) => text)).toEqual(["now", "before"]);
});

test("a start that is cut off in the middle of it sends nothing either; the next one does the rest, and the one after nothing", async () => {
  const world = await worlds(async ({ first, answer, pass }) => {
    first.before = fails("busy");
    for (const text of ["a", "b", "c"]) await answer(text);
    await pass(1000);
  });
  const { records, store, clock } = world;
  const { update } = records.outbound;
  Object.assign(records.outbound, {
    update: (id: string, change: never) => (id === "m2" ? Promise.reject(new Error("cut off")) : update(id, change)),
  });
  await expect(world.start()).rejects.toThrow("cut off");
  Object.assign(records.outbound, { update });
  expect(await findUnusedCopy(store)).toBeDefined();

  const next = await openWorld({ store, clock });
  await next.start();
  await next.pass(5000);
  await next.stop();
  expect(next.first.sent).toEqual([]);
  const found = await Promise.all(["m1", "m2", "m3"].map(next.find));
  expect(found.map((message) => message?.state)).toEqual(["uncertain", "uncertain", "uncertain"]);
  // The first one had been tried once.
  expect(found.map((message) => message?.attempt)).toEqual([2, 1, 1]);
  expect(await findUnusedCopy(store)).toBeUndefined();
  const third = await openWorld({ store, clock });
  onTestFinished(third.stop);
  await third.start();
  await third.bridge.outbound.accept({ id: "fresh", thread, text: "fresh" });
  await third.pass(2000);
  expect(third.first.sent.map(({ text }) => text)).toEqual(["fresh"]);
});

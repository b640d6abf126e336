import fc from "fast-check";
import { expect, test } from "vitest";
import { backoffMs } from "../../src/support/backoff.ts";
import { createReleaseStack } from "../../src/support/release.ts";
import { sleep } from "../../src/support/sleep.ts";
import { createSystemClock } from "../../src/support/system-clock.ts";

const clock = createSystemClock();

test("sleep waits at least as long as it was told", async () => {
  const from = performance.now();
  await sleep(clock, 20);
  expect(performance.now() - from).toBeGreaterThanOrEqual(19);
});

test("sleep ends with the signal's reason, before or while it waits, and leaves no timer", async () => {
  const waiting = new Set<() => void>();
  const timer = {
    after(_ms: number, run: () => void) {
      waiting.add(run);
      return () => void waiting.delete(run);
    },
  };
  const controller = new AbortController();
  const slept = sleep(timer, 1_000, controller.signal);
  expect(waiting.size).toBe(1);
  controller.abort(new Error("stopped"));
  await expect(slept).rejects.toThrow("stopped");
  await expect(sleep(timer, 1_000, controller.signal)).rejects.toThrow("stopped");
  expect(waiting.size).toBe(0);
});

test("a wait longer than setTimeout can hold does not end at once", async () => {
  let isOver = false;
  const cancel = clock.after(2 ** 40, () => {
    isOver = true;
  });
  await sleep(clock, 20);
  cancel();
  expect(isOver).toBe(false);
});

test("backoff doubles up to its cap and leaves half of it to chance", () => {
  const at = (tries: number, random: number) => backoffMs(tries, { firstMs: 100, maxMs: 1_000, random: () => random });
  expect([1, 2, 3, 4, 5, 6].map((tries) => at(tries, 1))).toEqual([100, 200, 400, 800, 1_000, 1_000]);
  expect([1, 2, 3].map((tries) => at(tries, 0))).toEqual([50, 100, 200]);
  fc.assert(
    fc.property(fc.nat(), fc.double({ min: 0, max: 0.999, noNaN: true }), (tries, random) => {
      expect(at(tries, random)).toBeGreaterThanOrEqual(50);
      expect(at(tries, random)).toBeLessThanOrEqual(1_000);
    }),
  );
});

test("what was taken is released in reverse, each even where another throws", async () => {
  const released: string[] = [];
  const stack = createReleaseStack();
  stack.add(() => void released.push("first"));
  stack.add(async () => {
    await sleep(clock, 5);
    released.push("second");
    throw new Error("second failed");
  });
  stack.add(() => {
    throw new Error("third failed");
  });
  const both = Promise.allSettled([stack.release(), stack.release()]);
  await expect(both).resolves.toMatchObject([
    { status: "rejected", reason: { errors: [{ message: "third failed" }, { message: "second failed" }] } },
    { status: "fulfilled" },
  ]);
  expect(released).toEqual(["second", "first"]);
});

import { expect, test } from "vitest";
import { createBentClock } from "../../bench/bent-clock.ts";

test("what waits for the clock goes along when it is made faster", async () => {
  const clock = createBentClock();
  const from = clock.now();
  const woken = new Promise<number>((resolve) => clock.after(600_000, () => resolve(clock.now())));
  clock.pace(10_000);
  expect((await woken) - from).toBeGreaterThanOrEqual(600_000);
});

test("it never goes back, and a wait that was stopped stays so", async () => {
  const clock = createBentClock();
  let isRun = false;
  const stop = clock.after(1000, () => {
    isRun = true;
  });
  stop();
  const before = clock.now();
  clock.pace(1000);
  await new Promise((resolve) => clock.after(60_000, () => resolve(undefined)));
  clock.pace(1);
  expect(isRun).toBe(false);
  expect(clock.now()).toBeGreaterThanOrEqual(before + 60_000);
});

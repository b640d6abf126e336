import { expect, onTestFinished, test } from "vitest";
import type { DigestTimes } from "../../../src/core/notices/digests.ts";
import { dailyAt } from "../../../src/support/daily.ts";
import { openWorld } from "../open-world.ts";

const minute = 60_000;
const zone = "UTC";

/** A bridge without digests, and what happens when they are switched on so many minutes before or after now. */
async function world() {
  let times: DigestTimes | undefined;
  const opened = await openWorld({ digestTimes: () => times });
  onTestFinished(opened.stop);
  await opened.start();
  await opened.receive("hello");
  const digests = () => opened.support.notices.filter(({ kind }) => kind === "digest");
  async function switchOn(minutes: number): Promise<void> {
    const now = opened.clock.now();
    const time = new Date(now + minutes * minute).toISOString().slice(11, 16);
    times = { ...dailyAt(time, zone), from: now };
    await opened.bridge.replan("support");
    await opened.settle();
  }
  return { ...opened, digests, switchOn };
}

test("a digest that is switched on is told at its hour, to the minute", async () => {
  const { pass, digests, switchOn } = await world();
  await pass(minute, minute);
  await switchOn(3);
  await pass(4 * minute, minute);
  expect(digests()).toHaveLength(1);
});

test("one whose hour is over today is not told before tomorrow", async () => {
  const { pass, digests, switchOn, receive } = await world();
  await pass(60 * minute, 10 * minute);
  await switchOn(-30);
  await pass(2 * minute, minute);
  expect(digests()).toEqual([]);
  await receive("again");
  await pass(24 * 60 * minute, 10 * minute);
  expect(digests()).toHaveLength(1);
});

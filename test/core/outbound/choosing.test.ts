import { expect, test } from "vitest";
import type { Draft } from "../../../src/core/bridge.ts";
import { isUntimed } from "../../../src/core/outbound/choosing.ts";
import { openWorld, sara } from "../open-world.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const thread = "support/+989120000000";
const reza = { id: "6", name: "رضا" };

async function world() {
  const opened = await openWorld();
  const { bridge, first } = opened;
  await opened.start();
  return {
    ...opened,
    texts: () => first.sent.map(({ text }) => text),
    holds: (hold: NonNullable<Draft["hold"]>) =>
      bridge.outbound.accept({ id: "m", thread, text: "m", by: sara, origin: "1:1", hold }),
  };
}

test.each(["collision", "first", "long", "undo"] as const)(
  "what is held for %s is put off, waits for a time to be chosen, and leaves then",
  async (why) => {
    const { bridge, holds, pass, texts, clock, find } = await world();
    await holds({ why, ...(why === "undo" ? { untilMs: clock.now() + 10_000 } : {}) });
    expect(await bridge.later.putOff("m", 0, sara)).toMatchObject({ outcome: "done" });
    expect(await bridge.later.putOff("m", 0, reza)).toMatchObject({ outcome: "same" });
    await pass(2 * hourMs, minuteMs);
    const untimed = await find("m");
    expect([untimed && isUntimed(untimed), texts()]).toEqual([true, []]);
    const sendAt = clock.now() + hourMs;
    expect(await bridge.later.choose("m", 0, { by: reza, sendAt })).toMatchObject({ outcome: "done" });
    expect(await bridge.later.choose("m", 0, { by: sara, sendAt })).toMatchObject({ outcome: "same" });
    expect(await find("m")).toMatchObject({ state: "held", hold: "scheduled", sendAt, due: sendAt, settledBy: reza });
    await pass(59 * minuteMs, minuteMs);
    expect(texts()).toEqual([]);
    await pass(2 * minuteMs, minuteMs);
    expect(texts()).toEqual(["m"]);
    for (const late of [bridge.later.putOff("m", 0, sara), bridge.later.choose("m", 1, { by: sara, sendAt })]) {
      expect(await late).toMatchObject({ outcome: "late" });
    }
  },
);

test("a second **Later**, by somebody who has not seen yet that a time was chosen, takes it away from nobody", async () => {
  const { bridge, holds, find, clock } = await world();
  await holds({ why: "collision" });
  await bridge.later.putOff("m", 0, sara);
  const sendAt = clock.now() + hourMs;
  await bridge.later.choose("m", 0, { by: sara, sendAt });
  expect(await bridge.later.putOff("m", 0, reza)).toMatchObject({ outcome: "same" });
  expect(await find("m")).toMatchObject({ hold: "scheduled", sendAt, due: sendAt, settledBy: sara });
});

test("what waits for a time to be chosen can be sent now, cancelled and edited", async () => {
  for (const how of ["sendNow", "cancel"] as const) {
    const { bridge, holds, pass, texts } = await world();
    await holds({ why: "scheduled" });
    await bridge.outbound.edit("m", "n");
    await bridge.outbound[how]("m", 0, sara);
    await pass(2000);
    expect(texts()).toEqual(how === "sendNow" ? ["n"] : []);
  }
});

test("an edit of what has no time yet brings one", async () => {
  const { bridge, holds, clock, find } = await world();
  await holds({ why: "scheduled" });
  const sendAt = clock.now() + hourMs;
  expect(await bridge.later.change("m", { text: "n", sendAt })).toMatchObject({ outcome: "done" });
  expect(await find("m")).toMatchObject({ text: "n", sendAt, due: sendAt, hold: "scheduled" });
});

test("a button of an older attempt, and one of nothing, change nothing", async () => {
  const { bridge, holds, find, clock } = await world();
  await holds({ why: "first" });
  expect(await bridge.later.putOff("m", 3, sara)).toMatchObject({ outcome: "late" });
  expect(await bridge.later.choose("x", 0, { by: sara, sendAt: clock.now() + 1 })).toEqual({ outcome: "unknown" });
  expect(await find("m")).toMatchObject({ hold: "first" });
});

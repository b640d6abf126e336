import { expect, test } from "vitest";
import type { Hours } from "../../../src/core/model/hours.ts";
import { fails, openWorld, sara } from "../open-world.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const thread = "support/+989120000000";
/** The world begins at noon in Tehran. */
const every = (from: number, to: number): Hours => ({
  timeZone: "Asia/Tehran",
  week: Array(7).fill([{ from: from * 60, to: to * 60 }]),
  holidays: [],
});

async function world(options: Parameters<typeof openWorld>[0] = {}) {
  const opened = await openWorld({ quiet: every(11, 14), ...options });
  const { first, bridge } = opened;
  return {
    ...opened,
    texts: () => first.sent.map(({ text }) => text),
    /** Something of a lane that nobody waits for. */
    brings: (id: string, lane: "automatic" | "bulk", more: object = {}) =>
      bridge.outbound.accept({ id, thread, text: id, line: "30001", lane, ...more }),
  };
}

test("an answer waits for the end of its line's quiet hours, through a restart, and then leaves once", async () => {
  const { start, answer, find, pass, stop, store, clock, support, texts } = await world();
  await start();
  const id = await answer("در خدمتم");
  await pass(5000);
  const until = clock.now() - 5000 + 2 * hourMs;
  expect(await find(id)).toMatchObject({ state: "held", hold: "quiet", due: until, attempt: 0 });
  expect(support.marks.at(-1)).toMatchObject({ id, state: "held" });
  await stop();
  const after = await world({ store, clock });
  await after.start();
  await after.pass(hourMs, 60_000);
  expect(after.texts()).toEqual([]);
  await after.pass(hourMs, 60_000);
  expect([texts(), after.texts()]).toEqual([[], ["در خدمتم"]]);
  expect(await after.find(id)).toMatchObject({ state: "sent", attempt: 1 });
});

test("**Send now** passes over the quiet, also past those that wait before it, and only for that one", async () => {
  const { start, answer, bridge, find, pass, texts } = await world();
  await start();
  const [one, two] = [await answer("یک"), await answer("دو")];
  await pass(3000);
  expect(await bridge.outbound.sendInQuiet(two, 0, sara)).toMatchObject({ outcome: "done" });
  await pass(3000);
  expect(texts()).toEqual(["دو"]);
  expect(await find(one)).toMatchObject({ state: "held", hold: "quiet" });
  await bridge.outbound.cancel(one, 0, sara);
  await pass(3 * hourMs, minuteMs);
  expect(texts()).toEqual(["دو"]);
});

test("a second press of what lets an answer go wakes nobody: it does not pass over the quiet", async () => {
  const { start, bridge, find, pass, texts } = await world();
  await start();
  await bridge.outbound.accept({ id: "m", thread, text: "m", by: sara, origin: "1:1", hold: { why: "collision" } });
  expect(await bridge.outbound.sendNow("m", 0, sara)).toMatchObject({ outcome: "done" });
  await pass(2000);
  expect(await find("m")).toMatchObject({ state: "held", hold: "quiet" });
  expect(await bridge.outbound.sendNow("m", 0, sara)).toMatchObject({ outcome: "late" });
  await pass(2000);
  expect(texts()).toEqual([]);
  expect(await bridge.outbound.sendInQuiet("m", 0, sara)).toMatchObject({ outcome: "done" });
  await pass(2000);
  expect(texts()).toEqual(["m"]);
});

test("what waited through the quiet leaves in its order", async () => {
  const { start, answer, pass, texts } = await world();
  await start();
  for (const text of ["یک", "دو", "سه"]) await answer(text);
  await pass(2 * hourMs + 5000, minuteMs);
  expect(texts()).toEqual(["یک", "دو", "سه"]);
});

test("the order stays also where the first of them is not taken at once", async () => {
  const { start, answer, pass, texts, first } = await world();
  await start();
  for (const text of ["یک", "دو"]) await answer(text);
  await pass(hourMs, minuteMs);
  let tries = 0;
  first.before = () => {
    tries += 1;
    if (tries === 1) fails("unreachable")();
  };
  await pass(hourMs + 30_000, 5000);
  expect(texts()).toEqual(["یک", "دو"]);
});

test("automatic and bulk texts wait, too, and are not given up for it", async () => {
  const { start, brings, find, pass, texts } = await world();
  await start();
  await brings("offer", "bulk");
  await brings("news", "automatic");
  await pass(hourMs + 50 * minuteMs, minuteMs);
  expect(texts()).toEqual([]);
  expect(await find("offer")).toMatchObject({ state: "held", hold: "quiet" });
  await pass(11 * minuteMs, minuteMs);
  expect(texts().toSorted()).toEqual(["news", "offer"]);
});

test("what was wanted for a time within the quiet waits for its end; what is tried again runs into it", async () => {
  const { start, bridge, answer, first, clock, find, pass, texts } = await world({ quiet: every(13, 14) });
  await start();
  const noon = clock.now();
  const later = { thread, text: "later", sendAt: noon + 90 * minuteMs, by: sara };
  await bridge.outbound.accept({ id: "later", ...later });
  await pass(10_000);
  expect(await find("later")).toMatchObject({ state: "held", hold: "quiet", due: noon + 2 * hourMs });
  await pass(50 * minuteMs, minuteMs);
  first.before = fails("unreachable");
  const tried = await answer("tried");
  await pass(45 * minuteMs, 10_000);
  first.before = () => undefined;
  for (const id of ["later", tried]) {
    expect(await find(id)).toMatchObject({ state: "held", hold: "quiet", due: noon + 2 * hourMs });
  }
  await pass(40 * minuteMs, minuteMs);
  expect(texts().toSorted()).toEqual(["later", "tried"]);
});

test("a panel that keeps SMS for later is not given one for the quiet, and by day may have one for another day", async () => {
  const kept: { text: string; at: number }[] = [];
  const schedule = {
    async send({ text, at }: { text: string; at: number }) {
      kept.push({ text, at });
      return { ids: [text] };
    },
  };
  const { start, brings, find, pass, clock } = await world({ first: { schedule }, quiet: every(13, 14) });
  await start();
  const noon = clock.now();
  await brings("quiet", "automatic", { sendAt: noon + 90 * minuteMs });
  await brings("free", "automatic", { sendAt: noon + 3 * hourMs });
  await pass(5000);
  expect(kept).toEqual([{ text: "free", at: noon + 3 * hourMs }]);
  expect(await find("quiet")).toMatchObject({ state: "held", hold: "quiet", due: noon + 2 * hourMs });
  await pass(2 * hourMs, minuteMs);
  expect(await find("quiet")).toMatchObject({ state: "sent" });
});

test("another line may speak, and a line to go over to is asked for its own hours", async () => {
  const { start, bridge, second, first, answer, pass, find } = await world({
    quiet: every(20, 23),
    fallback: ["30002"],
  });
  await start();
  await bridge.outbound.accept({ id: "other", thread, text: "other", line: "30002" });
  await pass(2000);
  expect(second.sent.map(({ text }) => text)).toEqual(["other"]);
  first.before = fails("bad-line");
  const over = await answer("over");
  await pass(2000);
  expect(await find(over)).toMatchObject({ state: "sent", line: "30002" });
});

test("a time that is chosen within the quiet is the end of that", async () => {
  const { start, bridge, find, pass, clock, texts } = await world({ quiet: every(20, 22) });
  await start();
  const noon = clock.now();
  await bridge.outbound.accept({ id: "m", thread, text: "m", by: sara, origin: "1:1", hold: { why: "first" } });
  await bridge.later.putOff("m", 0, sara);
  expect(await bridge.later.choose("m", 0, { by: sara, sendAt: noon + 9 * hourMs })).toMatchObject({ outcome: "done" });
  expect(await find("m")).toMatchObject({ hold: "quiet", sendAt: noon + 9 * hourMs, due: noon + 10 * hourMs });
  expect(await bridge.later.waiting("support")).toMatchObject([{ id: "m" }]);
  await pass(10 * hourMs + minuteMs, 10 * minuteMs);
  expect(texts()).toEqual(["m"]);
});

test("what had waited too long before the quiet is given up, and not sent in the morning", async () => {
  const { start, bridge, find, clock, pass, texts } = await world();
  clock.pass(-2 * hourMs);
  await bridge.outbound.accept({ id: "old", thread, text: "old", origin: "1:1" });
  clock.pass(2.5 * hourMs);
  await start();
  await pass(3000);
  expect(await find("old")).toMatchObject({ state: "failed", failure: { code: "gave-up" } });
  await pass(3 * hourMs, 10 * minuteMs);
  expect(texts()).toEqual([]);
});

import { expect, test } from "vitest";
import type { Hours } from "../../../src/core/model/hours.ts";
import { createRule } from "../../../src/core/model/rule.ts";
import { fails, openWorld, sara } from "../open-world.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const thread = "support/+989120000000";
const daily = (from: number, to: number): Hours => ({
  timeZone: "Asia/Tehran",
  week: Array(7).fill([{ from: from * 60, to: to * 60 }]),
  holidays: [],
});
const away = (everyMs = 12 * hourMs) => ({
  everyMs,
  textAt: (now: number, opensAt?: number) => `closed for ${((opensAt ?? 0) - now) / hourMs} h`,
});

/** At noon, and the desk opens at two. */
async function world(options: Parameters<typeof openWorld>[0] = {}) {
  const opened = await openWorld({ opening: { hours: daily(14, 20), away: away() }, ...options });
  const { first } = opened;
  return { ...opened, texts: () => first.sent.map(({ text }) => text) };
}

test("whoever writes while the desk is closed is told once when it opens, and the SMS is shown", async () => {
  const { start, receive, pass, texts, support, records } = await world();
  await start();
  await receive("سلام");
  await receive("کسی هست؟");
  await pass(2000);
  await receive("الو");
  await pass(2000);
  expect(texts()).toEqual(["closed for 2 h"]);
  expect(support.posts).toHaveLength(3);
  expect(await records.inbound.range("awayDue", { limit: 10 })).toEqual([]);
  const [answer] = await records.outbound.range("thread", { equal: [thread], limit: 10 });
  expect(answer).toMatchObject({ away: true, lane: "automatic", line: "30001", state: "sent" });
  expect(support.marks.at(-1)).toMatchObject({ id: answer?.id, state: "sent" });
});

test("another customer is told, too; nobody is while the desk is open", async () => {
  const { start, receive, pass, texts } = await world();
  await start();
  await receive("سلام", { from: 1 });
  await receive("سلام", { from: 2 });
  await pass(2000);
  expect(texts()).toHaveLength(2);
  await pass(2 * hourMs, minuteMs);
  await receive("سلام", { from: 3 });
  await pass(2000);
  expect(texts()).toHaveLength(2);
});

test("it is told again when its period is over, but not for ever to a machine; an operator's answer ends the count", async () => {
  const { start, receive, pass, texts, bridge, clock } = await world({
    opening: { hours: daily(0.5, 1), away: away(90 * minuteMs) },
  });
  await start();
  for (let hour = 0; hour < 12; hour++) {
    await receive(`tick ${hour}`);
    await pass(hourMs, minuteMs);
  }
  expect(texts()).toHaveLength(5);
  await bridge.conversations.answer(thread, { id: "a", by: sara, at: clock.now() });
  await bridge.outbound.accept({ id: "a", thread, text: "answer", by: sara, origin: "1:1" });
  await receive("tick");
  await pass(2000);
  // Somebody is there.
  expect(texts().slice(5)).toEqual(["answer"]);
  await pass(61 * minuteMs, minuteMs);
  await receive("tock");
  await pass(2000);
  expect(texts()).toHaveLength(7);
});

test.each([
  ["a short code", { peer: "30007777" }],
  ["a name", { peer: "BANK" }],
  ["a line of ours", { peer: "30002" }],
  ["an SMS that is more than an hour old", { ageMs: 61 * minuteMs }],
])("%s is not told", async (_what, { peer = "09120000000", ageMs = 0 }: { peer?: string; ageMs?: number }) => {
  const { start, bridge, settle, pass, clock, texts, support, records } = await world();
  await start();
  const at = clock.now() - ageMs;
  await bridge.inbound.accept("first", [{ line: "30001", peer, text: "سلام", time: { written: String(at), at } }]);
  await settle();
  await pass(2000);
  expect(support.posts).toHaveLength(1);
  expect(texts()).toEqual([]);
  expect(await records.inbound.range("awayDue", { limit: 10 })).toEqual([]);
});

test("who has opted out, who is blocked, and a word of opting out get none", async () => {
  const { start, receive, pass, texts, bridge, records } = await world({
    confirmations: { out: "bye", back: "hello" },
  });
  await start();
  await receive("لغو");
  await pass(2000);
  await receive("سلام");
  await pass(2000);
  expect(texts()).toEqual(["bye"]);
  expect(await records.outbound.range("thread", { equal: [thread], limit: 10 })).toHaveLength(1);
  await bridge.conversations.block("support/+989120000001");
  await receive("سلام", { from: 1 });
  await pass(2000);
  expect(texts()).toEqual(["bye"]);
});

test("one that came before a crash is answered after it, once, and not when the desk has opened meanwhile", async () => {
  // The process died between the commit and the answer.
  const died = await openWorld();
  await died.receive("سلام");
  const [sms] = await died.records.inbound.range("thread", { equal: [thread], limit: 1 });
  const owe = () =>
    died.records.inbound.update(sms?.id ?? "", (current) => current && { ...current, awayDue: died.clock.now() });
  const { store, clock } = died;
  await owe();
  await died.stop();
  const second = await world({ store, clock });
  await second.start();
  await second.pass(2000);
  expect(second.texts()).toEqual(["closed for 2 h"]);
  await owe();
  await second.stop();
  // Between the answer and the settling of its SMS.
  const third = await world({ store, clock, opening: { hours: daily(14, 20), away: away(1) } });
  await third.start();
  await third.pass(2000);
  expect(third.texts()).toEqual([]);
  await third.receive("سلام", { from: 5 });
  await third.stop();
  await third.pass(2 * hourMs, 60 * minuteMs);
  const [other] = await third.records.inbound.range("thread", { equal: ["support/+989120000005"], limit: 1 });
  await third.records.inbound.update(other?.id ?? "", (current) => current && { ...current, awayDue: 1 });
  const fourth = await world({ store, clock, opening: { hours: daily(14, 20), away: away(1) } });
  await fourth.start();
  await fourth.pass(2000);
  expect(await fourth.records.inbound.range("awayDue", { limit: 10 })).toEqual([]);
  expect(fourth.texts().filter((text) => text !== "closed for 2 h")).toEqual([]);
});

test("in quiet hours it waits where it is still true and in time afterwards; else there is none", async () => {
  const soon = await world({ quiet: daily(11, 12.5) });
  await soon.start();
  await soon.receive("سلام");
  await soon.pass(29 * minuteMs, minuteMs);
  expect(soon.texts()).toEqual([]);
  await soon.pass(2 * minuteMs, minuteMs);
  expect(soon.texts()).toEqual(["closed for 2 h"]);
  for (const quiet of [daily(11, 13.5), daily(11, 15)]) {
    const late = await world({ quiet });
    await late.start();
    await late.receive("سلام");
    await late.pass(4 * hourMs, minuteMs);
    expect(late.texts()).toEqual([]);
  }
});

test("while its panel is away it waits until it is not true any more, and then leaves only on a person's word", async () => {
  const { start, receive, pass, first, texts, records, bridge } = await world({ rules: { giveUpMs: 24 * hourMs } });
  await start();
  await pass(90 * minuteMs, minuteMs);
  first.before = fails("unreachable");
  await receive("سلام");
  await pass(35 * minuteMs, 10_000);
  first.before = () => undefined;
  await pass(hourMs, minuteMs);
  expect(texts()).toEqual([]);
  const [told] = await records.outbound.range("thread", { equal: [thread], limit: 1 });
  expect(told).toMatchObject({ state: "failed", failure: { code: "unreachable" } });
  await bridge.outbound.tryAgain(told?.id ?? "", told?.attempt ?? 0, sara);
  await pass(2000);
  expect(texts()).toHaveLength(1);
});

test("an equal text without a time is the same SMS, although it was answered by itself in between", async () => {
  const { start, bridge, pass, settle, support } = await world();
  await start();
  for (const _ of [1, 2]) {
    await bridge.inbound.accept("first", [{ line: "30001", peer: "09120000000", text: "سلام" }]);
    await settle();
    await pass(2000);
  }
  expect(support.posts).toHaveLength(1);
});

test("what a rule drops, or sends to a topic that many share, gets none", async () => {
  const rules = [createRule({ pattern: "/code/", topic: "Codes" }), createRule({ pattern: "/win/", drop: true })];
  const { start, receive, pass, texts } = await world({ rules: { rules } });
  await start();
  await receive("your code is 1234", { from: 1 });
  await receive("you win", { from: 2 });
  await pass(2000);
  expect(texts()).toEqual([]);
  await receive("hello", { from: 3 });
  await pass(2000);
  expect(texts()).toHaveLength(1);
});

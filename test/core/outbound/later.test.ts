import { expect, test } from "vitest";
import { createAnswered } from "../../../src/core/conversations/answered.ts";
import { openConversations } from "../../../src/core/conversations/conversations.ts";
import { markOf } from "../../../src/core/model/mark.ts";
import { createLaters } from "../../../src/core/outbound/later.ts";
import { claim } from "../../../src/core/outbox/attempt.ts";
import { openParts, silentLog } from "../bridge-parts.ts";

const hour = 3_600_000;
const thread = "support/+989121234567";
const part = "س".repeat(67);
const costly = `${"a".repeat(90)}’s`;
const cheap = `${"a".repeat(90)}'s`;
const sara = { id: "5", name: "سارا" };

async function openLater() {
  const parts = await openParts({ maxParts: 2, undoMs: 10_000 });
  const conversations = await openConversations({ ...parts, followUpOf: () => undefined, collisionMsOf: () => 60_000 });
  createAnswered({ ...parts, conversations, log: silentLog });
  const later = createLaters(parts);
  const sendAt = parts.clock.now() + hour;
  const draft = { id: "m1", thread, text: "سلام", origin: "-100:7", by: sara, sendAt };
  return { ...parts, later, conversations, sendAt, draft, timed: { why: "scheduled", untilMs: sendAt } as const };
}

test("what is asked about and agreed to waits for its time; a second press of that button does not send it now", async () => {
  const { outbound, later, draft, sendAt, conversations, ledger, clock } = await openLater();
  const { message } = await outbound.accept({ ...draft, hold: { why: "first" } });
  expect(markOf(message).actions).toEqual(["send-in-time", "drop"]);
  expect(await later.waiting("support")).toEqual([]);
  const presses = await Promise.all([outbound.sendInTime("m1", 0, sara), outbound.sendInTime("m1", 0, sara)]);
  expect(presses.map(({ outcome }) => outcome).sort()).toEqual(["done", "late"]);
  expect(await outbound.find("m1")).toMatchObject({ state: "held", hold: "scheduled", due: sendAt, sendAt });
  expect(await later.waiting("support")).toMatchObject([{ id: "m1" }]);
  // It was asked about, so nothing is asked of the next one; but nobody has answered yet.
  expect(await outbound.questionOf({ ...draft, id: "m2" })).toBeUndefined();
  expect(await conversations.find(thread)).toBeUndefined();
  clock.pass(hour);
  await ledger.move("m1", (current) => claim(current, clock.now(), 1000));
  await expect.poll(() => conversations.find(thread)).toMatchObject({ lastAnswer: { id: "m1", by: sara } });
});

test("what is agreed to after its time leaves", async () => {
  const { outbound, draft, clock } = await openLater();
  await outbound.accept({ ...draft, hold: { why: "long" } });
  clock.pass(hour + 1);
  expect((await outbound.sendInTime("m1", 0, sara)).message).toMatchObject({ state: "queued", due: clock.now() });
});

test("a change that makes it too long holds it until it is short enough, and then it waits for its time", async () => {
  const { outbound, later, draft, timed, sendAt } = await openLater();
  await outbound.accept({ ...draft, hold: timed });
  const { message: long } = await later.change("m1", { text: part.repeat(3), sendAt });
  expect(long).toMatchObject({ state: "held", hold: "long", sendAt });
  expect(long).not.toHaveProperty("due");
  const moved = { sendAt: sendAt + hour };
  expect((await later.change("m1", { text: part.repeat(3), ...moved })).message).toMatchObject({
    hold: "long",
    ...moved,
  });
  const { message: short } = await later.change("m1", { text: "بله", ...moved });
  expect(short).toMatchObject({ hold: "scheduled", due: moved.sendAt, giveUpAt: moved.sendAt + hour, text: "بله" });
  // By an edit that takes the command away, too.
  expect((await outbound.edit("m1", part.repeat(3))).message).toMatchObject({ hold: "long", ...moved });
  expect((await outbound.edit("m1", "بله")).message).toMatchObject({ hold: "scheduled", due: moved.sendAt });
});

test("a long text that was agreed to is not asked about again for another time, and a question about the number stays one", async () => {
  const { outbound, later, draft, sendAt } = await openLater();
  const text = part.repeat(3);
  await outbound.accept({ ...draft, text, hold: { why: "long" } });
  await outbound.sendInTime("m1", 0, sara);
  const moved = { sendAt: sendAt + hour };
  expect((await later.change("m1", { text, ...moved })).message).toMatchObject({
    hold: "scheduled",
    due: moved.sendAt,
  });
  await outbound.accept({ ...draft, id: "m2", hold: { why: "first" } });
  expect((await later.change("m2", { text: "بله", ...moved })).message).toMatchObject({ hold: "first", ...moved });
});

test("another time leaves the shorter spelling that was chosen; another text does not", async () => {
  const { outbound, later, draft, timed, sendAt } = await openLater();
  const { message } = await outbound.accept({ ...draft, text: costly, hold: timed });
  expect(markOf(message).actions).toEqual(["send-now", "cancel", "shorten"]);
  expect((await outbound.shorten("m1", 0)).message).toMatchObject({ text: cheap, hold: "scheduled", due: sendAt });
  expect((await later.change("m1", { text: costly, sendAt })).outcome).toBe("same");
  const moved = await later.change("m1", { text: costly, sendAt: sendAt + hour });
  expect(moved.message).toMatchObject({ text: cheap, written: costly, due: sendAt + hour });
  const other = await later.change("m1", { text: "بله", sendAt });
  expect(other.message).toMatchObject({ text: "بله", due: sendAt });
  expect(other.message).not.toHaveProperty("written");
});

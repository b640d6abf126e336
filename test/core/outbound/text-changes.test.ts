import { expect, test } from "vitest";
import { markKey, markOf } from "../../../src/core/model/mark.ts";
import { claim, fail } from "../../../src/core/outbox/attempt.ts";
import { openParts } from "../bridge-parts.ts";

const thread = "support/+989121234567";
const part = "س".repeat(67);
const costly = `${"a".repeat(90)}’s`;
const cheap = `${"a".repeat(90)}'s`;
const draft = { id: "m1", thread, text: costly, origin: "-100:7" };
const sara = { id: "5", name: "سارا" };
const sms = { line: "982164063188", peer: "09121234567", text: "سلام", time: { written: "1" } };
const undoMs = 10_000;

test("a new number is asked about until an SMS to it was let go, a long text always, those for later too; templates and programs never", async () => {
  const { outbound, inbound } = await openParts({ maxParts: 1 });
  const short = { ...draft, text: "سلام" };
  expect(await outbound.questionOf(short)).toBe("first");
  expect(await outbound.questionOf(draft)).toBe("first");
  const { origin: _, ...fromProgram } = draft;
  expect(await outbound.questionOf(fromProgram)).toBeUndefined();
  expect(await outbound.questionOf({ ...draft, lane: "bulk" })).toBeUndefined();
  expect(await outbound.questionOf({ ...draft, sendAt: 1 })).toBe("first");
  expect(await outbound.questionOf({ ...draft, template: { name: "ready", values: [] } })).toBeUndefined();
  await outbound.accept({ ...short, hold: { why: "first" } });
  expect(await outbound.questionOf({ ...short, id: "m2" })).toBe("first");
  await outbound.sendNow("m1", 0, sara);
  expect(await outbound.questionOf({ ...short, id: "m2" })).toBeUndefined();
  expect(await outbound.questionOf({ ...draft, id: "m2" })).toBe("long");
  const other = { ...short, thread: "support/+989121234568" };
  expect(await outbound.questionOf(other)).toBe("first");
  await inbound.accept("asanak", [{ ...sms, peer: "09121234568" }]);
  expect(await outbound.questionOf(other)).toBeUndefined();
});

test("Shorten gives what waits its cheaper spelling once, keeps what was written, and begins the undo window anew", async () => {
  const { outbound, clock } = await openParts({ undoMs });
  await outbound.accept({ ...draft, hold: { why: "undo", untilMs: clock.now() + undoMs } });
  clock.pass(undoMs - 1);
  const [first, second] = await Promise.all([outbound.shorten("m1", 0), outbound.shorten("m1", 0)]);
  expect([first.outcome, second.outcome].sort()).toEqual(["done", "late"]);
  const shortened = await outbound.find("m1");
  expect(shortened).toMatchObject({ text: cheap, written: costly, state: "held", due: clock.now() + undoMs });
  // Telegram tells of an edit when nothing but a preview has changed.
  expect((await outbound.edit("m1", costly)).outcome).toBe("same");
  expect((await outbound.edit("m1", "بله")).message).toMatchObject({ text: "بله" });
  expect(await outbound.find("m1")).not.toHaveProperty("written");
  expect((await outbound.shorten("m1", 0)).outcome).toBe("late");
});

test("what was held for a person stays held when it is shortened, and what has left is not touched", async () => {
  const { outbound, ledger, clock } = await openParts();
  await outbound.accept({ ...draft, hold: { why: "long" } });
  expect((await outbound.shorten("m1", 0)).message).toMatchObject({ state: "held", hold: "long", text: cheap });
  await outbound.accept({ ...draft, id: "m2" });
  expect((await outbound.shorten("m2", 1)).outcome).toBe("late");
  await ledger.move("m2", (current) => claim(current, clock.now(), 1000));
  expect((await outbound.shorten("m2", 1)).outcome).toBe("late");
  expect(await outbound.find("m2")).toMatchObject({ text: costly, state: "sending" });
});

test("an edit that makes a long text short lets it go, with the time to undo it; one that makes it long holds it", async () => {
  const { outbound, clock } = await openParts({ maxParts: 2, undoMs });
  await outbound.accept({ ...draft, text: part.repeat(4), hold: { why: "long" } });
  expect((await outbound.edit("m1", part.repeat(3))).message).toMatchObject({ state: "held", hold: "long" });
  clock.pass(60_000);
  const { message } = await outbound.edit("m1", part);
  expect(message).toMatchObject({ state: "held", hold: "undo", due: clock.now() + undoMs });
  const held = await outbound.edit("m1", part.repeat(3));
  expect(held.message).toMatchObject({ state: "held", hold: "long" });
  expect(held.message).not.toHaveProperty("due");
});

test("whoever has let a long text go is not asked about it again, nor about what a person holds or the panel refused", async () => {
  const { outbound, ledger } = await openParts({ maxParts: 2 });
  await outbound.accept({ ...draft, text: part.repeat(3), hold: { why: "long" } });
  await outbound.sendNow("m1", 0, sara);
  expect((await outbound.edit("m1", part.repeat(4))).message?.state).toBe("queued");
  await outbound.accept({ ...draft, id: "m2", text: "سلام", hold: { why: "forward" } });
  expect((await outbound.edit("m2", part.repeat(4))).message?.hold).toBe("forward");
  await outbound.accept({ ...draft, id: "m3", text: "سلام" });
  await ledger.move("m3", (current) => fail(current, { code: "rejected" }));
  expect((await outbound.edit("m3", part.repeat(4))).message?.state).toBe("failed");
});

test("a mark is due again when its parts or its cheaper spelling change, and what is one part has the key it always had", async () => {
  const { outbound } = await openParts();
  const { message } = await outbound.accept({ ...draft, text: "سلام" });
  expect(markKey(message)).toBe(markKey({ ...message, text: "بله" }));
  const keys = [part.repeat(2), part.repeat(3), costly].map((text) => markKey({ ...message, text }));
  expect(new Set([markKey(message), ...keys]).size).toBe(4);
  expect(markKey({ ...message, text: cheap, written: costly })).not.toBe(markKey({ ...message, text: cheap }));
  expect(markOf({ ...message, text: costly }).actions).toEqual(["cancel", "shorten"]);
  expect(markOf({ ...message, text: costly, template: { name: "a", values: [], names: [] } }).actions).toEqual([
    "cancel",
  ]);
});

import { expect, test } from "vitest";
import { withAnswer, withAnswerAfterAll, withLater, withoutAnswer } from "../../../src/core/model/answering.ts";
import { type Conversation, newConversation } from "../../../src/core/model/conversation.ts";

const by = { id: "5", name: "سارا" };
const asked = (at: number): Conversation => ({ ...newConversation("support/+989120000000", at), waitingSince: at });

test("one for later does not take the place of a newer answer, nor answer what was asked after its time", () => {
  const answered = withAnswer(asked(1), { id: "b", by, at: 20 });
  expect(withLater(answered, { id: "a", by, at: 10 })).toBe(answered);
  const waits = asked(15);
  expect(withLater(waits, { id: "a", by, at: 10 })).toBe(waits);
  expect(withLater(asked(5), { id: "a", by, at: 10 })).toMatchObject({ lastAnswer: { id: "a" } });
  expect(withLater(asked(5), { id: "a", by, at: 10 }).waitingSince).toBeUndefined();
});

test("one for later neither opens what was closed after its time, nor answers what was added to a wait since", () => {
  const done = { ...newConversation("support/+989120000000", 5), closedAt: 15 };
  expect(withLater(done, { id: "a", by, at: 10 })).toBe(done);
  const askedAgain = { ...asked(5), activeAt: 15 };
  expect(withLater(askedAgain, { id: "a", by, at: 10 })).toBe(askedAgain);
});

test("where the first answer of a wait turns out to have arrived, the failure of the next one is none of the customer's", () => {
  const first = withoutAnswer(withAnswer(asked(1), { id: "m1", by, at: 10 }), "m1", false);
  expect(first.waitingSince).toBe(1);
  const second = withAnswer(first, { id: "m2", by, at: 20 });
  const arrived = withAnswerAfterAll(second, "m1");
  expect(withoutAnswer(arrived, "m2", false).waitingSince).toBeUndefined();
  expect(withoutAnswer(second, "m2", false).waitingSince).toBe(1);
});

test("of many answers that all fail the newest are remembered, and the wait goes on", () => {
  const ids = Array.from({ length: 50 }, (_, n) => `m${n}`);
  const written = ids.reduce((before, id, n) => withAnswer(before, { id, by, at: 10 + n }), asked(1));
  expect(written.waitingSince).toBeUndefined();
  const failed = ids.reduce((before, id) => withoutAnswer(before, id, false), written);
  expect(failed.waitingSince).toBe(1);
  expect(failed.lastAnswer).toBeUndefined();
});

import { expect, test } from "vitest";
import {
  type Conversation,
  newConversation,
  withAnswer,
  withLater,
  withoutAnswer,
} from "../../../src/core/model/conversation.ts";

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

test("of many answers that all fail the newest are remembered, and the wait goes on", () => {
  const ids = Array.from({ length: 50 }, (_, n) => `m${n}`);
  const written = ids.reduce((before, id, n) => withAnswer(before, { id, by, at: 10 + n }), asked(1));
  expect(written.waitingSince).toBeUndefined();
  const failed = ids.reduce((before, id) => withoutAnswer(before, id, false), written);
  expect(failed.waitingSince).toBe(1);
  expect(failed.lastAnswer).toBeUndefined();
});

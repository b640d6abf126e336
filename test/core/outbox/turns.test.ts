import { expect, test } from "vitest";
import type { Lane } from "../../../src/core/model/message.ts";
import { createTurns, type Turns } from "../../../src/core/outbox/turns.ts";
import { noon, outbound } from "../messages.ts";

/** Takes turn after turn, as the outbox does, until none is left that may go. */
function take(turns: Turns, now = noon, isOpen: (line: string, lane: Lane) => boolean = () => true): string[] {
  const taken: string[] = [];
  for (let turn = turns.best(now, isOpen); turn; turn = turns.best(now, isOpen)) {
    taken.push(turn.id);
    turns.hold(turn.thread);
  }
  return taken;
}

const bulk = (n: number, changes: Partial<ReturnType<typeof outbound>> = {}) =>
  outbound({ id: `bulk${n}`, order: n, lane: "bulk", thread: `support/+98912${1_000_000 + n}`, ...changes });

test("answers of one thread go one after the other", () => {
  const turns = createTurns();
  turns.follow(outbound({ id: "second", order: 2 }));
  turns.follow(outbound({ id: "first", order: 1 }));
  expect(take(turns)).toEqual(["first"]);
  turns.follow(outbound({ id: "first", order: 1, state: "sent" }));
  turns.free(outbound().thread);
  expect(take(turns)).toEqual(["second"]);
});

test("an answer that waits to be tried again holds up those behind it, in its thread only", () => {
  const turns = createTurns();
  turns.follow(outbound({ id: "first", order: 1, due: noon + 4000 }));
  turns.follow(outbound({ id: "second", order: 2 }));
  turns.follow(outbound({ id: "other", order: 3, thread: "support/+989351111111" }));
  expect(take(turns)).toEqual(["other"]);
  expect(turns.nextDueMs(noon)).toBe(4000);
});

test("an undo window keeps its place", () => {
  const turns = createTurns();
  turns.follow(outbound({ id: "held", order: 1, state: "held", hold: "undo", due: noon + 5000 }));
  turns.follow(outbound({ id: "next", order: 2 }));
  expect(take(turns)).toEqual([]);
  expect(take(turns, noon + 5000)).toEqual(["held"]);
});

test("one that waits for a person, or nobody knows about, holds nobody up", () => {
  const turns = createTurns();
  const { due: _, ...asked } = outbound({ id: "asked", order: 1, state: "held", hold: "forward" });
  turns.follow(asked);
  turns.follow(outbound({ id: "unsure", order: 2, state: "uncertain" }));
  turns.follow(outbound({ id: "next", order: 3 }));
  expect(take(turns)).toEqual(["next"]);
});

test("a thread with an answer on the wire waits", () => {
  const turns = createTurns();
  turns.follow(outbound());
  turns.hold(outbound().thread);
  turns.follow(outbound({ id: "bulk", lane: "bulk", order: 9 }));
  expect(take(turns)).toEqual([]);
  turns.free(outbound().thread);
  expect(take(turns)).toEqual(["m1"]);
});

test("bulk never goes before an answer", () => {
  const turns = createTurns();
  for (let n = 0; n < 5; n++)
    turns.follow(outbound({ id: `bulk${n}`, order: n, lane: "bulk", thread: `support/${n}` }));
  turns.follow(outbound({ id: "automatic", order: 8, lane: "automatic" }));
  turns.follow(outbound({ id: "answer", order: 9, thread: "support/+989351111111" }));
  expect(take(turns).slice(0, 3)).toEqual(["answer", "automatic", "bulk0"]);
});

test("what was taken back, or sent, is not offered again, and what comes back takes its place by its order", () => {
  const turns = createTurns();
  for (let n = 0; n < 4; n++) turns.follow(bulk(n));
  turns.hold(bulk(1).thread);
  turns.follow(bulk(0, { state: "sent" }));
  turns.forget("bulk3");
  expect(take(turns)).toEqual(["bulk2"]);
  turns.free(bulk(2).thread);
  turns.free(bulk(1).thread);
  expect(take(turns)).toEqual(["bulk1", "bulk2"]);
  expect(turns.countOf.get(outbound().line)).toBe(2);
});

test("a closed line holds up no other, and a closed lane no other lane", () => {
  const turns = createTurns();
  turns.follow(bulk(1, { line: "30001" }));
  turns.follow(bulk(2, { line: "30002" }));
  turns.follow(outbound({ id: "answer", order: 3, line: "30001" }));
  expect(take(turns, noon, (line) => line !== "30001")).toEqual(["bulk2"]);
  expect(take(turns, noon, (_line, lane) => lane !== "bulk")).toEqual(["answer"]);
});

test("texts to one number leave one after the other, whatever waits beside them", () => {
  const turns = createTurns();
  const { thread } = outbound();
  turns.follow(bulk(2, { thread }));
  turns.follow(bulk(1, { thread }));
  turns.follow(bulk(3, { thread, due: noon + 1000 }));
  expect(take(turns)).toEqual(["bulk1"]);
  turns.follow(bulk(1, { thread, due: noon + 2000 }));
  turns.free(thread);
  expect(take(turns)).toEqual(["bulk2"]);
  expect(turns.nextDueMs(noon)).toBe(1000);
});

test("beside a turn stand those that may leave with it: alike, or any, in their order", () => {
  const turns = createTurns();
  for (let n = 0; n < 9; n++) turns.follow(bulk(n, { text: n % 3 === 0 ? "same" : `text ${n}` }));
  turns.follow(bulk(9, { text: "same", line: "30009" }));
  turns.hold(bulk(3).thread);
  const first = turns.best(noon, () => true);
  if (!first) throw new Error("there is one");
  const beside = (isAlike: boolean, limit = 100) =>
    turns.beside(first, { isAlike, limit, suits: ({ id }) => id !== "bulk1" }).map(({ id }) => id);
  expect(beside(true)).toEqual(["bulk0", "bulk6"]);
  expect(beside(false, 3)).toEqual(["bulk0", "bulk2", "bulk4"]);
  expect(beside(false, 3)).toEqual(["bulk0", "bulk2", "bulk4"]);
  expect(turns.among(["bulk6", "bulk3", "nobody"]).map(({ id }) => id)).toEqual(["bulk6"]);
});

test("it says the same only at the same time", () => {
  const turns = createTurns();
  turns.follow(bulk(1, { sendAt: noon + 1000 }));
  turns.follow(bulk(2, { sendAt: noon + 2000 }));
  turns.follow(bulk(3, { sendAt: noon + 1000 }));
  const first = turns.best(noon, () => true);
  const alike = first && turns.beside(first, { isAlike: true, limit: 9, suits: () => true });
  expect(alike?.map(({ id }) => id)).toEqual(["bulk1", "bulk3"]);
});

test("tens of thousands that wait are taken in their order, each found without a look at the others", () => {
  const turns = createTurns();
  const count = 30_000;
  // Brought in any order: 7919 is a prime, so it meets each once.
  for (let n = 0; n < count; n++) turns.follow(bulk((n * 7919) % count, { due: noon + (n % 2) }));
  let looks = 0;
  const isOpen = () => ++looks > 0;
  for (let n = 0; n < count; n++) {
    const turn = turns.best(noon + 1, isOpen);
    if (turn?.order !== n) throw new Error(`${turn?.order} came instead of ${n}`);
    turns.follow(bulk(n, { state: "sent" }));
  }
  expect(looks).toBe(count);
  expect(turns.best(noon + 1, isOpen)).toBeUndefined();
  expect([...turns.countOf]).toEqual([]);
});

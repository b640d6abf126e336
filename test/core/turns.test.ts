import { expect, test } from "vitest";
import { createTurns, type Turn, type Turns } from "../../src/core/turns.ts";
import { noon, outbound } from "./messages.ts";

/** Takes turn after turn, as the outbox does, until none is left that may go. */
function take(turns: Turns, now = noon, isBusy: (thread: string) => boolean = () => false): string[] {
  const busy = new Set<string>();
  const taken: string[] = [];
  const suits = ({ id, thread }: Turn) => !taken.includes(id) && !busy.has(thread) && !isBusy(thread);
  for (let turn = turns.best(now, suits); turn; turn = turns.best(now, suits)) {
    taken.push(turn.id);
    busy.add(turn.thread);
  }
  return taken;
}

test("answers of one thread go one after the other", () => {
  const turns = createTurns();
  turns.follow(outbound({ id: "second", order: 2 }));
  turns.follow(outbound({ id: "first", order: 1 }));
  expect(take(turns)).toEqual(["first"]);
  turns.follow(outbound({ id: "first", order: 1, state: "sent" }));
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
  expect(take(turns, noon, (thread) => thread === outbound().thread)).toEqual([]);
});

test("bulk never goes before an answer", () => {
  const turns = createTurns();
  for (let n = 0; n < 5; n++)
    turns.follow(outbound({ id: `bulk${n}`, order: n, lane: "bulk", thread: `support/${n}` }));
  turns.follow(outbound({ id: "automatic", order: 8, lane: "automatic" }));
  turns.follow(outbound({ id: "answer", order: 9, thread: "support/+989351111111" }));
  expect(take(turns).slice(0, 3)).toEqual(["answer", "automatic", "bulk0"]);
});

import { isWaiting } from "./attempt.ts";
import type { MessageId } from "./model/ids.ts";
import type { Lane, Outbound } from "./model/message.ts";
import type { Line } from "./model/phone.ts";
import type { ThreadId } from "./model/thread.ts";

const laneRank: Readonly<Record<Lane, number>> = { answer: 0, automatic: 1, bulk: 2 };

/** What the outbox keeps in mind of a message that waits; the record in the store stays the truth. */
export interface Turn {
  readonly id: MessageId;
  readonly thread: ThreadId;
  readonly line: Line;
  readonly lane: Lane;
  readonly order: number;
  readonly due: number;
  /** Whether it waits for those before it in its thread, and those behind it wait for it. */
  readonly isInLine: boolean;
}

/**
 * Who is next. Answers of one thread go in their order, one after the other: one that waits to be tried again holds up those
 * behind it, an undo window keeps its place. Between threads, lanes come first and then order.
 */
export interface Turns {
  /** Follows a committed change of a record. */
  follow(message: Outbound): void;
  forget(id: MessageId): void;
  /** The best turn that is due and that `suits`. */
  best(now: number, suits: (turn: Turn) => boolean): Turn | undefined;
  /** Milliseconds until a waiting turn becomes due; `undefined` when none will by itself. */
  nextDueMs(now: number): number | undefined;
  all(): Iterable<Turn>;
}

export function createTurns(): Turns {
  const turns = new Map<MessageId, Turn>();
  /** The answers of each thread that wait, in their order. */
  const chains = new Map<ThreadId, Turn[]>();
  const unchained = new Map<MessageId, Turn>();

  function drop(turn: Turn): void {
    turns.delete(turn.id);
    unchained.delete(turn.id);
    const rest = chains.get(turn.thread)?.filter((other) => other !== turn);
    if (rest === undefined) return;
    if (rest.length === 0) chains.delete(turn.thread);
    else chains.set(turn.thread, rest);
  }

  function add(turn: Turn): void {
    turns.set(turn.id, turn);
    if (!turn.isInLine) unchained.set(turn.id, turn);
    else
      chains.set(
        turn.thread,
        [...(chains.get(turn.thread) ?? []), turn].sort((a, b) => a.order - b.order),
      );
  }

  function* heads(): Generator<Turn> {
    for (const [head] of chains.values()) if (head) yield head;
    yield* unchained.values();
  }

  return {
    follow(message) {
      const known = turns.get(message.id);
      if (known) drop(known);
      if (!isWaiting(message)) return;
      const { id, thread, line, lane, order, due = 0, sendAt } = message;
      // What was wanted for later holds nobody up.
      add({ id, thread, line, lane, order, due, isInLine: lane === "answer" && sendAt === undefined });
    },
    forget(id) {
      const known = turns.get(id);
      if (known) drop(known);
    },
    best(now, suits) {
      let best: Turn | undefined;
      for (const turn of heads()) {
        if (turn.due <= now && (best === undefined || isBefore(turn, best)) && suits(turn)) best = turn;
      }
      return best;
    },
    nextDueMs(now) {
      let next: number | undefined;
      for (const { due } of heads()) if (due > now && (next === undefined || due < next)) next = due;
      return next === undefined ? undefined : next - now;
    },
    all: () => turns.values(),
  };
}

function isBefore(a: Turn, b: Turn): boolean {
  return (laneRank[a.lane] - laneRank[b.lane] || a.order - b.order) < 0;
}

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
}

/**
 * Who is next. Answers of one thread go in their order, one after the other: one that waits to be tried again holds up those
 * behind it, an undo window keeps its place. Between threads, lanes come first and then order.
 */
export interface Turns {
  /** Follows a committed change of a record. */
  follow(message: Outbound): void;
  /** The turns that may be taken now, best first. `isBusy` tells of a thread whose answer is on the wire. */
  ready(now: number, isBusy: (thread: ThreadId) => boolean): readonly Turn[];
  /** Milliseconds until a waiting turn becomes due; `undefined` when none will by itself. */
  nextDueMs(now: number): number | undefined;
  all(): Iterable<Turn>;
}

export function createTurns(): Turns {
  const turns = new Map<MessageId, Turn>();

  function heads(): Iterable<Turn> {
    const firstAnswers = new Map<ThreadId, Turn>();
    const heads: Turn[] = [];
    for (const turn of turns.values()) {
      if (turn.lane !== "answer") heads.push(turn);
      else if (turn.order < (firstAnswers.get(turn.thread)?.order ?? Number.POSITIVE_INFINITY)) {
        firstAnswers.set(turn.thread, turn);
      }
    }
    return [...heads, ...firstAnswers.values()];
  }

  return {
    follow(message) {
      if (!isWaiting(message)) {
        turns.delete(message.id);
        return;
      }
      const { id, thread, line, lane, order, due = 0 } = message;
      turns.set(id, { id, thread, line, lane, order, due });
    },
    ready(now, isBusy) {
      return [...heads()]
        .filter((turn) => turn.due <= now && !(turn.lane === "answer" && isBusy(turn.thread)))
        .sort((a, b) => laneRank[a.lane] - laneRank[b.lane] || a.order - b.order);
    },
    nextDueMs(now) {
      let next: number | undefined;
      for (const { due } of heads()) if (due > now && (next === undefined || due < next)) next = due;
      return next === undefined ? undefined : next - now;
    },
    all: () => turns.values(),
  };
}

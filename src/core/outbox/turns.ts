import { createHeap } from "../../support/heap.ts";
import type { MessageId } from "../model/ids.ts";
import type { Lane, Outbound } from "../model/message.ts";
import type { Line } from "../model/phone.ts";
import type { ThreadId } from "../model/thread.ts";
import { isWaiting } from "./attempt.ts";
import { createLineQueues, type LineQueues } from "./line-queues.ts";
import { type Turn, turnOf } from "./turn.ts";

/**
 * Who is next. Answers of one thread go in their order, one after the other: one that waits to be tried again holds up those
 * behind it, an undo window keeps its place. Between threads, lanes come first and then order.
 */
export interface Turns extends Pick<LineQueues, "beside"> {
  /** Follows a committed change of a record. */
  follow(message: Outbound): void;
  forget(id: MessageId): void;
  has(id: MessageId): boolean;
  /** Nobody of this thread goes until it is freed. */
  hold(thread: ThreadId): void;
  free(thread: ThreadId): void;
  /** The best turn that is due and that nobody of its thread is in the way of. */
  best(now: number, isOpen: (line: Line, lane: Lane) => boolean): Turn | undefined;
  /** Those of these that may go now. */
  among(ids: Iterable<MessageId>): readonly Turn[];
  /** Milliseconds until a waiting turn becomes due; `undefined` when none will by itself. */
  nextDueMs(now: number): number | undefined;
  /** How many wait for each line. */
  readonly countOf: ReadonlyMap<Line, number>;
}

/** Turns of one thread of which at most the first may go. */
interface Strand {
  readonly key: string;
  readonly thread: ThreadId;
  readonly turns: Turn[];
  /** The one in the queues. */
  queued?: Turn;
}

export function createTurns(): Turns {
  const turns = new Map<MessageId, Turn>();
  const countOf = new Map<Line, number>();
  const queues = createLineQueues();
  /** What may not be due yet. */
  const later = createHeap<Turn>((a, b) => a.due < b.due || (a.due === b.due && a.order < b.order));
  const ripe = new Set<Turn>();
  const strands = new Map<string, Strand>();
  const strandsOf = new Map<ThreadId, Set<Strand>>();
  const held = new Set<ThreadId>();

  function add(turn: Turn): void {
    turns.set(turn.id, turn);
    countOf.set(turn.line, (countOf.get(turn.line) ?? 0) + 1);
    later.push(turn);
    // It keeps its place from now on; any other gets one when it is due.
    if (turn.isInLine) enter(turn);
  }

  function drop(turn: Turn): void {
    turns.delete(turn.id);
    ripe.delete(turn);
    const count = (countOf.get(turn.line) ?? 0) - 1;
    if (count > 0) countOf.set(turn.line, count);
    else countOf.delete(turn.line);
    const strand = strands.get(keyOf(turn));
    const place = strand?.turns.indexOf(turn) ?? -1;
    if (strand === undefined || place < 0) return;
    strand.turns.splice(place, 1);
    refresh(strand);
    if (strand.turns.length === 0) end(strand);
  }

  function enter(turn: Turn): void {
    const key = keyOf(turn);
    const strand = strands.get(key) ?? { key, thread: turn.thread, turns: [] };
    strands.set(key, strand);
    strandsOf.set(turn.thread, (strandsOf.get(turn.thread) ?? new Set()).add(strand));
    const before = strand.turns.findLastIndex((other) => other.order <= turn.order);
    strand.turns.splice(before + 1, 0, turn);
    refresh(strand);
  }

  function end(strand: Strand): void {
    strands.delete(strand.key);
    const others = strandsOf.get(strand.thread);
    others?.delete(strand);
    if (others?.size === 0) strandsOf.delete(strand.thread);
  }

  function refresh(strand: Strand): void {
    const [head] = strand.turns;
    const next = head && ripe.has(head) && !held.has(strand.thread) ? head : undefined;
    if (strand.queued === next) return;
    if (strand.queued) queues.take(strand.queued);
    delete strand.queued;
    if (next === undefined) return;
    strand.queued = next;
    queues.put(next);
  }

  function refreshThread(thread: ThreadId): void {
    for (const strand of strandsOf.get(thread) ?? []) refresh(strand);
  }

  function ripen(now: number): void {
    for (let next = later.peek(); next && (next.due <= now || turns.get(next.id) !== next); next = later.peek()) {
      later.pop();
      if (turns.get(next.id) !== next) continue;
      ripe.add(next);
      const strand = next.isInLine ? strands.get(keyOf(next)) : undefined;
      if (strand) refresh(strand);
      else enter(next);
    }
  }

  return {
    countOf,
    beside: queues.beside,
    follow(message) {
      const known = turns.get(message.id);
      if (known) drop(known);
      if (isWaiting(message)) add(turnOf(message));
    },
    forget(id) {
      const known = turns.get(id);
      if (known) drop(known);
    },
    has: (id) => turns.has(id),
    hold(thread) {
      held.add(thread);
      refreshThread(thread);
    },
    free(thread) {
      held.delete(thread);
      refreshThread(thread);
    },
    best(now, isOpen) {
      ripen(now);
      return queues.best(isOpen);
    },
    among: (ids) => [...ids].flatMap((id) => queues.find(id) ?? []),
    nextDueMs(now) {
      ripen(now);
      const next = later.peek();
      return next === undefined ? undefined : next.due - now;
    },
  };
}

/** Of what is in line there is one strand for a thread; of the rest, one for each line and lane. */
function keyOf({ thread, line, lane, isInLine, joinsLine }: Turn): string {
  return isInLine || joinsLine ? thread : `${lane} ${line} ${thread}`;
}

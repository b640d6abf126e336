import { createHeap, type Heap } from "../../support/heap.ts";
import type { MessageId } from "../model/ids.ts";
import type { Lane } from "../model/message.ts";
import type { Line } from "../model/phone.ts";
import type { Turn } from "./turn.ts";

const lanes: readonly Lane[] = ["answer", "automatic", "bulk"];

/**
 * The turns that may go now, for each line and lane in their order. What it costs to find the next one does not grow with how
 * many there are.
 */
export interface LineQueues {
  put(turn: Turn): void;
  take(turn: Turn): void;
  /** Lanes come first, then order. */
  best(isOpen: (line: Line, lane: Lane) => boolean): Turn | undefined;
  /** Those of the line and lane of this turn, in their order; it is one of them. */
  beside(turn: Turn, wish: BesideWish): readonly Turn[];
  find(id: MessageId): Turn | undefined;
}

export interface BesideWish {
  /** Only those that say the same. */
  readonly isAlike: boolean;
  readonly limit: number;
  suits(turn: Turn): boolean;
}

/** One that was taken out stays in the heaps until it comes to their top. */
interface Entry {
  readonly turn: Turn;
}

interface LineQueue {
  readonly lanes: Readonly<Record<Lane, Heap<Entry>>>;
  readonly contents: Map<string, Heap<Entry>>;
}

export function createLineQueues(): LineQueues {
  const queues = new Map<Line, LineQueue>();
  const standing = new Map<MessageId, Entry>();

  function queueOf(line: Line): LineQueue {
    const queue = queues.get(line) ?? {
      lanes: { answer: createHeap(isFirst), automatic: createHeap(isFirst), bulk: createHeap(isFirst) },
      contents: new Map(),
    };
    queues.set(line, queue);
    return queue;
  }

  /** The first that stands. */
  function top(heap: Heap<Entry>): Entry | undefined {
    for (let first = heap.peek(); first; first = heap.peek()) {
      if (standing.get(first.turn.id) === first) return first;
      heap.pop();
    }
    return undefined;
  }

  function heapBeside({ line, lane, content }: Turn, isAlike: boolean): Heap<Entry> | undefined {
    const queue = queueOf(line);
    return isAlike ? queue.contents.get(content ?? "") : queue.lanes[lane];
  }

  return {
    put(turn) {
      const entry = { turn };
      standing.set(turn.id, entry);
      const { lanes, contents } = queueOf(turn.line);
      lanes[turn.lane].push(entry);
      if (turn.content === undefined) return;
      const alike = contents.get(turn.content) ?? createHeap(isFirst);
      contents.set(turn.content, alike);
      alike.push(entry);
    },
    take({ id, line, content = "" }) {
      standing.delete(id);
      const { contents } = queueOf(line);
      const alike = contents.get(content);
      if (alike && top(alike) === undefined) contents.delete(content);
    },
    best(isOpen) {
      for (const lane of lanes) {
        let best: Turn | undefined;
        for (const [line, queue] of queues) {
          const first = top(queue.lanes[lane])?.turn;
          if (first && (best === undefined || first.order < best.order) && isOpen(line, lane)) best = first;
        }
        if (best) return best;
      }
      return undefined;
    },
    beside(turn, { isAlike, limit, suits }) {
      const heap = heapBeside(turn, isAlike);
      const seen: Entry[] = [];
      const found: Turn[] = [];
      while (heap && found.length < limit && top(heap)) {
        const next = heap.pop();
        if (next === undefined) break;
        seen.push(next);
        if (suits(next.turn)) found.push(next.turn);
      }
      for (const one of seen) heap?.push(one);
      return found;
    },
    find: (id) => standing.get(id)?.turn,
  };
}

function isFirst(a: Entry, b: Entry): boolean {
  return a.turn.order < b.turn.order;
}

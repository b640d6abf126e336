import type { Timers } from "../timers.ts";
import { badRequest, conflict } from "./errors.ts";
import type { Update, UpdateKind, Updates } from "./types.ts";

/** What a bot gets without asking: everything but these. */
const onlyWhenAsked: readonly string[] = ["chat_member", "message_reaction", "message_reaction_count"];

export interface PollRequest {
  readonly offset?: number | undefined;
  readonly limit?: number | undefined;
  /** Seconds. */
  readonly timeout?: number | undefined;
  readonly allowed_updates?: readonly string[] | undefined;
}

/** The updates that wait for the bot, and its long poll. */
export interface UpdateQueue {
  push<K extends UpdateKind>(kind: K, payload: Updates[K]): void;
  /** getUpdates. An older poll that still waits ends with 409. */
  poll(request: PollRequest, gone: AbortSignal): Promise<readonly Update[]>;
  allow(kinds: readonly string[] | undefined): void;
  readonly allowed: readonly string[] | undefined;
  /** Updates that are not confirmed yet, oldest first. */
  pending(): readonly Update[];
  confirm(updateId: number): void;
  drop(): void;
  /** Calls back whenever something is pushed. */
  onPush(listener: () => void): void;
  /** Whether a poll waits at this moment. */
  readonly isPolled: boolean;
  /** Ends a waiting poll with 409, as setting a webhook does. */
  interrupt(): void;
}

export function createUpdateQueue(timers: Timers): UpdateQueue {
  const listeners = new Set<() => void>();
  let queue: Update[] = [];
  let nextId = 700_000_001;
  let allowed: readonly string[] | undefined;
  let waiting: { wake: () => void; terminated: boolean } | undefined;

  function terminate(): void {
    if (!waiting) return;
    waiting.terminated = true;
    waiting.wake();
  }

  function confirmBelow(offset: number): void {
    queue = offset < 0 ? queue.slice(offset) : queue.filter((update) => update.update_id >= offset);
  }

  return {
    push(kind, payload) {
      const isAllowed = allowed?.length ? allowed.includes(kind) : !onlyWhenAsked.includes(kind);
      if (!isAllowed) return;
      queue.push({ update_id: nextId++, [kind]: structuredClone(payload) });
      waiting?.wake();
      for (const listener of listeners) listener();
    },
    async poll({ offset = 0, limit = 100, timeout = 0, allowed_updates }, gone) {
      if (limit < 1 || limit > 100) throw badRequest("limit must be between 1 and 100");
      terminate();
      if (allowed_updates !== undefined) allowed = allowed_updates;
      if (offset !== 0) confirmBelow(offset);
      if (queue.length === 0 && timeout > 0) {
        const mine = { wake: () => {}, terminated: false };
        waiting = mine;
        const woken = new AbortController();
        mine.wake = () => woken.abort();
        gone.addEventListener("abort", mine.wake, { once: true });
        await timers.sleep(Math.min(timeout, 50) * 1000, woken.signal);
        gone.removeEventListener("abort", mine.wake);
        if (waiting === mine) waiting = undefined;
        if (mine.terminated) {
          throw conflict("terminated by other getUpdates request; make sure that only one bot instance is running");
        }
      }
      return queue.slice(0, limit);
    },
    allow(kinds) {
      allowed = kinds;
    },
    get allowed() {
      return allowed;
    },
    pending: () => queue,
    confirm: (updateId) => confirmBelow(updateId + 1),
    drop() {
      queue = [];
    },
    onPush: (listener) => void listeners.add(listener),
    get isPolled() {
      return waiting !== undefined;
    },
    interrupt: terminate,
  };
}

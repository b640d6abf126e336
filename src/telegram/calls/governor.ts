import type { Clock } from "../../core/ports/clock.ts";
import { DeskError } from "../../core/ports/desk.ts";
import type { Log } from "../../core/ports/log.ts";
import { createWindow, type Window } from "../../support/window.ts";
import { failureOf } from "./errors.ts";
import { createJobQueue, isModest, type Job, type JobKind, type JobQueue, type Waiting } from "./jobs.ts";

/** How often Telegram lets a bot speak. */
export interface Limits {
  readonly groupPerMinute: number;
  readonly privatePerSecond: number;
  readonly globalPerSecond: number;
}

/**
 * Every call that Telegram counts goes through here: one budget for each chat, however many topics it has, and one for all.
 *
 * In one chat the calls of one kind run one after the other: by priority, and within a priority in the order they came. A
 * 429 stops its chat for exactly as long as Telegram says; the job that got it keeps its turn and is repeated first.
 * Nothing is ever dropped: a job ends with the result of its call, with what its call threw, or with a `DeskError` at `stop`.
 */
export interface Governor {
  run<T>(job: Job<T>): Promise<T>;
  /** Whether a new message in this chat would have to wait for others, or long for the limit. */
  isPressed(chat: string): boolean;
  /** Whether no message waits in this chat and at most half of what the limit allows was used of late. */
  isQuiet(chat: string): boolean;
  /** Resolves when the calls that are in flight in this chat have ended, commits and all; after two seconds at the latest. */
  settled(chat: string): Promise<void>;
  /** Refuses what waits and what comes; resolves when the calls in flight have ended. Safe to call twice. */
  stop(): Promise<void>;
}

export interface GovernorDeps {
  readonly clock: Clock;
  readonly limits: Limits;
  readonly log: Log;
}

/** The calls of one kind in one chat. */
interface Lane {
  readonly chat: Chat;
  readonly window: Window;
  readonly waiting: JobQueue;
  isBusy: boolean;
}

interface Chat {
  readonly id: string;
  silentUntil: number;
  readonly lanes: Map<JobKind, Lane>;
  readonly inFlight: Set<Promise<void>>;
}

const settleMs = 2000;
/** A wait that nobody would notice. */
const shortMs = 2000;

export function createGovernor(deps: GovernorDeps): Governor {
  const { clock, limits, log } = deps;
  const chats = new Map<string, Chat>();
  const overall = createWindow(limits.globalPerSecond, 1000);
  const inFlight = new Set<Promise<void>>();
  let cancelTimer: (() => void) | undefined;
  let isStopped = false;

  function laneOf(job: Job<unknown>): Lane {
    const chat = chats.get(job.chat) ?? { id: job.chat, silentUntil: 0, lanes: new Map(), inFlight: new Set() };
    chats.set(job.chat, chat);
    const lane = chat.lanes.get(job.kind) ?? {
      chat,
      window: windowOf(job.chat),
      waiting: createJobQueue(),
      isBusy: false,
    };
    chat.lanes.set(job.kind, lane);
    return lane;
  }

  function windowOf(chat: string): Window {
    return chat.startsWith("-")
      ? createWindow(limits.groupPerMinute, 60_000)
      : createWindow(limits.privatePerSecond, 1000);
  }

  /** Starts whatever may start now, the most urgent first, and sets the clock for what may start later. */
  function pump(): void {
    cancelTimer?.();
    cancelTimer = undefined;
    if (isStopped) return;
    const now = clock.now();
    for (const chat of chats.values()) forgetIfIdle(chat, now);
    for (let next = mostUrgent(now); next; next = mostUrgent(now)) start(next);
    const at = nextMoment(now);
    if (at < Number.POSITIVE_INFINITY) cancelTimer = clock.after(Math.max(at - now, 1), pump);
  }

  function mostUrgent(now: number): Lane | undefined {
    if (overall.freeAt(now) > now) return undefined;
    let best: Lane | undefined;
    for (const lane of lanesThatWait()) {
      if (freeAt(lane, now) <= now && (best === undefined || lane.waiting.rank() < best.waiting.rank())) best = lane;
    }
    return best;
  }

  function nextMoment(now: number): number {
    let earliest = Number.POSITIVE_INFINITY;
    for (const lane of lanesThatWait()) earliest = Math.min(earliest, Math.max(freeAt(lane, now), overall.freeAt(now)));
    return earliest;
  }

  /** Lanes with work and nothing in flight. */
  function* lanesThatWait(): Generator<Lane> {
    for (const chat of chats.values()) {
      for (const lane of chat.lanes.values()) if (lane.waiting.size > 0 && !lane.isBusy) yield lane;
    }
  }

  function start(lane: Lane): void {
    const job = lane.waiting.shift();
    if (!job) return;
    lane.isBusy = true;
    lane.window.begin();
    overall.begin();
    const running = attempt(lane, job).finally(() => {
      inFlight.delete(running);
      lane.chat.inFlight.delete(running);
      lane.isBusy = false;
      pump();
    });
    inFlight.add(running);
    lane.chat.inFlight.add(running);
    // Round robin: the chat that has just had its turn comes last among equals.
    chats.delete(lane.chat.id);
    chats.set(lane.chat.id, lane.chat);
  }

  async function attempt(lane: Lane, job: Waiting): Promise<void> {
    try {
      const result = await job.call();
      count(lane, "counts");
      for (const asker of job.askers) asker.resolve(result);
    } catch (error) {
      const { retryAfterMs } = failureOf(error);
      count(lane, retryAfterMs === undefined ? "counts" : "refused");
      if (retryAfterMs === undefined) for (const asker of job.askers) asker.reject(error);
      else silence(lane, job, retryAfterMs);
    }
  }

  function count(lane: Lane, how: "counts" | "refused"): void {
    const now = clock.now();
    lane.window.end(now, how);
    overall.end(now, how);
  }

  function silence(lane: Lane, job: Waiting, retryAfterMs: number): void {
    lane.chat.silentUntil = Math.max(lane.chat.silentUntil, clock.now() + retryAfterMs);
    log.warn({ chat: lane.chat.id, retryAfterMs, waiting: lane.waiting.size + 1 }, "telegram asked for silence");
    if (isStopped) {
      refuse(job);
      return;
    }
    lane.waiting.repeat(job);
  }

  /** The governor's memory must not grow with the number of chats it ever spoke to. */
  function forgetIfIdle(chat: Chat, now: number): void {
    const isIdle = [...chat.lanes.values()].every(
      (lane) => !lane.isBusy && lane.waiting.size === 0 && lane.window.isEmpty(now),
    );
    if (isIdle && chat.silentUntil <= now) chats.delete(chat.id);
  }

  return {
    run<T>(job: Job<T>): Promise<T> {
      const asked = new Promise<unknown>((resolve, reject) => {
        const asker = { resolve, reject };
        if (isStopped) reject(closing());
        else laneOf(job).waiting.add(job, asker);
      });
      pump();
      // Jobs of one key give one type: what any of them resolves to is a T.
      return asked as Promise<T>;
    },
    isPressed(id) {
      const now = clock.now();
      const lane = chats.get(id)?.lanes.get("message");
      return lane !== undefined && (lane.waiting.size > 0 || freeAt(lane, now) > now + shortMs);
    },
    isQuiet(id) {
      const now = clock.now();
      const lane = chats.get(id)?.lanes.get("message");
      if (lane === undefined) return true;
      return lane.waiting.size === 0 && lane.chat.silentUntil <= now && lane.window.halfFreeAt(now) <= now;
    },
    settled(id) {
      return new Promise((resolve) => {
        const cancel = clock.after(settleMs, resolve);
        void Promise.all(chats.get(id)?.inFlight ?? []).then(() => {
          cancel();
          resolve();
        });
      });
    },
    async stop() {
      isStopped = true;
      pump();
      for (const chat of chats.values()) {
        for (const { waiting } of chat.lanes.values()) {
          for (let job = waiting.shift(); job; job = waiting.shift()) refuse(job);
        }
      }
      await Promise.all(inFlight);
      chats.clear();
    },
  };
}

function freeAt({ chat, window, waiting }: Lane, now: number): number {
  return Math.max(chat.silentUntil, isModest(waiting) ? window.halfFreeAt(now) : window.freeAt(now));
}

function refuse(job: Waiting): void {
  for (const asker of job.askers) asker.reject(closing());
}

function closing(): DeskError {
  return new DeskError("unreachable", "the desk is closing");
}

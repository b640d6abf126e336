import { type Api, type Bot, BotError } from "grammy";
import type { Update } from "grammy/types";
import type { Clock } from "../../core/ports/clock.ts";
import type { Log } from "../../core/ports/log.ts";
import { StoreError } from "../../core/ports/store.ts";
import { backoffMs } from "../../support/backoff.ts";
import { sleep } from "../../support/sleep.ts";
import { failureOf, type TelegramProblem } from "../calls/errors.ts";
import type { BotContext } from "../context.ts";

/** The kinds of updates that we want; Telegram keeps all others back. */
export const allowedUpdates = [
  "message",
  "edited_message",
  "channel_post",
  "callback_query",
  "my_chat_member",
] as const;

/** How updates reach us: by polling or by webhook. */
export interface UpdateSource {
  /** Begins in the background. Safe to call twice. */
  start(): void;
  /** Resolves once what waited at Telegram has been handled, and after 10 s at the latest. */
  readonly ready: Promise<void>;
  /** Takes nothing new and waits up to `graceMs` for the handler that runs. Safe to call twice. */
  stop(graceMs?: number): Promise<void>;
  state(): UpdatesState;
}

export interface UpdatesState {
  readonly isUp: boolean;
  /** Epoch milliseconds. */
  readonly since: number;
  /** Why it is down; `store`: updates stand still until the store can be written; `starting`: nothing was heard yet. */
  readonly why?: TelegramProblem | "store" | "starting";
  /** Updates given up after three tries. */
  readonly passedOver: number;
}

export interface UpdateSourceDeps {
  readonly bot: Bot<BotContext>;
  /** Called for an update that is given up. */
  readonly onPassedOver: (update: Update) => void;
  readonly clock: Clock;
  readonly log: Log;
  /** A number from 0 to 1, 1 excluded. */
  readonly random: () => number;
}

/** How often a handler that fails for another reason than the store is tried. */
export const mostTries = 3;
const readyMs = 10_000;
export const defaultGraceMs = 4_000;

export interface StateKeeper {
  up(): void;
  down(why: NonNullable<UpdatesState["why"]>): void;
  passOver(update: Update, error: unknown): void;
  read(): UpdatesState;
}

/** Remembers since when it is up or down, and why, and counts what was given up. */
export function createStateKeeper({ clock, log, onPassedOver }: UpdateSourceDeps): StateKeeper {
  let state: UpdatesState = { isUp: false, since: clock.now(), why: "starting", passedOver: 0 };
  return {
    up() {
      if (state.isUp) return;
      state = { isUp: true, since: clock.now(), passedOver: state.passedOver };
      log.info({}, "telegram updates flow");
    },
    down(why) {
      if (state.why === why) return;
      const since = state.isUp ? clock.now() : state.since;
      state = { isUp: false, since, why, passedOver: state.passedOver };
      log.warn({ why }, "telegram updates stopped");
    },
    passOver(update, error) {
      state = { ...state, passedOver: state.passedOver + 1 };
      log.error({ updateId: update.update_id, ...factsOf(error) }, "update passed over");
      try {
        onPassedOver(update);
      } catch (fault) {
        // What could not be handled may be too odd to be answered, and must not stop what comes after it.
        log.warn({ updateId: update.update_id, ...factsOf(fault) }, "update passed over without a word");
      }
    },
    read: () => state,
  };
}

export interface Ready {
  readonly promise: Promise<void>;
  /** Safe to call often. */
  resolve(): void;
  /** Starts the time after which it resolves in any case. */
  startTimer(): void;
}

export function createReady(clock: Clock): Ready {
  let settle: () => void = () => undefined;
  let cancel: () => void = () => undefined;
  const promise = new Promise<void>((resolve) => {
    settle = resolve;
  });
  const resolve = () => {
    cancel();
    settle();
  };
  return {
    promise,
    resolve,
    startTimer() {
      cancel = clock.after(readyMs, resolve);
    },
  };
}

/** Whether `work` ends within `ms`. `work` must not reject. */
export function endsWithin(clock: Clock, work: Promise<unknown>, ms: number): Promise<boolean> {
  return new Promise((resolve) => {
    const cancel = clock.after(ms, () => resolve(false));
    void work.then(() => {
      cancel();
      resolve(true);
    });
  });
}

export type GrammySignal = NonNullable<Parameters<Api["getMe"]>[0]>;

/** grammY declares the signal of a shim, but uses nothing of it that a native one has not. */
export function toGrammySignal(signal: AbortSignal): GrammySignal {
  if (!isGrammySignal(signal)) throw new TypeError("not a signal");
  return signal;
}

function isGrammySignal(signal: unknown): signal is GrammySignal {
  return signal instanceof AbortSignal;
}

/** How one call of the bot's handlers ended. */
export type Ending =
  | { readonly kind: "done" }
  /** The store could not be written: nothing is committed, the same update must come again. */
  | { readonly kind: "store" }
  | { readonly kind: "failed"; readonly error: unknown };

export async function deliver({ bot, log }: Pick<UpdateSourceDeps, "bot" | "log">, update: Update): Promise<Ending> {
  try {
    await bot.handleUpdate(update);
    return { kind: "done" };
  } catch (thrown) {
    const error = thrown instanceof BotError ? thrown.error : thrown;
    log.warn({ updateId: update.update_id, ...factsOf(error) }, "update not handled");
    // A record that cannot be read will not become readable by waiting.
    const isWorthWaiting = error instanceof StoreError && error.code !== "corrupt";
    return isWorthWaiting ? { kind: "store" } : { kind: "failed", error };
  }
}

/**
 * Calls until it succeeds: after exactly `retry_after` where Telegram names it, slowly while the token is refused, and with
 * capped, jittered back-off after anything else. Rejects only when the signal is aborted.
 */
export async function untilAnswered<T>(
  deps: Pick<UpdateSourceDeps, "clock" | "log" | "random"> & { state: Pick<StateKeeper, "down"> },
  signal: AbortSignal,
  call: () => Promise<T>,
): Promise<T> {
  const { clock, log, random, state } = deps;
  for (let failures = 1; ; failures += 1) {
    try {
      return await call();
    } catch (error) {
      signal.throwIfAborted();
      const { problem, description, retryAfterMs } = failureOf(error);
      state.down(problem);
      const [firstMs, maxMs] = problem === "bad-token" ? [30_000, 300_000] : [500, 30_000];
      const waitMs = retryAfterMs ?? backoffMs(failures, { firstMs, maxMs, random });
      log.warn({ problem, description, waitMs }, "telegram call failed");
      await sleep(clock, waitMs, signal);
    }
  }
}

/** Facts of an error that may be logged: neither what was sent nor who wrote. */
function factsOf(error: unknown): object {
  if (!(error instanceof Error)) return { reason: typeof error };
  return { reason: error.name, detail: error.message, stack: error.stack };
}

import type { Update } from "grammy/types";
import { backoffMs } from "../../support/backoff.ts";
import { sleep } from "../../support/sleep.ts";
import { failureOf } from "../calls/errors.ts";
import type { RivalWatch } from "./rival.ts";
import {
  allowedUpdates,
  createReady,
  createStateKeeper,
  defaultGraceMs,
  deliver,
  endsWithin,
  mostTries,
  toGrammySignal,
  type UpdateSource,
  type UpdateSourceDeps,
  untilAnswered,
} from "./updates.ts";

const longPollSeconds = 30;
const confirmMs = 500;
/** As many as Telegram gives at once. */
const mostUpdates = 100;
const shortestPollMs = 50;

export interface PollingDeps extends UpdateSourceDeps {
  readonly rival?: RivalWatch;
  /** Everything that waited at Telegram at that moment has been handled. */
  readonly onDrained?: (at: number) => void;
}

/**
 * Reads updates one after the other by long polling.
 *
 * Asking from offset `n` confirms everything below `n`, so the offset moves only once a handler has committed its effect.
 * While the store cannot be written, the same update is tried again and polling stands still. An update whose handler fails
 * for any other reason is passed over after three tries, so that it cannot stop the bridge.
 */
export function createPolling(deps: PollingDeps): UpdateSource {
  const { bot, clock, log, random, rival, onDrained } = deps;
  const state = createStateKeeper(deps);
  const ending = new AbortController();
  const { signal } = ending;
  const ready = createReady(clock);
  let offset: number | undefined;
  let confirmed: number | undefined;
  let hasConflict = false;
  let hasReadBacklog = false;
  let running: Promise<void> | undefined;
  let stopping: Promise<void> | undefined;

  async function run(): Promise<void> {
    const patience = { clock, log, random, state };
    while (!signal.aborted) {
      const askedAt = clock.now();
      const updates = await untilAnswered(patience, signal, poll);
      state.up();
      const answeredAt = clock.now();
      for (const update of updates) {
        await handle(update);
        offset = update.update_id + 1;
        if (signal.aborted) return;
      }
      if (updates.length < mostUpdates) onDrained?.(answeredAt);
      if (updates.length > 0) continue;
      // A server that does not hold a long poll open must not be asked without a breath.
      if (hasReadBacklog && clock.now() - askedAt < shortestPollMs) await sleep(clock, shortestPollMs, signal);
      hasReadBacklog = true;
      ready.resolve();
    }
  }

  async function poll(): Promise<Update[]> {
    const cancel = toGrammySignal(signal);
    if (!bot.isInited()) bot.botInfo = await bot.api.getMe(cancel);
    if (hasConflict) await bot.api.deleteWebhook({ drop_pending_updates: false }, cancel);
    hasConflict = false;
    const asked = offset;
    try {
      const timeout = hasReadBacklog ? longPollSeconds : 0;
      const from = asked === undefined ? {} : { offset: asked };
      const updates = await bot.api.getUpdates(
        { ...from, limit: mostUpdates, timeout, allowed_updates: allowedUpdates },
        cancel,
      );
      confirmed = asked;
      rival?.answered();
      return updates;
    } catch (error) {
      // Perhaps a webhook is set: the next try takes it away first.
      hasConflict = failureOf(error).problem === "conflict";
      if (hasConflict) rival?.conflict();
      throw error;
    }
  }

  async function handle(update: Update): Promise<void> {
    let failures = 0;
    for (let tries = 1; ; tries += 1) {
      const end = await deliver(deps, update);
      if (end.kind === "done") return state.up();
      if (end.kind === "failed") {
        failures += 1;
        if (failures === mostTries) return state.passOver(update, end.error);
      } else {
        state.down("store");
      }
      await sleep(clock, backoffMs(tries, { firstMs: 200, maxMs: 10_000, random }), signal);
    }
  }

  async function finish(graceMs: number): Promise<void> {
    ending.abort();
    ready.resolve();
    if (!running) return;
    const hasEnded = await endsWithin(clock, running, graceMs);
    if (!hasEnded) {
      // Its effect may not be committed yet, so nothing is confirmed: the update comes again after the restart.
      log.warn({}, "handler still running, updates not confirmed");
      return;
    }
    if (offset === undefined || offset === confirmed) return;
    try {
      await bot.api.getUpdates({ offset, limit: 1, timeout: 0 }, toGrammySignal(AbortSignal.timeout(confirmMs)));
    } catch {
      log.info({}, "handled updates not confirmed; they come again and change nothing");
    }
  }

  return {
    start() {
      if (running || signal.aborted) return;
      ready.startTimer();
      // The loop ends only by being stopped.
      running = run().catch((error: unknown) => {
        if (!signal.aborted) log.error({ reason: error instanceof Error ? error.message : "unknown" }, "polling ended");
      });
    },
    ready: ready.promise,
    stop(graceMs = defaultGraceMs) {
      stopping ??= finish(graceMs);
      return stopping;
    },
    state: state.read,
  };
}

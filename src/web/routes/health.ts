import express, { type Router } from "express";
import type { ProviderHealth } from "../../core/bridge.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { Log } from "../../core/ports/log.ts";

/** How the two sides of the bridge are. */
export interface HealthReport {
  readonly telegram: TelegramHealth;
  readonly providers: readonly ProviderHealth[];
}

export interface TelegramHealth {
  readonly isUp: boolean;
  /** Since when it is up or down, epoch milliseconds. Absent before the first answer. */
  readonly since?: number;
  /** Why it is down, in a word. */
  readonly why?: string;
}

export interface HealthDeps {
  readonly clock: Clock;
  readonly log: Log;
  health(): HealthReport;
  /** Writes to the store; throws when it cannot. */
  probe(): Promise<void>;
}

const probeAgeMs = 1_000;
const probeTimeoutMs = 3_000;

/**
 * `/healthz`: the process lives. `/readyz`: an SMS can be taken, that is, the store can be written; a dead panel must not shut
 * the door to the others, so only `/readyz?all` counts the panels and Telegram.
 */
export function createHealthRoutes(deps: HealthDeps): Router {
  const isWritable = createProbe(deps);
  const router = express.Router();

  router.get("/healthz", (_request, response) => {
    response.set("cache-control", "no-store").json({ status: "alive", ...sidesOf(deps.health()) });
  });

  router.get("/readyz", async (request, response) => {
    const store = { isUp: await isWritable() };
    const report = deps.health();
    const isWhole = report.telegram.isUp && report.providers.every((provider) => provider.isUp);
    const isReady = store.isUp && (request.query.all === undefined || isWhole);
    response
      .status(isReady ? 200 : 503)
      .set("cache-control", "no-store")
      .json({ status: isReady ? "ready" : "not ready", store, ...sidesOf(report) });
  });
  return router;
}

/** Both sides of the bridge, as JSON. */
function sidesOf({ telegram, providers }: HealthReport): object {
  return {
    telegram: { isUp: telegram.isUp, since: toIso(telegram.since), why: telegram.why },
    providers: providers.map(({ provider, isUp, since, failure, waiting }) => ({
      provider,
      isUp,
      since: toIso(since),
      failure: failure?.code,
      waiting,
    })),
  };
}

/** Many who ask at once, or within a second, share one write. A write that hangs counts as one that failed. */
function createProbe(deps: HealthDeps): () => Promise<boolean> {
  let last: { at: number; result: Promise<boolean> } | undefined;

  async function probe(): Promise<boolean> {
    const { promise: late, stop } = timeOut(deps.clock);
    try {
      await Promise.race([deps.probe(), late]);
      return true;
    } catch (error) {
      deps.log.warn({ err: error }, "store could not be written");
      return false;
    } finally {
      stop();
    }
  }

  return () => {
    const now = deps.clock.now();
    if (!last || now - last.at >= probeAgeMs || now < last.at) last = { at: now, result: probe() };
    return last.result;
  };
}

function timeOut(clock: Clock): { promise: Promise<never>; stop: () => void } {
  let stop = () => {};
  const promise = new Promise<never>((_resolve, reject) => {
    stop = clock.after(probeTimeoutMs, () => reject(new Error(`no answer within ${probeTimeoutMs} ms`)));
  });
  return { promise, stop };
}

function toIso(time: number | undefined): string | undefined {
  return time === undefined ? undefined : new Date(time).toISOString();
}

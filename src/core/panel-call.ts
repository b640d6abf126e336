import { refuse, take } from "./attempt.ts";
import type { Events } from "./events.ts";
import { nextStep } from "./failover.ts";
import type { Health } from "./health.ts";
import type { Ledger } from "./ledger.ts";
import type { Outbound } from "./model/message.ts";
import { createPersist } from "./persist.ts";
import type { Clock } from "./ports/clock.ts";
import type { Log } from "./ports/log.ts";
import { ProviderError, type SmsProvider } from "./ports/sms-provider.ts";
import type { Registry } from "./registry.ts";

export interface CallDeps {
  readonly ledger: Ledger;
  readonly registry: Registry;
  readonly health: Health;
  readonly clock: Clock;
  readonly events: Events;
  readonly log: Log;
  /** In [0, 1), for jitter. */
  readonly random: () => number;
}

/** Hands one claimed message to its panel and commits what came of it. Throws only what a damaged record throws. */
export type Call = (message: Outbound, provider: SmsProvider, signal: AbortSignal) => Promise<void>;

export function createCall(deps: CallDeps): Call {
  const { ledger, registry, health, clock, events, log, random } = deps;
  const persist = createPersist(deps);

  async function commitReceipt(message: Outbound, provider: SmsProvider, ids: readonly string[]): Promise<void> {
    const at = clock.now();
    const firstAsk = provider.reports?.askAtSeconds[0];
    const receipt = { attempt: message.attempt, provider: provider.id, at, ids };
    const reportDue = firstAsk === undefined ? undefined : at + firstAsk * 1000;
    await persist(() => ledger.move(message.id, (current) => take(current, receipt, reportDue)));
    log.info({ messageId: message.id, provider: provider.id, attempt: message.attempt }, "sms taken by the panel");
  }

  async function commitFailure(message: Outbound, error: ProviderError): Promise<void> {
    const first = message.triedLines[0] ?? message.line;
    const fallbacks = registry.findLine(first)?.fallback ?? [];
    const now = clock.now();
    const step = nextStep(error, message, { fallbacks, now, random });
    await persist(() => ledger.move(message.id, (current) => refuse(current, message.attempt, error, step, now)));
    const { code, certain } = error;
    // Of the panel's own words only the first: some panels repeat what they were sent.
    const vendor = error.vendor?.split(" ")[0]?.slice(0, 20);
    log.warn(
      { messageId: message.id, attempt: message.attempt, code, vendor, certain, step: step.do },
      "sms not taken",
    );
  }

  /** The panel's ids, or why there are none. */
  async function send(message: Outbound, provider: SmsProvider, signal: AbortSignal) {
    const startedAt = clock.now();
    const call = { provider: provider.id, call: "send" } as const;
    try {
      requireFresh(message, startedAt);
      const { ids } = await provider.send({ line: message.line, peers: [message.peer], text: message.text }, signal);
      if (ids.length !== 1) {
        throw new ProviderError("bad-reply", `${ids.length} ids for one receiver`, { certain: false });
      }
      health.worked(provider.id);
      events.emit("provider called", { ...call, ms: clock.now() - startedAt });
      return ids;
    } catch (cause) {
      const error = asProviderError(cause);
      health.failed(provider.id, error);
      events.emit("provider called", { ...call, ms: clock.now() - startedAt, failure: error.code });
      return error;
    }
  }

  return async (message, provider, signal) => {
    const outcome = await send(message, provider, signal);
    if (outcome instanceof ProviderError) await commitFailure(message, outcome);
    else await commitReceipt(message, provider, outcome);
  };
}

/** A process that was frozen after its claim must not send now what was wanted then. */
function requireFresh(message: Outbound, now: number): void {
  if (now < (message.due ?? now)) return;
  throw new ProviderError("interrupted", "the claim had run out before the call", { certain: true });
}

function asProviderError(cause: unknown): ProviderError {
  if (cause instanceof ProviderError) return cause;
  return new ProviderError("bad-reply", "the provider failed in an unexpected way", { certain: false, cause });
}

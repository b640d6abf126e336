import type { Events, ProviderCall } from "../events.ts";
import type { ProviderId } from "../model/ids.ts";
import type { Clock } from "../ports/clock.ts";
import { ProviderError } from "../ports/provider-error.ts";
import type { Health, HealthArea } from "./health.ts";

export interface Question {
  readonly provider: ProviderId;
  readonly call: ProviderCall;
  /** Where it does not follow from the call. */
  readonly area?: HealthArea;
  /** Where we break it off ourselves, nothing follows from how it ended. */
  readonly signal?: AbortSignal;
  /** Nobody knows whether the panel can answer this at all: that it does not is no fault of it. */
  readonly isTrial?: boolean;
}

/** Calls that a panel may be closed to and work all the same. */
const extras: ReadonlySet<ProviderCall> = new Set(["sent-list", "contact", "confirm"]);

/**
 * Makes one call to a panel and tells those who watch how it went. A failure comes back as a value, for what follows from it is
 * another thing each time. A fault of the adapter is a failure too, of which nobody knows what it did.
 */
export type Ask = <T>(question: Question, run: () => Promise<T>) => Promise<T | ProviderError>;

export function createAsk(deps: { readonly health: Health; readonly clock: Clock; readonly events: Events }): Ask {
  const { health, clock, events } = deps;
  return async ({ provider, call, area = areaOf(call), signal, isTrial = false }, run) => {
    const startedAt = clock.now();
    const countsForHealth = !extras.has(call);
    try {
      const answer = await run();
      if (countsForHealth) health.worked(provider, area);
      events.emit("provider called", { provider, call, ms: clock.now() - startedAt });
      return answer;
    } catch (cause) {
      const error = asProviderError(cause);
      if (signal?.aborted) return error;
      if (countsForHealth && !isTrial) health.failed(provider, error, area);
      events.emit("provider called", { provider, call, ms: clock.now() - startedAt, failure: error.code });
      return error;
    }
  };
}

function areaOf(call: ProviderCall): HealthArea {
  return call === "reports" || call === "credit" ? call : "service";
}

function asProviderError(cause: unknown): ProviderError {
  if (cause instanceof ProviderError) return cause;
  return new ProviderError("bad-reply", "the provider failed in an unexpected way", { certain: false, cause });
}

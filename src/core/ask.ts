import type { Events, ProviderCall } from "./events.ts";
import type { Health, HealthArea } from "./health.ts";
import type { ProviderId } from "./model/ids.ts";
import type { Clock } from "./ports/clock.ts";
import { ProviderError } from "./ports/provider-error.ts";

export interface Question {
  readonly provider: ProviderId;
  readonly call: ProviderCall;
  /** Default `service`. */
  readonly area?: HealthArea;
  /** Where we break it off ourselves, nothing follows from how it ended. */
  readonly signal?: AbortSignal;
}

/**
 * Makes one call to a panel and tells those who watch how it went. A failure comes back as a value, for what follows from it is
 * another thing each time; what is no `ProviderError` is thrown.
 */
export type Ask = <T>(question: Question, run: () => Promise<T>) => Promise<T | ProviderError>;

export function createAsk(deps: { readonly health: Health; readonly clock: Clock; readonly events: Events }): Ask {
  const { health, clock, events } = deps;
  return async ({ provider, call, area, signal }, run) => {
    const startedAt = clock.now();
    try {
      const answer = await run();
      health.worked(provider, area);
      events.emit("provider called", { provider, call, ms: clock.now() - startedAt });
      return answer;
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      if (signal?.aborted) return error;
      health.failed(provider, error, area);
      events.emit("provider called", { provider, call, ms: clock.now() - startedAt, failure: error.code });
      return error;
    }
  };
}

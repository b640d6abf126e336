import type { ProviderHealth } from "./bridge.ts";
import type { ProviderId } from "./model/ids.ts";
import type { Clock } from "./ports/clock.ts";
import type { Notice } from "./ports/desk.ts";
import type { FailureCode, ProviderError } from "./ports/sms-provider.ts";

/** Faults of the account that no waiting mends: operators hear of them at once. */
const accountFaults: ReadonlySet<FailureCode> = new Set([
  "bad-credentials",
  "address-refused",
  "no-credit",
  "over-quota",
]);
/** Faults that often pass by themselves: operators hear of them when they last. */
const passingFaults: ReadonlySet<FailureCode> = new Set([
  "unreachable",
  "busy",
  "rate-limited",
  "no-answer",
  "bad-reply",
]);
const lastingMs = 60_000;

interface State {
  isUp: boolean;
  since: number;
  failure?: { code: FailureCode; vendor?: string };
  wasTold: boolean;
}

/** How the panels are, from what their calls come to. One notice for a fault, one when it is over. */
export interface Health {
  worked(provider: ProviderId): void;
  failed(provider: ProviderId, error: ProviderError): void;
  of(provider: ProviderId): Omit<ProviderHealth, "waiting">;
}

export function createHealth(deps: { clock: Clock; tell: (provider: ProviderId, notice: Notice) => void }): Health {
  const { clock, tell } = deps;
  const states = new Map<ProviderId, State>();
  const startedAt = clock.now();

  function stateOf(provider: ProviderId): State {
    const state = states.get(provider) ?? { isUp: true, since: startedAt, wasTold: false };
    states.set(provider, state);
    return state;
  }

  return {
    worked(provider) {
      const state = stateOf(provider);
      if (state.isUp) return;
      if (state.wasTold) tell(provider, { kind: "provider-up", provider });
      states.set(provider, { isUp: true, since: clock.now(), wasTold: false });
    },
    failed(provider, error) {
      const isAccountFault = accountFaults.has(error.code);
      // A refusal of one text or one receiver shows that the panel itself is well.
      if (!isAccountFault && !passingFaults.has(error.code)) return;
      const state = stateOf(provider);
      if (state.isUp) {
        state.isUp = false;
        state.since = clock.now();
      }
      const vendor = error.vendor === undefined ? {} : { vendor: error.vendor };
      const isAnother = state.failure?.code !== error.code && isAccountFault;
      state.failure = { code: error.code, ...vendor };
      const isLasting = isAccountFault || clock.now() - state.since >= lastingMs;
      if (!isLasting || (state.wasTold && !isAnother)) return;
      state.wasTold = true;
      tell(provider, { kind: "provider-down", provider, code: error.code, ...vendor });
    },
    of(provider) {
      const { isUp, since, failure } = stateOf(provider);
      return { provider, isUp, since, ...(failure && !isUp ? { failure } : {}) };
    },
  };
}

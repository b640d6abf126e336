import type { ProviderHealth } from "./bridge.ts";
import type { ProviderId } from "./model/ids.ts";
import type { Clock } from "./ports/clock.ts";
import type { Notice } from "./ports/desk.ts";
import { accessFaults, type FailureCode, type ProviderError, passingFaults } from "./ports/provider-error.ts";

/** Faults of the account that no waiting mends: operators hear of them at once. */
const accountFaults: ReadonlySet<FailureCode> = new Set([...accessFaults, "no-credit", "over-quota"]);
/** Of faults that may pass, operators hear when they last. */
const lastingMs = 60_000;

/** What of a panel can fail by itself: sending, and each inbox. One that is closed to us is no less bad because another works. */
export type HealthArea = "service" | `inbox ${string}`;

interface Fault {
  readonly since: number;
  readonly failure: { readonly code: FailureCode; readonly vendor?: string };
}

interface State {
  /** Since when nothing is wrong with it, or was. */
  wellSince: number;
  /** What is wrong now, the oldest first. */
  readonly faults: Map<HealthArea, Fault>;
  /** The faults that operators were told about since it was last well. */
  readonly told: Set<FailureCode>;
}

/** How the panels are, from what their calls come to. One notice for a fault, one when all is well again. */
export interface Health {
  worked(provider: ProviderId, area?: HealthArea): void;
  failed(provider: ProviderId, error: ProviderError, area?: HealthArea): void;
  of(provider: ProviderId): Omit<ProviderHealth, "waiting">;
}

export function createHealth(deps: { clock: Clock; tell: (provider: ProviderId, notice: Notice) => void }): Health {
  const { clock, tell } = deps;
  const states = new Map<ProviderId, State>();
  const startedAt = clock.now();

  function stateOf(provider: ProviderId): State {
    const state = states.get(provider) ?? { wellSince: startedAt, faults: new Map(), told: new Set() };
    states.set(provider, state);
    return state;
  }

  return {
    worked(provider, area = "service") {
      const state = stateOf(provider);
      if (!state.faults.delete(area) || state.faults.size > 0) return;
      state.wellSince = clock.now();
      if (state.told.size > 0) tell(provider, { kind: "provider-up", provider });
      state.told.clear();
    },
    failed(provider, error, area = "service") {
      const isAccountFault = accountFaults.has(error.code);
      // A refusal of one text or one receiver shows that the panel itself is well; an inbox that is refused is not.
      if (area === "service" && !isAccountFault && !passingFaults.has(error.code)) return;
      const state = stateOf(provider);
      const vendor = error.vendor === undefined ? {} : { vendor: error.vendor };
      const since = state.faults.get(area)?.since ?? clock.now();
      state.faults.set(area, { since, failure: { code: error.code, ...vendor } });
      const isLasting = isAccountFault || clock.now() - since >= lastingMs;
      const isNews = state.told.size === 0 || (isAccountFault && !state.told.has(error.code));
      if (!isLasting || !isNews) return;
      state.told.add(error.code);
      tell(provider, { kind: "provider-down", provider, code: error.code, ...vendor });
    },
    of(provider) {
      const { wellSince, faults } = stateOf(provider);
      const [fault] = faults.values();
      if (!fault) return { provider, isUp: true, since: wellSince };
      return { provider, isUp: false, since: fault.since, failure: fault.failure };
    },
  };
}

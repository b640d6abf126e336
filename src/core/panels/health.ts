import { createKeyedQueue } from "../../support/keyed-queue.ts";
import type { ProviderHealth } from "../bridge.ts";
import type { ProviderId } from "../model/ids.ts";
import type { Told } from "../notices/notices.ts";
import type { ToldMemory } from "../notices/told.ts";
import type { Clock } from "../ports/clock.ts";
import type { Notice } from "../ports/desk.ts";
import type { Log } from "../ports/log.ts";
import { accessFaults, type FailureCode, type ProviderError, passingFaults } from "../ports/provider-error.ts";

/** Faults of the account that no waiting mends: operators hear of them at once. */
const accountFaults: ReadonlySet<FailureCode> = new Set([...accessFaults, "no-credit", "over-quota"]);
/** Of faults that may pass, operators hear when they last. */
const lastingMs = 60_000;

/**
 * What of a panel can fail by itself: sending, what is asked beside it, and each inbox. One that is closed to us is no less bad
 * because another works: without credit reports are still told.
 */
export type HealthArea = "service" | Aside | `inbox ${string}`;
type Aside = "reports" | "credit";
const asides: readonly HealthArea[] = ["reports", "credit"];

interface Fault {
  readonly since: number;
  readonly failure: { readonly code: FailureCode; readonly vendor?: string };
}

interface State {
  /** Since when nothing is wrong with it, or was. */
  wellSince: number;
  /** What is wrong now, the oldest first. */
  readonly faults: Map<HealthArea, Fault>;
  /** The faults that operators were told about, or are being told, since it was last well, and where they were. */
  readonly told: Map<FailureCode, HealthArea>;
  /** Where operators were told of a fault before the restart, and nothing has worked since. */
  readonly unproven: Set<HealthArea>;
  /** The panel refused to tell its credit and sent all the same: asked every hour, it would be told of as down every hour. */
  isCreditClosed: boolean;
}

/** How the panels are, from what their calls come to. One notice for a fault, one when all is well again, restarts or not. */
export interface Health {
  worked(provider: ProviderId, area?: HealthArea): void;
  failed(provider: ProviderId, error: ProviderError, area?: HealthArea): void;
  of(provider: ProviderId): Omit<ProviderHealth, "waiting">;
  stop(): void;
}

export interface HealthDeps {
  readonly clock: Clock;
  readonly tell: (provider: ProviderId, notice: Notice) => Promise<Told>;
  /** What was told before the restart. */
  readonly memory: Pick<ToldMemory, "faults" | "keepFaults">;
  readonly log: Log;
}

export function createHealth(deps: HealthDeps): Health {
  const { clock, tell, memory, log } = deps;
  const states = new Map<ProviderId, State>();
  const keepInTurn = createKeyedQueue();
  const startedAt = clock.now();
  const stopTimers = new Map<ProviderId, () => void>();

  function stateOf(provider: ProviderId): State {
    const known = states.get(provider);
    if (known) return known;
    const told = new Map(memory.faults.get(provider)?.map(({ code, area }) => [code, area]));
    const state = {
      wellSince: startedAt,
      faults: new Map(),
      told,
      unproven: new Set(told.values()),
      isCreditClosed: false,
    };
    states.set(provider, state);
    return state;
  }

  function keep(provider: ProviderId, told: State["told"]): void {
    const faults = [...told].map(([code, area]) => ({ code, area }));
    keepInTurn(provider, () => memory.keepFaults(provider, faults)).catch((error: unknown) =>
      log.warn({ err: error, provider }, "what operators were told is not stored"),
    );
  }

  async function tellOfFault(
    provider: ProviderId,
    state: State,
    { failure, area }: { failure: Fault["failure"]; area: HealthArea },
  ): Promise<void> {
    state.told.set(failure.code, area);
    const told = await tell(provider, { kind: "provider-down", provider, ...failure });
    // A desk that was away all the time hears of it when it fails the next time.
    if (told === "late") state.told.delete(failure.code);
    if (told === "shown" && state.told.has(failure.code)) keep(provider, state.told);
  }

  async function tellWell(provider: ProviderId, state: State): Promise<void> {
    if (state.told.size === 0) return;
    const ended = [...state.told];
    state.told.clear();
    const told = await tell(provider, { kind: "provider-up", provider });
    // Nobody has heard it: it is still to be said, after a restart too.
    if (told === "late") for (const [code, area] of ended) state.told.set(code, state.told.get(code) ?? area);
    else if (state.told.size === 0) keep(provider, state.told);
  }

  function isWell({ faults, unproven }: State): boolean {
    return faults.size === 0 && unproven.size === 0;
  }

  /** What works with this: who may send may ask, and who is reached at all is no longer out of reach. */
  function clear(state: State, area: HealthArea): boolean {
    const isOver = (other: HealthArea, fault?: Fault) =>
      other === area ||
      (area === "service" && asides.includes(other)) ||
      (asides.includes(area) && other === "service" && fault !== undefined && passingFaults.has(fault.failure.code));
    const over = [...state.faults].filter(([other, fault]) => isOver(other, fault));
    for (const [other] of over) state.faults.delete(other);
    for (const other of state.unproven) if (isOver(other)) state.unproven.delete(other);
    return over.length > 0;
  }

  /** Of a fault from before the restart nothing is known but that it was told: what is still wrong shows in a minute. */
  function tellWellLater(provider: ProviderId, state: State): void {
    const leftMs = startedAt + lastingMs - clock.now();
    if (leftMs <= 0) return void tellWell(provider, state);
    if (stopTimers.has(provider)) return;
    stopTimers.set(
      provider,
      clock.after(leftMs, () => {
        if (isWell(state)) void tellWell(provider, state);
      }),
    );
  }

  return {
    worked(provider, area = "service") {
      const state = stateOf(provider);
      if (area === "credit") state.isCreditClosed = false;
      else if (area === "service" && state.faults.has("credit")) state.isCreditClosed = true;
      const wasWrong = clear(state, area);
      if (wasWrong && state.faults.size === 0) state.wellSince = clock.now();
      if (isWell(state) && state.told.size > 0) tellWellLater(provider, state);
    },
    failed(provider, error, area = "service") {
      const isAccountFault = accountFaults.has(error.code);
      // A refusal of one text or one receiver shows that the panel itself is well; an inbox that is refused is not.
      if (!area.startsWith("inbox") && !isAccountFault && !passingFaults.has(error.code)) return;
      const state = stateOf(provider);
      if (area === "credit" && state.isCreditClosed) return;
      const failure = { code: error.code, ...(error.vendor === undefined ? {} : { vendor: error.vendor }) };
      const since = state.faults.get(area)?.since ?? clock.now();
      state.faults.set(area, { since, failure });
      const isLasting = isAccountFault || clock.now() - since >= lastingMs;
      const isNews = state.told.size === 0 || (isAccountFault && !state.told.has(error.code));
      if (isLasting && isNews) void tellOfFault(provider, state, { failure, area });
    },
    of(provider) {
      const { wellSince, faults } = stateOf(provider);
      const [fault] = faults.values();
      if (!fault) return { provider, isUp: true, since: wellSince };
      return { provider, isUp: false, since: fault.since, failure: fault.failure };
    },
    stop() {
      for (const stopTimer of stopTimers.values()) stopTimer();
    },
  };
}

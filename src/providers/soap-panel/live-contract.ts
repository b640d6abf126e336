import type { Clock } from "../../core/ports/clock.ts";
import type { Log } from "../../core/ports/log.ts";
import { type FailureCode, ProviderError } from "../../core/ports/provider-error.ts";
import type { Contract } from "./contract.ts";

/** A call that could go by ours, or that sends, waits this long for the panel's own contract. */
export const patienceMs = 2000;
const tryAgainMs = 10 * 60_000;
/** Where the panel was not there, it may be again soon. */
const tryAgainSoonMs = 10_000;
const passing: ReadonlySet<FailureCode> = new Set(["unreachable", "no-answer", "interrupted"]);

/** What is known of the contract that the panel itself publishes. */
export type LiveReading =
  | { readonly contract: Contract }
  /** `isAway`: the panel was not there, or has not answered yet, so that this says nothing of its contract. */
  | { readonly problem: string; readonly isAway: boolean };

/**
 * The panel's own contract: read once, in the background, and kept; where it could not be read, or is in doubt, read again
 * later.
 */
export interface LiveContract {
  /** What is at hand. Waits only at first use, for two seconds at most. */
  atHand(signal: AbortSignal): Promise<Contract | undefined>;
  /** What came of the reading that is under way, or of the last one; after `forMs` at the latest, where that is given. */
  settled(signal: AbortSignal, forMs?: number): Promise<LiveReading>;
  /** It does not fit. It is used until it was read once more, ten minutes after it was read. */
  doubt(): void;
}

/** `read` throws where there is no contract to be read; its `ProviderError`s are told, of anything else nothing but that. */
export function createLiveContract(
  read: () => Promise<Contract>,
  deps: { readonly clock: Clock; readonly log: Log },
): LiveContract {
  const { clock, log } = deps;
  let contract: Contract | undefined;
  let problem = "not read yet";
  let isAway = true;
  let isDoubted = false;
  let reading: Promise<void> | undefined;
  let triedAt: number | undefined;
  let patientUntil: number | undefined;

  function refresh(): Promise<void> | undefined {
    if (reading !== undefined || (contract !== undefined && !isDoubted)) return reading;
    if (triedAt !== undefined && clock.now() - triedAt < (isAway ? tryAgainSoonMs : tryAgainMs)) return undefined;
    triedAt = clock.now();
    patientUntil ??= triedAt + patienceMs;
    reading = attempt().finally(() => {
      reading = undefined;
    });
    return reading;
  }

  async function attempt(): Promise<void> {
    try {
      contract = await read();
      isAway = false;
      isDoubted = false;
      log.info({}, "contract of the panel read");
    } catch (error) {
      isAway = error instanceof ProviderError && passing.has(error.code);
      problem = error instanceof ProviderError ? spellFailure(error) : "no WSDL of this service";
      log.info({ problem }, "contract of the panel not read");
    }
  }

  return {
    async atHand(signal) {
      if (signal.aborted) return contract;
      const under = refresh();
      const patience = (patientUntil ?? 0) - clock.now();
      if (under !== undefined && patience > 0) await firstOf(under, signal, (run) => clock.after(patience, run));
      return contract;
    },
    async settled(signal, forMs) {
      const under = signal.aborted ? undefined : refresh();
      if (under !== undefined) {
        await firstOf(under, signal, forMs === undefined ? undefined : (run) => clock.after(forMs, run));
      }
      return contract === undefined ? { problem, isAway } : { contract };
    },
    doubt() {
      isDoubted = true;
    },
  };
}

function spellFailure({ code, httpStatus }: ProviderError): string {
  return httpStatus === undefined ? code : `HTTP ${httpStatus}`;
}

/** Resolves with whichever is first: the work, the signal, or the timer. */
function firstOf(work: Promise<void>, signal: AbortSignal, timer?: (run: () => void) => () => void): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      stopTimer?.();
      signal.removeEventListener("abort", end);
      resolve();
    };
    const stopTimer = timer?.(end);
    signal.addEventListener("abort", end, { once: true });
    void work.then(end);
  });
}

import type { Clock } from "../../core/ports/clock.ts";
import type { Log } from "../../core/ports/log.ts";
import { ProviderError } from "../../core/ports/provider-error.ts";
import type { Contract } from "./contract.ts";

/** At first use a call waits this long for the panel's own contract, and then goes by ours. */
export const patienceMs = 2000;
const tryAgainMs = 10 * 60_000;

/** What is known of the contract that the panel itself publishes. */
export type LiveReading = { readonly contract: Contract } | { readonly problem: string };

/** The panel's own contract: read once, in the background, and kept; where it could not be read, tried again after ten minutes. */
export interface LiveContract {
  /** What is at hand. Waits only at first use, for two seconds at most. */
  atHand(signal: AbortSignal): Promise<Contract | undefined>;
  /** What came of the reading that is under way, or of the last one. */
  settled(signal: AbortSignal): Promise<LiveReading>;
}

/** `read` throws where there is no contract to be read; its `ProviderError`s are told, of anything else nothing but that. */
export function createLiveContract(
  read: () => Promise<Contract>,
  deps: { readonly clock: Clock; readonly log: Log },
): LiveContract {
  const { clock, log } = deps;
  let contract: Contract | undefined;
  let problem = "not read yet";
  let reading: Promise<void> | undefined;
  let triedAt: number | undefined;
  let patientUntil: number | undefined;

  function refresh(): Promise<void> | undefined {
    if (contract !== undefined || reading !== undefined) return reading;
    if (triedAt !== undefined && clock.now() - triedAt < tryAgainMs) return undefined;
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
      log.info({}, "contract of the panel read");
    } catch (error) {
      problem = error instanceof ProviderError ? `${error.code}${spellStatus(error)}` : "no WSDL of this service";
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
    async settled(signal) {
      const under = signal.aborted ? undefined : refresh();
      if (under !== undefined) await firstOf(under, signal);
      return contract === undefined ? { problem } : { contract };
    },
  };
}

function spellStatus({ httpStatus }: ProviderError): string {
  return httpStatus === undefined ? "" : `, HTTP ${httpStatus}`;
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

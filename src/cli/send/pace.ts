import type { SmsProvider } from "../../core/ports/sms-provider.ts";
import { groupBy } from "../../support/group-by.ts";

const shortestSeconds = 60;
/** A slow answer of a panel, as many of them under way at once as may be. */
const secondsPerCall = 1;

/** How long it is reasonable to wait until a panel has taken so many, in seconds: as for one, and as long as its calls take. */
export function usualWaitOf(provider: SmsProvider | undefined, letters: readonly { readonly text: string }[]): number {
  if (provider === undefined) return shortestSeconds;
  const { receiversPerCall, perSecond, inFlight } = provider.limits;
  const calls = provider.batch
    ? letters.length / Math.min(receiversPerCall, provider.batch.rowsPerCall)
    : [...groupBy(letters, ({ text }) => text).values()].reduce(
        (sum, some) => sum + Math.ceil(some.length / receiversPerCall),
        0,
      );
  const perCall = Math.max(2 / perSecond, secondsPerCall / Math.max(1, inFlight - 1));
  return shortestSeconds + Math.ceil(calls * perCall);
}

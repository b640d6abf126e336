import { accessFaults, type FailureCode, ProviderError } from "../core/ports/provider-error.ts";
import type { StatusFact } from "../core/ports/sms-provider.ts";

export type Advices = Partial<Readonly<Record<FailureCode, string>>>;

/** With these the bridge cannot work, whatever was asked. */
const fatal: ReadonlySet<FailureCode> = new Set([...accessFaults, "unreachable", "no-answer"]);

/**
 * What a failed question tells of the account. `bad` where the bridge cannot work so, and for any failure of the access
 * itself; otherwise `unknown`, for then it only could not be told. `own` is a panel's advice, where it knows better than
 * what is usual. Throws what is no `ProviderError`.
 */
export function failureFact(about: Pick<StatusFact, "aspect" | "line">, error: unknown, own: Advices = {}): StatusFact {
  if (!(error instanceof ProviderError)) throw error;
  const { code, vendor, message } = error;
  const isBad = fatal.has(code) || (about.aspect === "access" && code !== "interrupted");
  const advice = own[code];
  return {
    ...about,
    outcome: isBad ? "bad" : "unknown",
    failure: code,
    detail: `${code}: ${vendor ?? message}`,
    ...(advice === undefined ? {} : { advice }),
  };
}

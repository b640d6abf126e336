import { accessFaults, type FailureCode, ProviderError } from "../core/ports/provider-error.ts";
import type { StatusFact } from "../core/ports/sms-provider.ts";

export type Advices = Partial<Readonly<Record<FailureCode, string>>>;

/** With these the bridge cannot work, whatever was asked. */
const fatal: ReadonlySet<FailureCode> = new Set([...accessFaults, "unreachable", "no-answer"]);

/** What is to be done where no panel knows better. */
export const usualAdvice: Advices = {
  unreachable: "see whether baseUrl is right and this server gets there; if only some addresses do, set proxy",
  "no-answer": "see whether baseUrl is right; if the panel is slow, raise timeoutSeconds",
  "address-refused": "let the panel allow this server's address, or set proxy",
  "bad-credentials": "correct the login in the configuration",
  "account-closed": "let the panel switch the web service on, and approve the account's documents",
};

/**
 * What a failed question tells of the account. `bad` where the bridge cannot work so, and for any failure of the access
 * itself; otherwise `unknown`, for then it only could not be told. `own` is a panel's advice, before the usual one. Throws what is
 * no `ProviderError`.
 */
export function failureFact(about: Pick<StatusFact, "aspect" | "line">, error: unknown, own: Advices = {}): StatusFact {
  if (!(error instanceof ProviderError)) throw error;
  const { code, vendor, message } = error;
  const isBad = fatal.has(code) || (about.aspect === "access" && code !== "interrupted");
  const advice = own[code] ?? usualAdvice[code];
  return {
    ...about,
    outcome: isBad ? "bad" : "unknown",
    failure: code,
    detail: `${code}: ${vendor ?? message}`,
    ...(advice === undefined ? {} : { advice }),
  };
}

import { ProviderError } from "../../core/ports/provider-error.ts";
import type { HttpAnswer } from "../http.ts";
import type { Judgement } from "../http-judgement.ts";
import type { Words } from "../words.ts";
import type { SoapFault } from "./envelope.ts";
import { type OperationName, operations } from "./operations.ts";

/** `vendor` is shown as it is: of the panel's own words the secrets are out. */
export type Told = Judgement & { readonly vendor: string };

/** A failure that the panel tells of. */
export function failureOf(name: OperationName, { code, certain, vendor }: Told, answer?: HttpAnswer): ProviderError {
  return new ProviderError(code, `${named(name).name}: ${vendor}`, {
    certain: certain || !operations[name].sends,
    vendor,
    ...(answer === undefined ? {} : { httpStatus: answer.status }),
    ...(answer?.retryAfterMs === undefined ? {} : { retryAfterMs: answer.retryAfterMs }),
  });
}

export function faultOf(name: OperationName, answer: HttpAnswer, fault: SoapFault, words: Words): ProviderError {
  return failureOf(
    name,
    { ...judgeFault(fault, answer.status), vendor: words(`${fault.code} ${fault.words}`) },
    answer,
  );
}

/**
 * A caller's fault is found before the method runs: the call could not be read. Any other may come after it did its work, whatever
 * the HTTP status; but 401 and 429 come from a gate before every method.
 */
function judgeFault({ blamesCaller }: SoapFault, http: number): Judgement {
  if (blamesCaller) return { code: "bad-request", certain: true };
  if (http === 401) return { code: "bad-credentials", certain: true };
  if (http === 429) return { code: "rate-limited", certain: true };
  return { code: "bad-reply", certain: false };
}

/** How a call is named in errors. */
export function named(name: OperationName): { readonly name: string; readonly sends: boolean } {
  return { name: `soap-panel ${name}`, sends: operations[name].sends };
}

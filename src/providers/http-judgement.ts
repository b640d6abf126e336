import { type FailureCode, ProviderError } from "../core/ports/provider-error.ts";
import type { HttpAnswer } from "./http.ts";

/** What an HTTP status says by itself where the panel's code, or its whole answer, says nothing. */
const refusalStatuses: Readonly<Record<number, FailureCode>> = {
  401: "bad-credentials",
  402: "no-credit",
  403: "address-refused",
  429: "rate-limited",
};

/** These come from a server or a proxy that does not find its way to the panel, and say nothing of the message. */
const lostOnTheWay = new Set([404, 405, 407, 421]);

export interface Judgement {
  readonly code: FailureCode;
  readonly certain: boolean;
}

/** A refusal of the panel with a code that nobody knows: certain only where HTTP, too, says that the request was at fault. */
export function judgeUnknownCode(http: number): Judgement {
  if (!blamesRequest(http)) return { code: "bad-reply", certain: false };
  return { code: http === 403 ? "rejected" : (refusalStatuses[http] ?? "rejected"), certain: true };
}

/** An answer that is not the panel's. */
export function judgeUnreadable(http: number): Judgement {
  if (!blamesRequest(http)) return { code: "bad-reply", certain: false };
  if (lostOnTheWay.has(http)) return { code: "busy", certain: true };
  return { code: refusalStatuses[http] ?? "bad-request", certain: true };
}

/** The failure of a call whose answer is not the panel's. What sends nothing failed for certain. */
export function unreadableAnswer(
  call: { readonly name: string; readonly sends: boolean },
  answer: HttpAnswer,
): ProviderError {
  const { code, certain } = judgeUnreadable(answer.status);
  return new ProviderError(code, `${call.name}: HTTP ${answer.status} without a readable answer`, {
    certain: certain || !call.sends,
    vendor: `HTTP ${answer.status}`,
    httpStatus: answer.status,
    ...(answer.retryAfterMs === undefined ? {} : { retryAfterMs: answer.retryAfterMs }),
  });
}

/** The failure of a call whose answer says that it was taken, under a status that says it was not. */
export function contradictoryAnswer(
  call: { readonly name: string; readonly sends: boolean },
  answer: HttpAnswer,
): ProviderError {
  return new ProviderError("bad-reply", `${call.name}: HTTP ${answer.status} with an answer of success`, {
    certain: !call.sends,
    vendor: `HTTP ${answer.status}`,
    httpStatus: answer.status,
    ...(answer.retryAfterMs === undefined ? {} : { retryAfterMs: answer.retryAfterMs }),
  });
}

/** 408 comes from whoever waited for the panel, not from the panel. */
function blamesRequest(http: number): boolean {
  return http >= 400 && http < 500 && http !== 408;
}

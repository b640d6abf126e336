import { type FailureCode, ProviderError } from "../core/ports/provider-error.ts";

/** How far a call had come when it ended. `written` is reached before the first byte of the request leaves, never after. */
export type CallPhase = "waiting" | "written";

/** Why we ended a call ourselves. */
export type CallEnd = "timeout" | "aborted";

const notHttp = "NOT_HTTP";
const replyCodes = new Set([notHttp, "UND_ERR_HEADERS_OVERFLOW", "UND_ERR_RES_EXCEEDED_MAX_SIZE"]);
const closedCodes = new Set(["UND_ERR_DESTROYED", "UND_ERR_CLOSED"]);
const ourFaults = new Set(["UND_ERR_INVALID_ARG", "ERR_INVALID_ARG_VALUE"]);

/**
 * The failure of a call that brought no answer. Made from safe facts alone: what undici and Node throw can hold a URL, a
 * proxy's password or a piece of the body, so nothing of it is kept but its code.
 */
export function callFailure(call: string, sends: boolean, phase: CallPhase, reason: unknown): ProviderError {
  const told = isCallEnd(reason) ? reason : codeOf(reason);
  const certain = !sends || phase === "waiting";
  const code = phase === "waiting" ? codeBefore(told) : codeAfter(told);
  const when = phase === "waiting" ? "before anything was sent" : "after the request may have left";
  return new ProviderError(code, `${call}: ${told} ${when}`, {
    certain,
    ...(isCallEnd(reason) ? {} : { cause: safeCause(told) }),
  });
}

function codeBefore(told: string): FailureCode {
  if (told === "aborted" || closedCodes.has(told)) return "interrupted";
  return ourFaults.has(told) ? "bad-request" : "unreachable";
}

function codeAfter(told: string): FailureCode {
  if (told === "aborted" || closedCodes.has(told)) return "interrupted";
  return replyCodes.has(told) ? "bad-reply" : "no-answer";
}

function isCallEnd(reason: unknown): reason is CallEnd {
  return reason === "timeout" || reason === "aborted";
}

/** The innermost code of an error: `ECONNREFUSED`, `CERT_HAS_EXPIRED`, `UND_ERR_SOCKET`. */
function codeOf(error: unknown, depth = 0): string {
  if (!(error instanceof Error)) return "UNKNOWN";
  const inner = depth < 4 && error.cause !== undefined ? codeOf(error.cause, depth + 1) : "UNKNOWN";
  if (inner !== "UNKNOWN") return inner;
  // undici gives its parser's errors no code; an end where none may be is a cut connection.
  if (error.name === "HTTPParserError") return /EOF/.test(error.message) ? "UNEXPECTED_END" : notHttp;
  const code: unknown = "code" in error ? error.code : undefined;
  return typeof code === "string" && /^[A-Z0-9_]{1,60}$/.test(code) ? code : "UNKNOWN";
}

function safeCause(code: string): Error {
  const cause = Object.assign(new Error(code), { code });
  // Its stack would be that of this function.
  cause.stack = `Error: ${code}`;
  return cause;
}

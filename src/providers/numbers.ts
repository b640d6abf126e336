import { type Line, type Peer, toNational } from "../core/model/phone.ts";
import { ProviderError } from "../core/ports/provider-error.ts";

/** `982164063188` for `+982164063188`; a service line as it is. */
export function toPanelLine(line: Line): string {
  return requireDigits(line.replace(/^\+/, ""), "bad-line");
}

/** `09121234567`, as panels write a receiver in their manuals and samples. */
export function toPanelReceiver(peer: Peer): string {
  return requireDigits(toNational(peer), "bad-recipient");
}

/**
 * Receivers that may share a call. The manuals know Iranian mobiles alone; any other number a panel may leave out of what it takes,
 * and of a call with fewer ids than receivers nobody knows whose they are.
 */
export function isIranianMobile(peer: Peer): boolean {
  return /^\+989\d{9}$/.test(peer);
}

/** Panels join receivers by a comma, so a name with one in it would be two of them. */
function requireDigits(number: string, code: "bad-line" | "bad-recipient"): string {
  if (/^\d+$/.test(number)) return number;
  throw new ProviderError(code, "the panel takes numbers of digits only", { certain: true });
}

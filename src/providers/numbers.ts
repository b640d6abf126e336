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

/** Panels join receivers by a comma, so a name with one in it would be two of them. */
function requireDigits(number: string, code: "bad-line" | "bad-recipient"): string {
  if (/^\d+$/.test(number)) return number;
  throw new ProviderError(code, "the panel takes numbers of digits only", { certain: true });
}

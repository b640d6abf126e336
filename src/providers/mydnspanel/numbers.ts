import { foldNumber, type Line, type Peer } from "../../core/model/phone.ts";
import { ProviderError } from "../../core/ports/provider-error.ts";

const mobile = /^\+98(9\d{9})$/;

/** `9121234567` of an Iranian mobile in any spelling; `undefined` for any other number. */
export function findTenDigits(written: string): string | undefined {
  return mobile.exec(foldNumber(written))?.[1];
}

/** The manual knows receivers such as `9120000000` alone, and an unknown number would be one the panel guesses at. */
export function requireTenDigits(peer: Peer): string {
  const digits = findTenDigits(peer);
  if (digits !== undefined) return digits;
  throw new ProviderError("bad-recipient", "mydnspanel sends to Iranian mobiles only", { certain: true });
}

/** `982164063188` for `+982164063188`; a service line as it is. */
export function toFrom(line: Line): string {
  const digits = line.replace(/^\+/, "");
  if (/^\d+$/.test(digits)) return digits;
  throw new ProviderError("bad-line", "mydnspanel takes lines of digits only", { certain: true });
}

import { foldNumber, type Peer } from "../../core/model/phone.ts";
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

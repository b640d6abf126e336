import { createHash, createHmac, timingSafeEqual } from "node:crypto";

/** Compares in a time that tells nothing about either side, their lengths included. */
export function isSameSecret(given: string, expected: string): boolean {
  return timingSafeEqual(digest(given), digest(expected));
}

/** A secret made from the bot token for one purpose: the same after every restart, and nothing that leads back to the token. */
export function deriveSecret(token: string, purpose: string): string {
  return createHmac("sha256", token).update(`chapar ${purpose}`).digest("base64url");
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

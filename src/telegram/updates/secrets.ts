import { createHmac } from "node:crypto";

/** A secret made from the bot token for one purpose: the same after every restart, and nothing that leads back to the token. */
export function deriveSecret(token: string, purpose: string): string {
  return createHmac("sha256", token).update(`chapar ${purpose}`).digest("base64url");
}

import { createHash } from "node:crypto";

/** The name of a desk in the configuration. */
export type DeskId = string;
/** The name of a provider in the configuration (not its kind). */
export type ProviderId = string;
/** The key of a message record. Opaque; at most 43 characters of `A-Za-z0-9_-`. */
export type MessageId = string;

/**
 * A short, stable key made from parts that come from outside.
 * Every part is written with its length, so that `("ab", "c")` and `("a", "bc")` differ.
 */
export function hashKey(...parts: readonly string[]): MessageId {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(`${Buffer.byteLength(part)}:${part}`);
  return hash.digest("base64url").slice(0, 24);
}

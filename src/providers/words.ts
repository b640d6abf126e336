import { cleanText } from "../core/model/text.ts";
import { createRedactor } from "../support/redact.ts";

const longestVendorText = 200;

/** A panel's own words, fit to be kept and shown. */
export type Words = (written: string) => string;

/**
 * Takes the account's secrets out of a panel's words, for it may repeat what it was sent, and leaves one short line of them. The
 * redactor of logs leaves short words alone; here they are hidden too, so it is for the panel's words only: a user called `1`
 * must not make another number of a code.
 */
export function createWords(secrets: readonly string[]): Words {
  const redactor = createRedactor(secrets, { shortest: 1 });
  return (written) => shorten(redactor.text(written));
}

/** One line, not long. Secrets are to be taken out before, for it may cut through one. */
export function shorten(words: string): string {
  const line = cleanText(words).replace(/\s+/g, " ").trim();
  return line.length > longestVendorText ? `${line.slice(0, longestVendorText)}…` : line;
}

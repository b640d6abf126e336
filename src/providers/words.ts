import { cleanText } from "../core/model/text.ts";
import { createRedactor } from "../support/redact.ts";

const longestVendorText = 200;

/** A panel's own words, fit to be kept and shown. */
export type Words = (written: string) => string;

/**
 * Takes the account's secrets out of a panel's words, for it may repeat what it was sent, and leaves one short line of them.
 * The redactor leaves short words alone; here they are hidden too.
 */
export function createWords(secrets: readonly string[]): Words {
  const hidden = secrets.filter((secret) => secret !== "");
  const redactor = createRedactor(hidden);
  return (written) => {
    const known = hidden.reduce((words, secret) => words.replaceAll(secret, "***"), redactor.text(written));
    return shorten(known);
  };
}

/** One line, not long. Secrets are to be taken out before, for it may cut through one. */
export function shorten(words: string): string {
  const line = cleanText(words).replace(/\s+/g, " ").trim();
  return line.length > longestVendorText ? `${line.slice(0, longestVendorText)}…` : line;
}

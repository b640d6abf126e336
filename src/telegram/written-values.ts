import { cleanText } from "../core/model/text.ts";

// The quotation marks of every keyboard in use here. Persian ones write «…», phones like to make “…” or ”…” of "…".
const quotes = [`"([^"]*)"`, "«([^»]*)»", "[“”„]([^“”„]*)[“”]"].join("|");
const whole = new RegExp(`^(?:${quotes})$`);
const words = new RegExp(`(?:${quotes}|(\\S+))(?=\\s|$)`, "g");

/** A value as people write it, for use in a larger form: in quotation marks, or one word. Has a group of its own. */
export const valueForm = `(${quotes.replaceAll("(", "(?:")}|\\S+)(?=\\s|$)`;

/**
 * Reads values in a row: one a line where the text has several lines or begins with a line of its own, else one a word, and
 * what has spaces stands in quotation marks. Empty ones are none. `undefined`: a quotation mark is not closed, so nobody can
 * tell where its value ends.
 */
export function readValues(text: string): string[] | undefined {
  if (text.trimEnd().includes("\n")) return text.split("\n").map(unquoted).filter(Boolean);
  const values: string[] = [];
  for (const [, straight, angled, curly, bare] of text.matchAll(words)) {
    if (bare !== undefined && opensQuote(bare)) return undefined;
    values.push(cleanText(straight ?? angled ?? curly ?? bare ?? "").trim());
  }
  return values.filter(Boolean);
}

/** A value without the quotation marks around it, clean. */
export function unquoted(text: string): string {
  const trimmed = text.trim();
  const [, straight, angled, curly] = whole.exec(trimmed) ?? [];
  return cleanText(straight ?? angled ?? curly ?? trimmed).trim();
}

export function opensQuote(word: string): boolean {
  return /^["«“”„]/.test(word);
}

/** Spells a value so that `readValues` reads it as one word again. */
export function quoted(value: string): string {
  return /\s/.test(value) || opensQuote(value) ? `"${value.replaceAll('"', "'")}"` : value;
}

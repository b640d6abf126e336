import { toAsciiDigits } from "./text.ts";

/** What a customer asks for with one word. */
export interface OptOutWord {
  readonly wants: "out" | "back";
  /** A number alone, which may as well be the answer to a question. */
  readonly isBare: boolean;
}

// The regulator has every advertisement end in «لغو۱۱», and customers send all of it, a half of it, or what they know from abroad.
const words: ReadonlyMap<string, OptOutWord["wants"]> = new Map([
  ["لغو", "out"],
  ["لغو11", "out"],
  ["11لغو", "out"],
  ["stop", "out"],
  ["شروع", "back"],
  ["start", "back"],
]);
const numbers: ReadonlyMap<string, OptOutWord["wants"]> = new Map([
  ["11", "out"],
  ["12", "back"],
]);

/** No word is written so long, whatever stands between its letters. */
const longest = 40;
const invisible = /[\p{Cf}\p{M}\u0640]/gu;
const between = /[\s.,،!'"«»“”‘’()_-]/gu;
const around = /^[\s.!'"«»“”‘’()]+|[\s.!'"«»“”‘’()]+$/gu;

/**
 * Reads an SMS that is nothing but such a word: with any digits, forms of Arabic letters, spaces and dots. A number counts only in
 * one piece: `1.1` is none. A question mark makes a question of it.
 */
export function parseOptOutWord(text: string): OptOutWord | undefined {
  if (text.length > longest) return undefined;
  const plain = toAsciiDigits(text.normalize("NFKC")).replace(invisible, "").toLowerCase();
  const number = numbers.get(plain.replace(around, ""));
  if (number) return { wants: number, isBare: true };
  const compact = plain.replace(between, "");
  const wants = /^\d+$/.test(compact) ? undefined : words.get(compact);
  return wants && { wants, isBare: false };
}

/** What came of such an SMS: it took effect, or it was so already; a bare number out of the blue asks the operators. */
export type WordEffect = "opted-out" | "returned" | "asks";

/** It took effect by itself, and so waits for no person. */
export function isSeenTo(word: WordEffect | undefined): boolean {
  return word === "opted-out" || word === "returned";
}

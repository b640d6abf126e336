import { countSegments, isGsmChar, toAsciiDigits } from "./text.ts";

/** A spelling of a text that reads the same and leaves in fewer parts. */
export interface CheaperSpelling {
  readonly text: string;
  readonly parts: number;
  /** The characters that alone kept a Latin text out of GSM-7, each once, in their order. Empty where it is only longer than it need be. */
  readonly because: readonly string[];
}

/** What stands in GSM-7 for a sign that is not in it. No letter is among them: those have no other spelling. */
const gsmSpellings: readonly (readonly [RegExp, string])[] = [
  [/[\u2018-\u201b\u2032\u2035\u2039\u203a`\u00b4]/g, "'"],
  [/[\u201c-\u201f\u2033\u2036\u00ab\u00bb]/g, '"'],
  [/[\u2010-\u2015\u2212\u2022\u00b7]/g, "-"],
  [/\u2026/g, "..."],
  [/[\u060c\u066c]/g, ","],
  [/\u061b/g, ";"],
  [/\u061f/g, "?"],
  [/\u066a/g, "%"],
  [/\u066b/g, "."],
  // What joins letters and turns the direction has nothing to do in a Latin text.
  [/[\u200c\u200d\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/g, ""],
];

const spaces = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\t]/g;
const invisible = /[\u00ad\u200b\u2060\ufeff]/g;
/** Zero-width non-joiners that keep nothing apart: a second one, and one at the end of a word. */
const idleJoiners = /\u200c+(?=\u200c|[\s.,:;!?\u060c\u061b\u061f]|$)|(?<=^|\s)\u200c+/g;
/** Letters that Arabic has and Persian has not: where one stands, ي and ك are at home. */
const arabicOnly = /[\u0629\u0649\u0625]/;

/**
 * The cheapest spelling of a text that reads the same, or `undefined` where it would save no part. Of two that cost the same, the one
 * that changes less. Nobody's text is changed by this: it is what a person may choose.
 *
 * In a Latin text one sign outside GSM-7 (a curly quote, a no-break space, a dash, a Persian digit) leaves 70 characters of a part's
 * 160. A Persian text is UCS-2 whatever it is written with, so only what is longer than it need be costs there: double spaces,
 * invisible signs, a letter that is written as two. The Arabic ي and ك cost what ی and ک cost; they are written the Persian way beside
 * the rest, so that the receiver's phone searches and shows one spelling, and never for their own sake.
 */
export function cheaperSpelling(text: string): CheaperSpelling | undefined {
  let best = { text, parts: countSegments(text).parts };
  if (best.parts === 1) return undefined;
  const isBetter = (spelled: string) => countSegments(spelled).parts < best.parts;
  for (const spelled of [inGsm(text), tidy(text), inGsm(tidy(text))]) {
    if (isBetter(spelled)) best = { text: spelled, parts: countSegments(spelled).parts };
  }
  if (best.text === text) return undefined;
  const isGsmNow = countSegments(best.text).encoding === "gsm7";
  return { ...best, because: isGsmNow ? [...new Set(text)].filter((char) => !isGsmChar(char)) : [] };
}

/** As GSM-7 has it; where that is not all of it, nothing is gained, and it stays as it is. */
function inGsm(text: string): string {
  const plain = toAsciiDigits(text.normalize("NFC").replace(spaces, " ").replace(invisible, ""));
  const spelled = gsmSpellings.reduce((before, [sign, spelling]) => before.replace(sign, spelling), plain);
  return [...spelled].every(isGsmChar) ? spelled : text;
}

function tidy(text: string): string {
  const composed = text.normalize("NFC").replace(spaces, " ").replace(invisible, "").replace(idleJoiners, "");
  const single = composed
    .replace(/ {2,}/g, " ")
    .replace(/ ?\n ?/g, "\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
  return arabicOnly.test(single) ? single : single.replaceAll("\u064a", "\u06cc").replaceAll("\u0643", "\u06a9");
}

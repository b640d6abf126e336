import { cleanText, toAsciiDigits } from "./text.ts";

const longestName = 64;

/** What a person called a customer, as it is kept: one line, nothing that turns the text around it. Of nothing, and of a dash, no name. */
export function cleanName(written: string): string | undefined {
  // The joiners belong to Persian spelling; every other format character shows nothing.
  const line = cleanText(written)
    .replace(/(?![\u200c\u200d])\p{Cf}/gu, "")
    .replace(/\s+/g, " ")
    .trim();
  const name = [...line].slice(0, longestName).join("").trim();
  return /^[-–—\u200c\u200d]*$/.test(name) ? undefined : name;
}

/** Arabic yeh, kaf, teh marbuta and the forms of alef and waw, and the Persian letter that is meant. */
const letters: Readonly<Record<string, string>> = {
  "\u064a": "\u06cc",
  "\u0649": "\u06cc",
  "\u0626": "\u06cc",
  "\u0643": "\u06a9",
  "\u0629": "\u0647",
  "\u06c0": "\u0647",
  "\u0624": "\u0648",
  "\u0623": "\u0627",
  "\u0625": "\u0627",
  "\u0622": "\u0627",
  "\u0671": "\u0627",
};
const otherLetters = new RegExp(`[${Object.keys(letters).join("")}]`, "g");

/**
 * For comparing names only: the letters that Persian keyboards write in two ways are one, and so are digits and cases; marks
 * and every kind of space are gone, since a name of two words is written as two, as one, or with a half-space.
 */
export function foldName(written: string): string {
  return toAsciiDigits(written)
    .normalize("NFKC")
    .replace(otherLetters, (letter) => letters[letter] ?? letter)
    .normalize("NFD")
    .replace(/[\p{M}\p{Cf}\u0640\s]/gu, "")
    .toLowerCase();
}

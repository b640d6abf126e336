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

const letters: Readonly<Record<string, string>> = {
  ي: "ی",
  ى: "ی",
  ئ: "ی",
  ك: "ک",
  ة: "ه",
  ۀ: "ه",
  ؤ: "و",
  أ: "ا",
  إ: "ا",
  آ: "ا",
  ٱ: "ا",
};

/**
 * For comparing names only: the letters that Persian keyboards write in two ways are one, and so are digits and cases; marks
 * and every kind of space are gone, since «علی‌رضا», «علی رضا» and «علیرضا» are one name.
 */
export function foldName(written: string): string {
  return toAsciiDigits(written)
    .normalize("NFKC")
    .replace(/[يىئكةۀؤأإآٱ]/g, (letter) => letters[letter] ?? letter)
    .normalize("NFD")
    .replace(/[\p{M}\p{Cf}\u0640\s]/gu, "")
    .toLowerCase();
}

import type { Language } from "../types.ts";

// The one place that owns direction marks. In right-to-left text a number with spaces, a `+` or a foreign word jumps to
// the wrong side; an isolate keeps it together. Marks stand around such a value, never in it, so a value that is copied
// (a `code` entity covers exactly the value) carries none.

const firstStrongIsolate = "\u2068";
const popIsolate = "\u2069";
const rightToLeftMark = "\u200f";
const foreignIn: Readonly<Record<Language, RegExp>> = {
  fa: /[A-Za-z0-9+/]/,
  en: /[\p{Script=Arabic}\p{Script=Hebrew}]/u,
};

/**
 * Wraps a value where it would turn the text around it: in right-to-left text anything with Latin letters or ASCII digits, in
 * left-to-right text a Persian name, which would take a number that follows to its other side.
 */
export function isolate(value: string, language: Language): string {
  return foreignIn[language].test(value) ? `${firstStrongIsolate}${value}${popIsolate}` : value;
}

/** Makes a whole text right-to-left for a reader that would take it for the other way, such as one that draws pictures. */
export function rightToLeft(text: string): string {
  return `${rightToLeftMark}${text}`;
}

/** Takes away every mark that changes direction and shows nothing. */
export function withoutDirection(text: string): string {
  return text.replace(/[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/g, "");
}

import { RE2JS } from "re2js";
import { toAsciiDigits } from "./text.ts";

/** Tells whether a text is meant. */
export type TextPattern = (text: string) => boolean;

export const longestPattern = 200;
/** A pattern looks no further into an SMS than this. */
const longestLooked = 2000;
/** Steps of an expression that is compiled: what is wider would take long over each SMS. */
const mostSteps = 1000;

/**
 * Reads a pattern of a rule: words, which must stand in the text as they are, or between slashes a regular expression (RE2: it
 * takes time in proportion to the text, whatever it is). Neither looks at capitals, at which keyboard wrote the Persian letters and
 * digits, nor at half-spaces. Throws `SyntaxError` where the expression cannot be read, or is too wide.
 */
export function parseTextPattern(written: string): TextPattern {
  const expression = /^\/(.+)\/$/su.exec(written.trim())?.[1];
  if (expression === undefined) {
    const words = folded(written).replace(/\s+/g, " ").trim().toLowerCase();
    return (text) => looked(text).replace(/\s+/g, " ").toLowerCase().includes(words);
  }
  const compiled = compile(folded(expression));
  return (text) => compiled.matcher(looked(text)).find();
}

function compile(expression: string): RE2JS {
  let compiled: RE2JS;
  try {
    compiled = RE2JS.compile(expression, RE2JS.CASE_INSENSITIVE);
  } catch (error) {
    throw new SyntaxError("not a regular expression of RE2", { cause: error });
  }
  if (compiled.programSize() > mostSteps) throw new SyntaxError("too wide a regular expression");
  return compiled;
}

function looked(text: string): string {
  return folded(text.slice(0, longestLooked));
}

/** Persian as one keyboard writes it: SMS come from many. */
function folded(text: string): string {
  return toAsciiDigits(text)
    .replace(/[\u064a\u0649]/g, "\u06cc")
    .replace(/\u0643/g, "\u06a9")
    .replace(/[\u0640\u064b-\u0652\u200b-\u200f]/g, "");
}

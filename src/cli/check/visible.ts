/** Marks of direction count, too: with them a text can look otherwise than it is. */
const hidden = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/** A text of somebody else's for a terminal: what would move its cursor, colour it or turn its direction is spelled out. */
export function visible(text: string): string {
  return text.replace(hidden, (char) => `\\u${(char.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`);
}

/** The same, with its line breaks left as they are. */
export function visibleLines(text: string): readonly string[] {
  return text.split("\n").map(visible);
}

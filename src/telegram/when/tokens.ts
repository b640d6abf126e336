import { toAsciiDigits } from "../../core/model/text.ts";

const letters: Readonly<Record<string, string>> = { ي: "ی", ى: "ی", ك: "ک", ة: "ه", ۀ: "ه", آ: "ا", أ: "ا", إ: "ا" };
const halfSpace = "\u200c";
const form = /\d+(?:[:./-]\d+)*|\p{L}[\p{L}\p{M}'’]*|[^\s]/gu;
const mayFollow = /^[\s,،:;؛.!؟?)]/;

/** A word, a number such as `9`, `18:30` or `1405/09/12`, or a sign. */
export interface Token {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** A half-space stands before it: with the one before it is one word. */
  readonly isJoined: boolean;
}

export interface Written {
  readonly source: string;
  readonly tokens: readonly Token[];
}

/** As it is compared: digits and letters in one form, small. Every character keeps its place. */
export function fold(text: string): string {
  return toAsciiDigits(text)
    .replace(/[A-Z]/g, (letter) => letter.toLowerCase())
    .replace(/[يىكةۀآأإ]/g, (letter) => letters[letter] ?? letter);
}

export function tokensOf(source: string): Written {
  const text = fold(source).replaceAll(halfSpace, " ");
  const tokens = [...text.matchAll(form)].map((match): Token => {
    const start = match.index;
    return { text: match[0], start, end: start + match[0].length, isJoined: source[start - 1] === halfSpace };
  });
  return { source, tokens };
}

/** Something that was read, and the place of the token behind it. */
export interface Found<T> {
  readonly value: T;
  readonly next: number;
}

/** The longest phrase of a table that stands here. */
export function phraseAt<T>({ tokens }: Written, at: number, table: ReadonlyMap<string, T>): Found<T> | undefined {
  for (let count = 4; count > 0; count -= 1) {
    const words = tokens.slice(at, at + count);
    if (words.length < count) continue;
    const value = table.get(words.map(({ text }) => text).join(" "));
    if (value !== undefined) return { value, next: at + count };
  }
  return undefined;
}

/** The same where a whole word ends behind it; a Persian «ی» that binds it to what follows belongs to it. */
export function wholePhraseAt<T>(written: Written, at: number, table: ReadonlyMap<string, T>): Found<T> | undefined {
  const found = phraseAt(written, at, table);
  return found && whole(written, found);
}

export function whole<T>(written: Written, found: Found<T>): Found<T> | undefined {
  const { tokens, source } = written;
  const binds = tokens[found.next]?.text === "ی" && tokens[found.next]?.isJoined;
  const next = binds ? found.next + 1 : found.next;
  const end = tokens[next - 1]?.end ?? 0;
  return end === source.length || mayFollow.test(source.slice(end)) ? { ...found, next } : undefined;
}

export function isWord({ tokens }: Written, at: number, ...words: readonly string[]): boolean {
  return words.some((word) => fold(word) === tokens[at]?.text);
}

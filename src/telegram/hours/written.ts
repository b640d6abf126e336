import { fold, tokensOf } from "../when/tokens.ts";

/** What a setting means, or what is wrong with it, in words that follow its name in a configuration. */
export type Read<T> = { readonly value: T } | { readonly problem: string };

const half = "\u200c";

/** Digits and letters in one form, half-spaces as spaces. */
export function plain(written: string): string {
  return fold(written).replaceAll(half, " ").trim();
}

/** What stands beside each other: `a, b`, «الف و ب». */
export function itemsOf(written: string): string[] {
  return plain(written)
    .split(/\s*[,،;؛]\s*|\s+(?:و|and)\s+/)
    .filter((item) => item !== "");
}

/** The two ends of a range, `a-b`, `a to b`, «الف تا ب»; of a single thing, that alone. */
export function endsOf(written: string): string[] {
  return written.split(/\s+(?:تا|الی|to)\s+|\s*[-–—]\s*/);
}

/** A phrase of one of the tables of words; with its half-space left out, too. */
export function phraseOf<T>(written: string, table: ReadonlyMap<string, T>): T | undefined {
  const words = tokensOf(written).tokens.map(({ text }) => text);
  return table.get(words.join(" ")) ?? table.get(words.join(""));
}

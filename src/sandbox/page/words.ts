import { readFileSync } from "node:fs";
import { z } from "zod";

export const pageLanguages = ["fa", "en"] as const;
export type PageLanguage = (typeof pageLanguages)[number];

/** Every sentence of the page in one language, by its key. */
export type PageWords = Readonly<Record<string, string>>;

const wordsShape = z.record(z.string(), z.string().min(1));

export function readWords(language: PageLanguage): PageWords {
  return wordsShape.parse(JSON.parse(readFileSync(new URL(`./locales/${language}.json`, import.meta.url), "utf8")));
}

import { readFileSync } from "node:fs";
import { FluentBundle, FluentResource } from "@fluent/bundle";
import { isolate } from "./direction.ts";
import type { Language } from "./types.ts";

/** Values for the variables of a sentence. A number is written in the digits of the language; a string stays as it is. */
export type Facts = Readonly<Record<string, string | number>>;

/** The sentences of one language, read from `locales/<language>.ftl`. */
export interface Phrases {
  readonly language: Language;
  /** A sentence by its key. A key that does not exist gives the key itself: a missing word must never stop a message. */
  say(key: string, facts?: Facts): string;
  has(key: string): boolean;
}

export const languages: readonly Language[] = ["fa", "en"];

/** Reads the sentences of a language from disk; throws when the file is missing or cannot be read as Fluent. */
export function openPhrases(language: Language): Phrases {
  const toShown = language === "fa" ? isolate : (value: string) => value;
  // Fluent's own isolation would also wrap Persian counts and words, which need none.
  const bundle = new FluentBundle(language, {
    useIsolating: false,
    functions: { LTR: ([text]) => toShown(typeof text === "string" ? text : String(text?.valueOf())) },
  });
  const source = readFileSync(new URL(`./locales/${language}.ftl`, import.meta.url), "utf8");
  const problems = bundle.addResource(new FluentResource(source));
  if (problems.length > 0) throw new AggregateError(problems, `locales/${language}.ftl could not be read`);

  function say(key: string, facts: Facts = {}): string {
    const pattern = bundle.getMessage(key)?.value;
    if (!pattern) return key;
    const shown = Object.entries(facts).map(([name, value]) => [
      name,
      typeof value === "string" ? toShown(value) : value,
    ]);
    const problems: Error[] = [];
    return bundle.formatPattern(pattern, Object.fromEntries(shown), problems);
  }

  return { language, say, has: (key) => bundle.hasMessage(key) };
}

import { readFileSync } from "node:fs";
import { FluentBundle, FluentResource } from "@fluent/bundle";
import type { Language } from "../types.ts";
import { isolate } from "./direction.ts";

/**
 * Values for the variables of a sentence. A number is written in the digits of the language; a string stays as it is; a list
 * is written with the language's comma.
 */
export type Facts = Readonly<Record<string, string | number | readonly string[]>>;

/** The sentences of one language, read from `locales/<language>.ftl`. */
export interface Phrases {
  readonly language: Language;
  /** A sentence by its key. A key that does not exist gives the key itself: a missing word must never stop a message. */
  say(key: string, facts?: Facts): string;
  has(key: string): boolean;
}

/** The sentences with what else words need: moments, spelled for the readers of a desk. */
export interface Words extends Phrases, Times {}

/** Moments for people, from epoch milliseconds. */
export interface Times {
  /** The year is told where it is another one than that of `seenAt`. */
  spellTime(at: number, seenAt?: number): string;
  /** With the day of the week, and the year where it is another one than that of `seenAt`. */
  spellDay(at: number, seenAt: number): string;
  /** A moment that comes soon, as people say it: `tomorrow at 9:00`. */
  spellNext(at: number, now: number): string;
  /** Times that come to mind for what is not to leave now. */
  suggestTimes(now: number): readonly number[];
  /** The day is told where it is another one than that of `beside`. */
  spellClock(at: number, beside: number): string;
  /** The day of the month with its month, and the day of the week. */
  spellDate(at: number): string;
  spellWeekday(at: number): string;
}

export const languages: readonly Language[] = ["fa", "en"];

export function commaOf(language: Language): string {
  return language === "fa" ? "، " : ", ";
}

/** Reads the sentences of a language from disk; throws when the file is missing or cannot be read as Fluent. */
export function openPhrases(language: Language): Phrases {
  const toShown = (value: string) => isolate(value, language);
  // Fluent's own isolation would also wrap Persian counts and words, which need none.
  const bundle = new FluentBundle(language, {
    useIsolating: false,
    functions: { LTR: ([text]) => toShown(typeof text === "string" ? text : String(text?.valueOf())) },
  });
  const source = readFileSync(new URL(`./locales/${language}.ftl`, import.meta.url), "utf8");
  const problems = bundle.addResource(new FluentResource(source));
  if (problems.length > 0) throw new AggregateError(problems, `locales/${language}.ftl could not be read`);

  // Each item of a list on its own: as one piece, Latin names would stand in the order of Latin text.
  function spell(value: Facts[string]): string | number {
    if (typeof value === "number") return value;
    return typeof value === "string" ? toShown(value) : value.map(toShown).join(commaOf(language));
  }

  function say(key: string, facts: Facts = {}): string {
    const pattern = bundle.getMessage(key)?.value;
    if (!pattern) return key;
    const shown = Object.entries(facts).map(([name, value]) => [name, spell(value)]);
    const problems: Error[] = [];
    return bundle.formatPattern(pattern, Object.fromEntries(shown), problems);
  }

  return { language, say, has: (key) => bundle.hasMessage(key) };
}

import type en from "../locales/en.json";

export type Word = keyof typeof en;

// The words of the page's language, which the server put on the page.
const { lang, dataset } = document.documentElement;
const words: Readonly<Partial<Record<Word, string>>> = JSON.parse(dataset.words ?? "{}");

/** The sentence with this key, `{name}` filled in. Numbers are isolated, so that they stand whole in a line from right to left. */
export function say(key: Word, values: Readonly<Record<string, string>> = {}): string {
  const sentence = words[key] ?? key;
  return sentence.replace(/\{(\w+)\}/g, (whole: string, name: string) => {
    const value = values[name];
    return value === undefined ? whole : `\u2068${value}\u2069`;
  });
}

/** A number as people write it, whole and from left to right in any line: `0912 123 4567`, `021 6406 3188`. */
export function spellNumber(number: string): string {
  const home = number.replace(/^98(?=\d{10}$)/, "0");
  const spelled = home.startsWith("09")
    ? home.replace(/^(\d{4})(\d{3})(\d{4})$/, "$1 $2 $3")
    : home.replace(/^(0[1-8]\d)(\d{4})(\d{4})$/, "$1 $2 $3");
  return `\u2066${spelled.replaceAll(" ", "\u00a0")}\u2069`;
}

// The clock of the bridge and of the panels, so that a time in a post and the one under it are the same.
const time = { timeZone: "Asia/Tehran", hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
const clock = new Intl.DateTimeFormat(lang === "fa" ? "fa-IR" : "en-GB", time);
const exactClock = new Intl.DateTimeFormat("en-GB", { ...time, second: "2-digit" });

export const spellTime = (epochMs: number): string => clock.format(epochMs);
export const spellExactTime = (epochMs: number): string => exactClock.format(epochMs);
export const spellCount = (count: number): string => count.toLocaleString(lang);

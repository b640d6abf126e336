import type { BridgeConfig } from "./bridge-config.ts";
import type { HoursChoice } from "./choice.ts";
import type { Language } from "./language.ts";
import { hourIn } from "./tehran.ts";
import type { User } from "./telegram/types.ts";

const reminderSeconds = [120, 300, 600];

const sharedTopic: Readonly<Record<Language, string>> = { fa: "تبلیغات و کدها", en: "Promo and codes" };

const away: Readonly<Record<Language, string>> = {
  fa: "سلام! الان بسته‌ایم. {opens} جواب می‌دهیم.",
  en: "Hello! We are closed now and will answer {opens}.",
};

export interface Play {
  readonly operators: readonly User[];
  readonly language: Language;
  readonly hours: HoursChoice;
  /** Epoch milliseconds. */
  readonly now: number;
  /** `HH:MM` in Tehran. */
  readonly digestAt: string;
}

/**
 * The same with what somebody who looks around would otherwise wait hours for: reminders within minutes, codes that are hidden
 * soon in the topic that service lines share, the first operator as the chief, a digest soon, and a desk that is closed, or lines that keep quiet, for as long as it is chosen.
 */
export function forPlay(config: BridgeConfig, { operators, language, hours, now, digestAt }: Play) {
  const chiefs = operators.slice(0, 1).map(({ id }) => id);
  const hour = hourIn(now);
  const spanOf = (from: number, to: number) => `${(hour + from) % 24}-${(hour + to) % 24}`;
  const closed = hours === "closed" && { hours: { "sat-fri": spanOf(12, 13) }, away: away[language] };
  const quiet = hours === "quiet" && { quiet: spanOf(0, 6) };
  const rule = { sender: "not-mobile", topic: sharedTopic[language], silent: true, maskCodesAfterSeconds: 120 };
  return {
    ...config,
    lines: mapValues(config.lines, (line) => ({ ...line, ...quiet })),
    desks: mapValues(config.desks, (desk) => ({
      ...desk,
      chiefs,
      reminderSeconds,
      digestAt,
      rules: [rule],
      ...closed,
    })),
  };
}

function mapValues<From, To>(from: Readonly<Record<string, From>>, to: (value: From) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(from).map(([key, value]) => [key, to(value)]));
}

import type { Texts } from "../types.ts";

type Say = Pick<Texts, "say">;

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/** Roughly, as people say it: `10 minutes`, `2 hours`, `3 days`. */
export function spellDuration(texts: Say, ms: number): string {
  const minutes = Math.max(1, Math.floor(ms / (1000 * minute)));
  if (minutes < 120) return texts.say("duration-minutes", { count: minutes });
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return texts.say("duration-hours", { count: hours });
  return texts.say("duration-days", { count: Math.floor(hours / 24) });
}

/** The same, to the second where it was just now. */
export function spellAgo(texts: Say, ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1000));
  return seconds < 120 ? texts.say("duration-seconds", { count: seconds }) : spellDuration(texts, ms);
}

/** In the largest unit that does it exactly: `90 minutes`. */
export function spellExactly(texts: Say, seconds: number): string {
  const units = [
    ["days", day],
    ["hours", hour],
    ["minutes", minute],
  ] as const;
  const [unit, length] = units.find(([, each]) => seconds >= each && seconds % each === 0) ?? ["seconds", 1];
  return texts.say(`duration-${unit}`, { count: seconds / length });
}

/** Whole days. */
export function spellDays(texts: Say, days: number): string {
  return texts.say("duration-days", { count: Math.floor(days) });
}

import { tooManyRequests } from "./errors.ts";

/** Telegram publishes no exact numbers; these are those of its FAQ. */
export interface FloodLimits {
  /** Messages a minute into one group, all of its topics together. Default 20. */
  readonly groupPerMinute?: number;
  /** Edits of messages a minute in one group, counted apart. Default: as `groupPerMinute`. */
  readonly editsPerMinute?: number;
  /** Messages a second into one private chat. Default 1. */
  readonly privatePerSecond?: number;
  /** Messages a second into all chats. Default 30. */
  readonly globalPerSecond?: number;
  /** How many times faster than life the minutes and seconds above pass. Default 1. */
  readonly timeScale?: number;
}

export interface Limits {
  /** `undefined` switches them off. What was counted before is forgotten. */
  set(limits: FloodLimits | undefined): void;
  /** Counts a call, or throws 429. */
  spend(what: { method: string; chatId: number; isPrivate: boolean }, now: number): void;
  /** How often 429 was answered. */
  readonly refusals: number;
}

export function createLimits(): Limits {
  let limits: FloodLimits | undefined;
  let refusals = 0;
  const spent = new Map<string, number[]>();

  /** Spends of one budget that still count, oldest first. */
  function recent(key: string, windowMs: number, now: number): number[] {
    const times = spent.get(key) ?? [];
    while ((times[0] ?? now) <= now - windowMs) times.shift();
    spent.set(key, times);
    return times;
  }

  return {
    get refusals() {
      return refusals;
    },
    set(next) {
      limits = next;
      spent.clear();
    },
    spend({ method, chatId, isPrivate }, now) {
      const kind = countedAs(method);
      if (!limits || kind === undefined) return;
      const scale = limits.timeScale ?? 1;
      const perGroup = limits.groupPerMinute ?? 20;
      const budgets = [{ key: "all", most: limits.globalPerSecond ?? 30, windowMs: 1000 / scale }];
      if (isPrivate) {
        if (kind === "message") {
          budgets.push({ key: `${chatId}`, most: limits.privatePerSecond ?? 1, windowMs: 1000 / scale });
        }
      } else {
        const most = kind === "edit" ? (limits.editsPerMinute ?? perGroup) : perGroup;
        budgets.push({ key: `${kind}:${chatId}`, most, windowMs: 60_000 / scale });
      }
      const counted = budgets.map((budget) => ({ ...budget, times: recent(budget.key, budget.windowMs, now) }));
      const waits = counted.map(({ times, most, windowMs }) =>
        times.length < most ? 0 : (times[times.length - most] ?? now) + windowMs - now,
      );
      const wait = Math.max(...waits);
      if (wait > 0) {
        refusals += 1;
        throw tooManyRequests(Math.max(1, Math.ceil(wait / 1000)));
      }
      for (const { times } of counted) times.push(now);
    },
  };
}

/** Service messages of topics and pins stand in the group too, so they count as messages. */
function countedAs(method: string): "message" | "edit" | undefined {
  if (method === "sendChatAction" || method === "sendMessageDraft") return undefined;
  if (/^(send|forward|copy)/.test(method) || method === "createForumTopic" || method === "pinChatMessage") {
    return "message";
  }
  return /^editMessage/.test(method) ? "edit" : undefined;
}

import type { Clock } from "../../core/ports/clock.ts";

/** A conflict or two come with every restart that overlaps the run before. */
const mostByChance = 2;
const spanMs = 5 * 60_000;
const quietMs = 10 * 60_000;

/** Notices that somebody else reads our bot's updates: what that program reads never comes here. */
export interface RivalWatch {
  /** Telegram has ended a poll of ours for the sake of another one. */
  conflict(): void;
  /** A poll of ours was answered. */
  answered(): void;
}

export function createRivalWatch(deps: {
  clock: Clock;
  /** `is-there`: again and again, so it is no restart; `is-gone`: not for ten minutes. */
  tell: (news: "is-there" | "is-gone") => void;
}): RivalWatch {
  const { clock, tell } = deps;
  let conflicts: number[] = [];
  let isThere = false;

  return {
    conflict() {
      const now = clock.now();
      conflicts = [...conflicts.filter((at) => at > now - spanMs), now].slice(-1 - mostByChance);
      if (isThere || conflicts.length <= mostByChance) return;
      isThere = true;
      tell("is-there");
    },
    answered() {
      const last = conflicts.at(-1);
      if (!isThere || last === undefined || clock.now() - last < quietMs) return;
      isThere = false;
      conflicts = [];
      tell("is-gone");
    },
  };
}

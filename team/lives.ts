import { setTimeout as pause } from "node:timers/promises";
import { type Figure, none, type Span } from "../crash/judge.ts";
import type { Witness } from "../crash/witness.ts";
import type { Life, World } from "../crash/world.ts";
import type { TeamClock } from "./clock.ts";

/** The bridge, one process after the other; one of them lives. */
export interface Lives {
  /** Ends it with `-9`; `isKilled` of its span is true from then on. */
  kill(): Promise<void>;
  start(): void;
  /** Dead for so long, which takes no time. */
  jump(ms: number): Promise<void>;
  listens(): Promise<boolean>;
  /** Asks it to stop, for good. */
  stop(): Promise<void>;
  readonly spans: readonly Span[];
  judge(): Figure;
}

export function createLives(world: World, clock: TeamClock, witness: Witness): Lives {
  const spans: Span[] = [];
  const died: string[] = [];
  let life = begin();

  function begin(): Life {
    spans.push({ name: `life ${spans.length + 1}`, from: performance.now(), isKilled: false });
    const env = { CLOCK_AHEAD_MS: String(clock.aheadMs()) };
    return world.start(undefined, { imports: ["team/clock-ahead.js"], env });
  }

  function start(): void {
    life = begin();
  }

  /** What a dead process has sent may still reach Telegram; it is its own. */
  async function kill(): Promise<void> {
    life.signal("SIGKILL");
    const { signal } = await life.ended;
    if (signal !== "SIGKILL") died.push(life.output().slice(-500));
    const last = spans.at(-1);
    if (last) spans[spans.length - 1] = { ...last, isKilled: true };
    do await pause(100);
    while (performance.now() - witness.lastAt() < 100);
  }

  return {
    kill,
    start,
    async jump(ms) {
      await kill();
      clock.jump(ms);
      start();
    },
    listens: () => life.listens,
    async stop() {
      life.signal("SIGTERM");
      const { code } = await life.ended;
      if (code !== 0) died.push(`exit ${code} in the end`);
    },
    spans,
    judge: () => none("processes that ended by themselves", died, `${spans.length} lives`),
  };
}

import type { ProviderHealth } from "../bridge.ts";
import { createLoop } from "../loop.ts";
import type { DeskId, ProviderId } from "../model/ids.ts";
import type { Inbound } from "../model/message.ts";
import type { Line } from "../model/phone.ts";
import { createRhythm, hourOf, type Rhythm } from "../model/rhythm.ts";
import { pagesOf } from "../pages.ts";
import type { Clock } from "../ports/clock.ts";
import type { Notice } from "../ports/desk.ts";
import type { Log } from "../ports/log.ts";
import type { Records } from "../records.ts";
import type { Registry } from "../registry.ts";
import type { ToldMemory } from "./told.ts";

const dayMs = 86_400_000;
const learnedMs = 15 * dayMs;
const everyMs = 10 * 60_000;
/** No silence is told sooner, nor a silence that we have listened to for less. */
const leastMs = 30 * 60_000;
/** How many times the usual silence is unusual. */
const times = 2;
/** The hours in which people may be told. */
const [wakesAt, sleepsAt] = [8, 22];

/**
 * Tells a desk of a line on which nothing comes although something should, by the line's own rhythm: a webhook that was taken out
 * of the panel makes no error anywhere. Once for each silence, not at night, and not where the panel is known to be down.
 */
export function createSilenceWatch(deps: {
  readonly records: Pick<Records, "inbound">;
  readonly registry: Registry;
  readonly health: { of(provider: ProviderId): Pick<ProviderHealth, "isUp"> };
  readonly told: Pick<ToldMemory, "isFirst" | "has">;
  readonly tellDesk: (desk: DeskId, notice: Notice) => Promise<boolean>;
  readonly clock: Clock;
  readonly log: Log;
}) {
  const { records, registry, health, told, tellDesk, clock, log } = deps;
  const startedAt = clock.now();
  const rhythms = new Map<Line, Rhythm>();
  const telling = new Set<Line>();
  /** How far the SMS have been read, as their `seq`. */
  let readUpTo = (startedAt - learnedMs) * 1000;
  const loop = createLoop({
    clock,
    pass,
    onError: (error) => log.error({ err: error }, "silent lines not looked for"),
  });

  async function pass(): Promise<number> {
    const listenedMs = clock.now() - startedAt;
    // A start has more urgent reading to do.
    if (listenedMs < leastMs) return leastMs - listenedMs;
    await learn();
    for (const { id } of registry.desks) for (const line of registry.linesOf(id)) await look(id, line);
    return everyMs;
  }

  async function learn(): Promise<void> {
    const numberOf = ({ seq }: Inbound) => seq;
    for await (const page of pagesOf(records.inbound, "seq", { from: readUpTo, numberOf })) {
      for (const { line, at, seq, past } of page) {
        if (seq < readUpTo || past) continue;
        readUpTo = seq + 1;
        rhythmOf(line)?.note(at);
      }
    }
  }

  function rhythmOf(line: Line): Rhythm | undefined {
    const wallClock = registry.findRules(registry.findLine(line)?.desk ?? "")?.wallClock;
    const rhythm = rhythms.get(line) ?? (wallClock && createRhythm(wallClock));
    if (rhythm) rhythms.set(line, rhythm);
    return rhythm;
  }

  async function look(desk: DeskId, line: Line): Promise<void> {
    const rhythm = rhythms.get(line);
    const provider = registry.providerOfLine(line);
    const wall = registry.findRules(desk)?.wallClock?.(clock.now());
    if (rhythm?.last === undefined || !provider?.inbox || wall === undefined || telling.has(line)) return;
    if (hourOf(wall) < wakesAt || hourOf(wall) >= sleepsAt) return;
    const usualMs = rhythm.usualMs(clock.now());
    const heardMs = clock.now() - Math.max(rhythm.last, startedAt);
    if (usualMs === undefined || heardMs < Math.max(leastMs, times * usualMs)) return;
    // What is wrong with it has been told already.
    if (!health.of(provider.id).isUp) return;
    const key = `silent/${line}/${rhythm.last}`;
    if (await told.has(key)) return;
    const silentMs = clock.now() - rhythm.last;
    const isPushed = provider.inbox.mode === "push";
    telling.add(line);
    // Aside: a desk that is away is waited for, and the loop is not.
    void tellDesk(desk, { kind: "silent-line", line, provider: provider.id, isPushed, silentMs, usualMs })
      .then((isShown) => isShown && told.isFirst(key, learnedMs))
      .catch((error: unknown) => log.warn({ err: error }, "that a line is silent was told and is not stored"))
      .finally(() => telling.delete(line));
  }

  return { start: async () => loop.start(), stop: () => loop.stop() };
}

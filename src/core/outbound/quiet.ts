import type { Draft } from "../bridge.ts";
import type { Outbound } from "../model/message.ts";
import type { Line } from "../model/phone.ts";
import { isTooLate, isWaiting } from "../outbox/attempt.ts";
import type { Registry } from "../registry.ts";

/** What waits for its time, which is within the quiet of its line, waits for the end of that. */
export function holdPastQuiet(hold: Draft["hold"], line: Line, registry: Registry): Draft["hold"] {
  if (hold?.why !== "scheduled" || hold.untilMs === undefined) return hold;
  const untilMs = registry.quietUntil(line, hold.untilMs);
  return untilMs === undefined ? hold : { why: "quiet", untilMs };
}

/**
 * The record of a message that is about to leave while its line is quiet, as it waits for the end of that; `undefined` where it may
 * leave. It is asked at the claim, which nothing gets past: what was accepted before, comes over from another line, or is tried again.
 */
export function heldForQuiet(message: Outbound, registry: Registry, now: number): Outbound | undefined {
  if (message.evenQuiet || !isWaiting(message) || (message.due ?? 0) > now) return undefined;
  // What has waited too long ends as that, at night too.
  if (isTooLate(message, now)) return undefined;
  // What its panel keeps until its time reaches its receiver then.
  const until = registry.quietUntil(message.line, Math.max(now, message.sendAt ?? 0));
  if (until === undefined) return undefined;
  const { failure: _failure, triedSince: _since, ...rest } = message;
  const giveUpAt = until + (registry.findRules(message.desk)?.giveUpMs ?? 0);
  return { ...rest, state: "held", hold: "quiet", due: until, tries: 0, giveUpAt };
}

/** It waits for the end of its line's quiet. */
export function isQuiet({ state, hold }: Outbound): boolean {
  return state === "held" && hold === "quiet";
}

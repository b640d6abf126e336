import { type Mark, markOf } from "../../core/model/mark.ts";
import type { Outbound } from "../../core/model/message.ts";
import type { Priority } from "../calls/jobs.ts";
import type { DeskSettings } from "../types.ts";

export type Ticks = DeskSettings["ticks"];

/** How long a message may wait before its mark gets a reply of its own, in milliseconds (DESIGN 1.4). */
export const patienceMs: Readonly<Record<Ticks, number>> = { text: 3000, reaction: 30_000, off: 30_000 };
/** How long a message that only waits its turn stays without any mark, in milliseconds. */
export const markAfterMs: Readonly<Record<Ticks, number>> = { text: 3000, reaction: 0, off: 30_000 };

/** Whether the mark has a reply of its own now, and if not, when that must be asked again. */
export function planReply(
  message: Outbound,
  now: number,
  ticks: Ticks,
  hasReply: boolean,
): { isWanted: boolean; againAt?: number } {
  const mark = markOf(message);
  if (hasReply || needsPerson(mark, message)) return { isWanted: true };
  if (mark.sign !== "waiting") return { isWanted: ticks === "text" };
  const patienceEnds = message.at + patienceMs[ticks];
  return now >= patienceEnds ? { isWanted: true } : { isWanted: false, againAt: patienceEnds };
}

/** A person has to know, or to decide: shown in every mode, and before ticks. */
export function needsPerson({ sign }: Mark, { state }: Outbound): boolean {
  return sign === "failed" || sign === "uncertain" || state === "held";
}

export function priorityOf(message: Outbound): Priority {
  return needsPerson(markOf(message), message) ? "post" : "tick";
}

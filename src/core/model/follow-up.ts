import { type Conversation, closed, isOpen, unsnoozed } from "./conversation.ts";
import { afterOpenMs, type Hours, openSecondsBetween } from "./hours.ts";
import { isTelephone, type Peer } from "./phone.ts";

/** When a desk does something about a conversation although nothing happens in it. */
export interface FollowUpRules {
  /** Ages of a wait at which the operators are reminded, each once; in any order. */
  readonly reminderMs: readonly number[];
  /** Only while it is open does a wait grow older. Absent: always. */
  readonly hours?: Hours;
  /** The last of them is told to the desk's chiefs, too. */
  readonly hasChiefs: boolean;
  /** Silence after which it is closed; 0: never. */
  readonly closeAfterMs: number;
}

/** How far the operators were reminded of a wait. Of another wait than the present one it counts for nothing. */
export interface Reminded {
  /** `waitOf` the conversation then. */
  readonly wait: number;
  /** The longest age that was told, and when. */
  readonly ageMs: number;
  readonly at: number;
  /** Where that stands, as the desk names places: the next one takes its place. */
  readonly post?: string;
  /** The chiefs are still to be told. */
  readonly isForChiefs?: true;
}

/**
 * What there is to do: `remind` the operators that a customer waits, tell that to their `chiefs`, bring a snoozed one `back`, or
 * `close` it. Of several ages that are over, as after a night in which the bridge was down, only the longest is told.
 */
export type FollowUp =
  | { readonly kind: "remind"; readonly at: number; readonly ageMs: number; readonly isLast: boolean }
  | { readonly kind: "chiefs" | "back"; readonly at: number }
  | { readonly kind: "close"; readonly at: number };

/** What comes next by itself, and when (`at`, epoch milliseconds). `now` tells which of several ages is the longest that is over. */
export function nextFollowUp(conversation: Conversation, rules: FollowUpRules, now: number): FollowUp | undefined {
  const { snoozedUntil } = conversation;
  if (!isOpen(conversation)) return undefined;
  if (snoozedUntil !== undefined) return { kind: "back", at: snoozedUntil };
  return nextForChiefs(conversation) ?? nextReminder(conversation, rules, now) ?? silenceOf(conversation, rules);
}

/** When the present wait began, as far as reminders go: one that was put off begins anew when it comes back. */
export function waitOf({ waitingSince, backAt = 0 }: Conversation): number | undefined {
  return waitingSince === undefined ? undefined : Math.max(waitingSince, backAt);
}

/** It has been done: how the conversation stands then. `post` is where the reminder stands. */
export function followedUp(
  current: Conversation,
  done: FollowUp,
  { at, post, hasChiefs }: { readonly at: number; readonly post?: string; readonly hasChiefs: boolean },
): Conversation {
  const wait = waitOf(current);
  if (done.kind === "close") return closed(current, at);
  if (done.kind === "back") return unsnoozed(current, at);
  if (done.kind === "remind") {
    const { ageMs, isLast } = done;
    if (wait === undefined) return current;
    const where = post === undefined ? {} : { post };
    return {
      ...current,
      reminded: { wait, ageMs, at, ...where, ...(isLast && hasChiefs ? { isForChiefs: true } : {}) },
    };
  }
  if (current.reminded === undefined) return current;
  const { isForChiefs: _, ...reminded } = current.reminded;
  return { ...current, reminded };
}

/** What was told of the present wait. */
export function remindedOf(conversation: Conversation): Reminded | undefined {
  const { reminded } = conversation;
  return reminded !== undefined && reminded.wait === waitOf(conversation) ? reminded : undefined;
}

function nextForChiefs(conversation: Conversation): FollowUp | undefined {
  const reminded = remindedOf(conversation);
  return reminded?.isForChiefs ? { kind: "chiefs", at: reminded.at } : undefined;
}

function nextReminder(conversation: Conversation, rules: FollowUpRules, now: number): FollowUp | undefined {
  const wait = waitOf(conversation);
  if (wait === undefined || !canBeAnswered(conversation.peer)) return undefined;
  const told = remindedOf(conversation)?.ageMs ?? -1;
  const ages = rules.reminderMs.filter((ageMs) => ageMs > told).toSorted((one, other) => one - other);
  const { hours } = rules;
  const waited = hours ? 1000 * openSecondsBetween(hours, wait, now) : now - wait;
  const ageMs = ages.findLast((one) => one <= waited) ?? ages[0];
  if (ageMs === undefined) return undefined;
  const at = hours ? afterOpenMs(hours, wait, ageMs) : wait + ageMs;
  if (at === undefined) return undefined;
  return { kind: "remind", at, ageMs, isLast: ageMs === Math.max(...rules.reminderMs) };
}

/** Whoever is told of a wait, or gets it back, has the whole time to do something about it. */
function silenceOf(conversation: Conversation, { closeAfterMs }: FollowUpRules): FollowUp | undefined {
  if (closeAfterMs === 0) return undefined;
  const { activeAt, backAt = 0 } = conversation;
  const last = Math.max(activeAt, backAt, remindedOf(conversation)?.at ?? 0);
  return { kind: "close", at: last + closeAfterMs };
}

/** Behind a sender's name is nobody to whom an answer could go. */
export function canBeAnswered(peer: Peer): boolean {
  return isTelephone(peer) || /^\d+$/.test(peer);
}

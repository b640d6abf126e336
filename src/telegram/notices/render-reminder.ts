import type { Operator } from "../../core/model/message.ts";
import type { Reminder } from "../../core/ports/desk.ts";
import { cutAfter } from "../texts/cut.ts";
import { withoutDirection } from "../texts/direction.ts";
import type { Words } from "../texts/i18n.ts";
import { under } from "../texts/rich.ts";
import { spellDuration } from "../texts/spell-duration.ts";
import { spellPeer } from "../texts/spell-peer.ts";
import type { Rendered } from "../types.ts";

const longestQuote = 300;

/** What a list of reminders needs to know beside them. */
export interface ReminderList {
  readonly now: number;
  /** Where a press on each leads, where there is a link. */
  readonly links: readonly (string | undefined)[];
  /** For the chiefs, who are told in private, the desk's name. */
  readonly desk?: string;
}

/** One line in the topic of a conversation: who waits, how long, who has it. What comes back brings its last lines. */
export function renderReminder(words: Words, { conversation, why, lastLines = [] }: Reminder, now: number): Rendered {
  const who = whoOf(words, conversation);
  if (why.kind !== "back") {
    const { claim } = conversation;
    const facts = { who, duration: waitedFor(words, conversation, now) };
    const text = claim
      ? words.say("reminder-waiting-by", { ...facts, name: claim.by.name })
      : words.say("reminder-waiting", facts);
    return { text };
  }
  if (lastLines.length === 0) return { text: words.say("reminder-back", { who }) };
  const lines = lastLines.map(({ by, text }) => {
    return lineOf(words, by === "customer" ? who : by, cutAfter(text.trim(), longestQuote));
  });
  return { text: [words.say("reminder-back-with", { who }), ...lines].join("\n") };
}

/** Many of them in one message, each in a line that leads to it. */
export function renderReminders(words: Words, reminders: readonly Reminder[], list: ReminderList): Rendered {
  const { now, links, desk } = list;
  const count = reminders.length;
  const head = desk === undefined ? words.say("reminder-many") : words.say("reminder-chiefs", { desk, count });
  const items = reminders.map((reminder, index) => itemOf(words, reminder, now, links[index]));
  return items.reduce(under, { text: head });
}

function itemOf(words: Words, { conversation, why }: Reminder, now: number, link: string | undefined): Rendered {
  const who = whoOf(words, conversation);
  const facts = { who, duration: waitedFor(words, conversation, now) };
  const { claim } = conversation;
  const waiting = claim
    ? words.say("reminder-item-by", { ...facts, name: claim.by.name })
    : words.say("reminder-item", facts);
  const text = why.kind === "back" ? words.say("reminder-item-back", { who }) : waiting;
  const offset = text.indexOf(who);
  if (link === undefined || offset < 0) return { text };
  return { text, entities: [{ type: "text_link", url: link, offset, length: who.length }] };
}

function whoOf(words: Words, { name, peer }: Reminder["conversation"]): string {
  return name === undefined ? spellPeer(words, peer) : withoutDirection(name);
}

function lineOf(words: Words, by: string | Operator, text: string): string {
  if (by === "ours") return words.say("reminder-line-ours", { text });
  return words.say("reminder-line", { who: typeof by === "string" ? by : by.name, text });
}

function waitedFor(words: Words, { waitingSince }: Reminder["conversation"], now: number): string {
  return spellDuration(words, now - (waitingSince ?? now));
}

import type { InlineKeyboardButton } from "grammy/types";
import { type Mark, type MarkSign, markOf } from "../../core/model/mark.ts";
import type { Failure, Outbound } from "../../core/model/message.ts";
import { meterOf } from "../../core/model/meter.ts";
import { spellNumber } from "../../core/model/phone.ts";
import { isUntimed } from "../../core/outbound/choosing.ts";
import { cutAfter, shorten } from "../texts/cut.ts";
import type { Phrases, Words } from "../texts/i18n.ts";
import { spellAgo } from "../texts/spell-duration.ts";
import type { Rendered } from "../types.ts";
import { encodeTimePress } from "../when/press.ts";
import { encodePress } from "./press.ts";
import { renderMeter } from "./render-meter.ts";

/** The first characters of a mark (DESIGN 1.4). */
export const signs: Readonly<Record<MarkSign, string>> = {
  waiting: "⏳",
  sent: "✓",
  delivered: "✓✓",
  partly: "◐",
  failed: "✗",
  uncertain: "⚠",
  expired: "∅",
  cancelled: "⊘",
};

/** In letters. */
const longestVendor = 160;
const longestAbout = 100;
const longestQuoted = 3000;

/**
 * The bot's reply that carries a mark: the sign, a few words, how many parts, what the panel said, from which line, and by whom. With
 * `to`, also whom its message goes to and how that begins; `tellsLine` is for desks that have several.
 */
export function renderMark(
  words: Words,
  message: Outbound,
  facts: { to?: string; tellsLine?: boolean; now?: number } = {},
): Rendered {
  const { to, tellsLine = false, now = message.at } = facts;
  const mark = markOf(message);
  const namesLine = message.namesLine || message.triedLines.length > 0;
  const { beside, below } = renderMeter(words, message, mark, tellsLine && !namesLine);
  const head = `${signs[mark.sign]} ${headline(words, message, mark)}`;
  const lines = [
    ...(isSentence(message, mark)
      ? [head, ...(beside.length > 0 ? [beside.join(" · ")] : [])]
      : [[head, ...beside].join(" · ")]),
    ...below,
    ...adviceLines(words, message, mark),
    ...lineLines(words, message),
    ...personLines(words, message),
    ...awayLines(words, message, to),
    ...laterLines(words, message, mark),
    ...(to === undefined ? readLines(words, message) : aboutLines(words, message, to)),
    ...quotedLines(words, message),
  ];
  const text = lines.join("\n");
  if (mark.actions.length === 0) return { text };
  const buttons = mark.actions.map((action): InlineKeyboardButton => {
    const press = encodePress({ action, attempt: message.attempt, id: message.id });
    return { text: words.say(`action-${action}`), callback_data: press };
  });
  const times = isUntimed(message) ? timeRows(words, message, now) : [];
  // Four side by side cannot be read on a phone.
  const rows = buttons.length > 3 ? [buttons.slice(0, 2), buttons.slice(2)] : [buttons];
  return { text, keyboard: [...times, ...rows] };
}

/** When it may leave; two in a row, for they are long. */
function timeRows(words: Words, { id, attempt }: Outbound, now: number): InlineKeyboardButton[][] {
  const buttons = words.suggestTimes(now).map((at, place): InlineKeyboardButton => {
    const text = place === 0 ? words.say("later-in-hour") : words.spellNext(at, now);
    return { text, callback_data: encodeTimePress({ id, attempt, at }) };
  });
  return [buttons.slice(0, 2), buttons.slice(2)].filter((row) => row.length > 0);
}

function headline(phrases: Words, message: Outbound, mark: Mark): string {
  switch (message.state) {
    case "held":
      return heldWords(phrases, message);
    case "queued":
      return mark.failure ? because(phrases, "mark-retrying", mark.failure) : phrases.say("mark-queued");
    case "sending":
      return phrases.say("mark-sending");
    case "sent":
      return mark.progress ? phrases.say("mark-progress", mark.progress) : phrases.say("mark-sent");
    case "failed":
      // A "send again" means that the panel had taken it and a report said that it did not arrive.
      if (mark.actions.includes("send-again")) return phrases.say("mark-undelivered");
      if (mark.failure?.code === "blacklisted") return phrases.say("mark-blacklisted");
      return mark.failure ? because(phrases, "mark-failed-why", mark.failure) : phrases.say("mark-failed");
    case "uncertain":
      if (isAsked(mark))
        return mark.failure ? because(phrases, "mark-asking-why", mark.failure) : phrases.say("mark-asking");
      return mark.failure ? because(phrases, "mark-uncertain-why", mark.failure) : phrases.say("mark-uncertain");
    case "cancelled":
      return message.settledBy
        ? phrases.say("mark-cancelled-by", { name: message.settledBy.name })
        : phrases.say("mark-cancelled");
    case "delivered":
    case "partly":
    case "expired":
      return phrases.say(`mark-${message.state}`);
  }
}

function heldWords(words: Words, message: Outbound): string {
  const { hold, sendAt, collision, at, quoted, origin, markPost } = message;
  if (hold === "first") return words.say("mark-held-first", { number: spellNumber(message.peer) });
  if (hold === "long") return words.say("mark-held-long", { parts: meterOf(message)?.parts ?? 1 });
  if (hold === "quiet") return quietWords(words, message);
  if (hold === "collision" && collision) {
    return words.say("mark-held-collision", { name: collision.by.name, ago: spellAgo(words, at - collision.at) });
  }
  // When its button was pressed nobody knows: the menu has stood there for a while.
  if (hold === "stale" && quoted && origin === markPost) return words.say("mark-held-menu");
  if (isUntimed(message)) return words.say("mark-held-untimed");
  if (hold === undefined || (hold === "scheduled" && sendAt === undefined)) return words.say("mark-held");
  return words.say(`mark-held-${hold}`, sendAt === undefined ? {} : { time: words.spellDay(sendAt, at) });
}

/** When it leaves is news; that its time was another one, too. With the date: it may be read on the next day. */
function quietWords(words: Words, { line, due, sendAt, at }: Outbound): string {
  const [until, where] = [words.spellDay(due ?? at, at), spellNumber(line)];
  if (sendAt === undefined) return words.say("mark-held-quiet", { line: where, time: until });
  return words.say("mark-held-quiet-later", { line: where, until, time: words.spellDay(sendAt, at) });
}

/** What asks or explains stands alone on its line. */
function isSentence(message: Outbound, { actions, failure }: Mark): boolean {
  const { state, hold } = message;
  return (
    failure !== undefined || (state === "held" && (hold === "quiet" || isUntimed(message) || actions.includes("drop")))
  );
}

/** Of an uncertain one: its panel is being asked whether it took it, and nobody has to do anything yet. */
function isAsked(mark: Mark): boolean {
  return mark.sign === "waiting";
}

function because(phrases: Phrases, key: string, failure: Failure): string {
  return phrases.say(key, { reason: phrases.say(`failure-${failure.code}`) });
}

/** What the panel said in its own words, and what a person can do. */
function adviceLines(phrases: Phrases, message: Outbound, mark: Mark): string[] {
  const lines: string[] = [];
  if (mark.failure) {
    const advice = `advice-${mark.failure.code}`;
    if (message.state !== "uncertain" && phrases.has(advice)) lines.push(phrases.say(advice));
    if (mark.failure.vendor) lines.push(phrases.say("mark-vendor", { vendor: shortVendor(mark.failure.vendor) }));
  }
  if (message.state === "uncertain" && !isAsked(mark)) lines.push(phrases.say("mark-uncertain-do"));
  return lines;
}

/** A panel's own words may be a page of HTML. */
export function shortVendor(vendor: string): string {
  return shorten(vendor, longestVendor);
}

function lineLines(phrases: Phrases, message: Outbound): string[] {
  const line = spellNumber(message.line);
  const tried = message.triedLines.at(-1);
  if (tried !== undefined) return [phrases.say("mark-line-fallback", { line, tried: spellNumber(tried) })];
  return message.namesLine ? [phrases.say("mark-line", { line })] : [];
}

function personLines(phrases: Phrases, message: Outbound): string[] {
  const person = message.settledBy;
  if (!person || message.state === "cancelled") return [];
  const wasTaken = message.receipts.some((receipt) => receipt.attempt === message.attempt);
  if (!wasTaken && (message.state === "sent" || message.state === "delivered")) {
    return [phrases.say("mark-settled-by", { name: person.name })];
  }
  // That its writer let a held one go is no news; that an SMS was sent once more is, whoever asked for it.
  const attemptBefore = message.attempt - (message.state === "queued" ? 0 : 1);
  if (person.id === message.by?.id && attemptBefore < 1) return [];
  return [phrases.say("mark-asked-by", { name: person.name })];
}

/** Nobody here has written it, so it is read here. */
function awayLines(phrases: Phrases, { away, text }: Outbound, to: string | undefined): string[] {
  if (!away) return [];
  const what = phrases.say("mark-away");
  return to === undefined ? [what, phrases.say("mark-about", { text })] : [what];
}

/** Of what is asked about, when it will leave if a person says yes. */
function laterLines(words: Words, { sendAt, at }: Outbound, { actions }: Mark): string[] {
  const isAsked = sendAt !== undefined && actions.includes("send-in-time");
  return isAsked ? [words.say("mark-in-time", { time: words.spellDay(sendAt, at) })] : [];
}

/** Where the time ends and the SMS begins was read by us; its writer has to see it. One that was shortened is told whole. */
function readLines(phrases: Phrases, message: Outbound): string[] {
  const { state, sendAt, text, written, quoted } = message;
  const isForLater = state === "held" && (sendAt !== undefined || isUntimed(message));
  const isRead = isForLater && written === undefined && !quoted;
  return isRead ? [phrases.say("mark-about", { text: shorten(text, longestAbout) })] : [];
}

/** Whoever reads the chat sees what the customer got, and from whom. */
function quotedLines(phrases: Phrases, { quoted, by, text }: Outbound): string[] {
  if (!quoted) return [];
  const shown = cutAfter(text, longestQuoted);
  return by === undefined ? ["", shown] : ["", phrases.say("mark-quoted", { name: by.name }), shown];
}

function aboutLines(phrases: Phrases, { text }: Outbound, to: string): string[] {
  return [phrases.say("card-who", { number: to }), phrases.say("mark-about", { text: shorten(text, longestAbout) })];
}

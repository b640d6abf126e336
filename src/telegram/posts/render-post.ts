import type { InlineKeyboardButton } from "grammy/types";
import type { MessageId } from "../../core/model/ids.ts";
import type { Inbound } from "../../core/model/message.ts";
import { spellNumber } from "../../core/model/phone.ts";
import type { PostedSms } from "../../core/ports/desk.ts";
import { groupBy } from "../../support/group-by.ts";
import { cutAfter } from "../texts/cut.ts";
import { withoutDirection } from "../texts/direction.ts";
import type { Phrases, Words } from "../texts/i18n.ts";
import { below, italic, type Piece, rich, sayWithCode, under } from "../texts/rich.ts";
import { spellPeer } from "../texts/spell-peer.ts";
import { isBlank } from "../texts/split.ts";
import type { PostFacts, Rendered } from "../types.ts";
import { encodeOptOutPress } from "./opt-out-press.ts";
import { renderCodes } from "./render-codes.ts";

/** Of an SMS that was brought from the past, when it came is news, unless that was just now. */
const oldMs = 60 * 60_000;
/** So much of a bulk SMS tells which one it was. */
const longestQuote = 60;

/**
 * SMS as they are shown. Their texts stand untouched and without any markup; what we add stands in lines of its own, above
 * them (who, and of several, or of one under a card, when each came) and below (which line, and when one from the past came).
 */
export function renderPost(words: Words, sms: readonly PostedSms[], facts: PostFacts): Rendered {
  const [first, ...others] = sms;
  if (first === undefined) return { text: "" };
  const isTimed = others.length > 0 || facts.isUnderCard === true;
  const text = facts.isShared ? renderSenders(words, sms) : renderTexts(words, sms, isTimed);
  const asks = asksOf(sms);
  const keyboard = [...renderCodes(words, sms), ...(asks === undefined ? [] : [renderOptOut(words, asks)])];
  return {
    ...(facts.header && !facts.isShared ? under(headerOf(words, first.message), text) : text),
    ...(keyboard.length > 0 ? { keyboard } : {}),
  };
}

/** A number that may mean an opt-out is asked about; of several in one post, the last. */
export function asksOf(sms: readonly PostedSms[]): MessageId | undefined {
  return sms.findLast(({ message }) => message.word === "asks")?.message.id;
}

export function renderOptOut(words: Words, sms: MessageId): InlineKeyboardButton[] {
  return [{ text: words.say("action-opt-out"), callback_data: encodeOptOutPress(sms) }];
}

/** Who wrote stands above what they wrote. */
function renderSenders(words: Words, sms: readonly PostedSms[]): Rendered {
  const [first, ...others] = [...groupBy(sms, ({ message }) => message.peer).values()].map((ofOne) => {
    const texts = renderTexts(words, ofOne, sms.length > 1);
    return ofOne[0] ? under(headerOf(words, ofOne[0].message), texts) : texts;
  });
  return others.reduce((above, next) => under(above, below("\n", next)), first ?? { text: "" });
}

function renderTexts(words: Words, sms: readonly PostedSms[], isTimed: boolean): Rendered {
  const [first] = sms;
  if (isTimed || first === undefined) return rich(...piecesOfAll(words, sms));
  return rich(...piecesOf(words, first, isTimed));
}

function piecesOfAll(words: Words, sms: readonly PostedSms[]): (string | Piece)[] {
  // The day of the last is today, or was when they were stored; a day before it is told once.
  let beside = sms.at(-1)?.message.at ?? 0;
  return sms.flatMap((one, index) => {
    const at = one.message.panelTime ?? one.message.at;
    const time = italic(words.spellClock(at, beside));
    beside = at;
    return [...(index === 0 ? [] : ["\n\n"]), time, "\n", ...piecesOf(words, one, true)];
  });
}

function piecesOf(words: Words, { message, ...facts }: PostedSms, isTimed: boolean): (string | Piece)[] {
  const text = isBlank(message.text) ? italic(words.say("post-empty")) : message.text;
  const notes = notesOf(words, message, { ...facts, isTimed });
  return notes.length > 0 ? [text, "\n\n", italic(notes.join("\n"))] : [text];
}

function notesOf(
  words: Words,
  { line, panelTime, at, past, word }: Inbound,
  { previousLine, afterBulk, isTimed }: Omit<PostedSms, "message"> & { isTimed: boolean },
): string[] {
  const notes: string[] = [];
  if (afterBulk) {
    notes.push(
      words.say("post-after-bulk", { time: words.spellClock(afterBulk.at, at), text: firstWords(afterBulk.text) }),
    );
  }
  if (previousLine !== undefined && previousLine !== line) {
    notes.push(words.say("post-line-changed", { line: spellNumber(line), previous: spellNumber(previousLine) }));
  }
  if (word) notes.push(words.say(`post-word-${word}`, { line: spellNumber(line) }));
  if (past && !isTimed && panelTime !== undefined && at - panelTime > oldMs) {
    notes.push(words.say("post-time", { time: words.spellTime(panelTime, at) }));
  }
  return notes;
}

function headerOf(phrases: Phrases, message: Inbound): Rendered {
  return sayWithCode(phrases, "post-header", "number", {
    number: spellPeer(phrases, message.peer),
    line: spellNumber(message.line),
  });
}

function firstWords(text: string): string {
  return cutAfter(withoutDirection(text).replace(/\s+/g, " ").trim(), longestQuote);
}

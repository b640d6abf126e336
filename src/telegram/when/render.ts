import type { InlineKeyboardButton, Message } from "grammy/types";
import type { Outbound } from "../../core/model/message.ts";
import { slices } from "../../support/slices.ts";
import { encodePress } from "../marks/press.ts";
import { shorten } from "../texts/cut.ts";
import type { Words } from "../texts/i18n.ts";
import { withExample } from "../texts/rich.ts";
import type { Rendered, Texts } from "../types.ts";
import type { WhenProblem } from "./read-when.ts";

/** In letters, of the text of each. */
const longestText = 60;
/** A message of Telegram holds as many, with their buttons. */
const mostShown = 20;
const buttonsInRow = 4;

/** What `/later` tells when it is written alone. */
export function renderLater(
  words: Words,
  waiting: readonly Outbound[],
  facts: { now: number; withNames: boolean; nameOf(message: Outbound): string },
): Rendered {
  if (waiting.length === 0) return withExample(words, words.say("later-none"), ...examples(words));
  const shown = waiting.slice(0, mostShown);
  const lines = shown.flatMap((message, at) => {
    const { sendAt, due, text } = message;
    const time = words.spellDay(due ?? sendAt ?? facts.now, facts.now);
    const head = words.say("later-item", { number: at + 1, time });
    const name = facts.withNames ? [words.say("card-who", { number: facts.nameOf(message) })] : [];
    return ["", head, ...name, words.say("mark-about", { text: shorten(text, longestText) })];
  });
  const left = waiting.length - shown.length;
  const more = left > 0 ? ["", words.say("later-more", { count: left })] : [];
  const buttons = shown.map(({ id, attempt }, at): InlineKeyboardButton => {
    const text = words.say("later-cancel", { number: at + 1 });
    return { text, callback_data: encodePress({ action: "cancel", attempt, id }) };
  });
  return { text: [words.say("later-title"), ...lines, ...more].join("\n"), keyboard: slices(buttons, buttonsInRow) };
}

/**
 * That list once what the buttons with these data stand for was cancelled: the sign stands in their place. Were the others moved up, a
 * second tap would cancel what nobody meant.
 */
export function withCancelled(list: Message, data: ReadonlySet<string>): Rendered {
  const rows = list.reply_markup?.inline_keyboard ?? [];
  const isOver = (button: InlineKeyboardButton) => "callback_data" in button && data.has(button.callback_data);
  const keyboard = rows.map((row) => row.map((button) => (isOver(button) ? { ...button, text: "⊘" } : button)));
  return { text: list.text ?? "", keyboard };
}

/** Why a `/later` was not taken, and how to write it. `stands`: when that which was to be changed leaves, as before. */
export function laterProblem(
  texts: Pick<Texts, "say">,
  { why, written }: { why: WhenProblem | "no-text"; written: string },
  stands?: string,
): Rendered {
  const reason = texts.say(`later-${why}`, { written });
  const end = stands === undefined ? texts.say("later-not-set") : texts.say("later-stands", { time: stands });
  return withExample(texts, `${reason} ${end}`, ...examples(texts));
}

function examples(texts: Pick<Texts, "say">): string[] {
  return ["later-example-day", "later-example-date", "later-example-span"].map((key) => texts.say(key));
}

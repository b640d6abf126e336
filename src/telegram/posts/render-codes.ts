import type { InlineKeyboardButton } from "grammy/types";
import { findCodes } from "../../core/model/one-time-code.ts";
import type { PostedSms } from "../../core/ports/desk.ts";
import type { Phrases } from "../texts/i18n.ts";

/** More buttons than this would be no help. */
const mostCodes = 6;

/** A button for each one-time code, which copies it in Latin digits as a form wants it. */
export function renderCodes(phrases: Phrases, sms: readonly PostedSms[]): InlineKeyboardButton[][] {
  const codes = new Set(sms.flatMap(({ message }) => findCodes(message.text).map(({ code }) => code)));
  return [...codes]
    .slice(0, mostCodes)
    .map((code) => [
      { text: phrases.say("action-copy-code", { code: inDigitsOf(phrases, code) }), copy_text: { text: code } },
    ]);
}

/** As text: of a number the zeros before it would be lost. */
function inDigitsOf({ language }: Phrases, code: string): string {
  if (language === "en") return code;
  return code.replace(/\d/g, (digit) => String.fromCodePoint(0x06f0 + Number(digit)));
}

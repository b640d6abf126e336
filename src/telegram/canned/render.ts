import type { InlineKeyboardButton } from "grammy/types";
import { type CannedAnswer, longestCannedName, longestCannedText, mostCanned } from "../../core/canned.ts";
import { fillFields } from "../../core/model/fields.ts";
import type { Peer } from "../../core/model/phone.ts";
import { countSegments } from "../../core/model/text.ts";
import { slices } from "../../support/slices.ts";
import { shorten } from "../texts/cut.ts";
import { under, withExample } from "../texts/rich.ts";
import type { Rendered, Texts } from "../types.ts";
import { quoted } from "../written-values.ts";
import { createFieldValues, fieldList, nameOfField } from "./fields.ts";
import { encodeCannedPress } from "./press.ts";

const pageSize = 8;
const inRow = 2;
const longestStart = 60;
/** An ordinary customer, for counting parts. */
const somebody = { fa: "سارا احمدی", en: "Sara Ahmadi", peer: "+989121234567" };

type Say = Pick<Texts, "say" | "language">;

/** The canned answers with how each begins, and a button for each: to send it to `peer`, or without one to look at it. */
export function cannedMenu(
  texts: Say,
  answers: readonly CannedAnswer[],
  { title, page = 0, peer }: { readonly title: string; readonly page?: number; readonly peer?: Peer | undefined },
): Rendered {
  if (answers.length === 0) return withExample(texts, texts.say("canned-none"), newExample(texts));
  const pages = Math.ceil(answers.length / pageSize);
  const at = Math.min(page, pages - 1);
  const shown = answers.slice(at * pageSize, (at + 1) * pageSize);
  const lines = shown.map(({ name, text }) => texts.say("canned-line", { name, text: shorten(text, longestStart) }));
  const counted = pages === 1 ? [] : ["", texts.say("canned-page", { page: at + 1, pages })];
  const buttons = shown.map(({ id, name }): InlineKeyboardButton => {
    const press = peer === undefined ? ({ kind: "view", id } as const) : ({ kind: "send", id, peer } as const);
    return { text: name, callback_data: encodeCannedPress(press) };
  });
  return {
    text: [title, "", ...lines, ...counted].join("\n"),
    keyboard: [...slices(buttons, inRow), ...turning(texts, { at, pages, peer })],
  };
}

/** One of them in full, with what can be done to it. */
export function cannedView(texts: Say, answer: CannedAnswer, spellTime: (at: number) => string): Rendered {
  const { id, name, text, by, at, uses } = answer;
  const head = texts.say("canned-head", { name, parts: partsOf(texts, text), by: by.name, time: spellTime(at) });
  const example = `/canned change ${quoted(name)} …`;
  const used = uses === 0 ? texts.say("canned-to-change-unused") : texts.say("canned-to-change", { count: uses });
  const shown = under({ text: `${head}\n\n${text}\n` }, withExample(texts, used, example));
  return {
    ...shown,
    keyboard: [
      [
        { text: texts.say("canned-remove"), callback_data: encodeCannedPress({ kind: "remove", id }) },
        { text: texts.say("canned-back"), callback_data: encodeCannedPress({ kind: "page", page: 0 }) },
      ],
    ],
  };
}

/** That it is kept now, and what it costs to send. */
export function cannedKept(texts: Say, key: "canned-added" | "canned-changed", answer: CannedAnswer): Rendered {
  return { text: texts.say(key, { name: answer.name, parts: partsOf(texts, answer.text) }) };
}

/** With its text, so that nothing is lost by it. */
export function cannedRemoved(texts: Say, { name, text }: CannedAnswer): Rendered {
  return withExample(texts, texts.say("canned-removed", { name }), `/canned add ${quoted(name)} ${text}`);
}

/** Why an answer was not kept as it was written, or cannot be sent. */
export function cannedProblem(
  texts: Say,
  problem:
    | { readonly kind: "taken"; readonly answer: CannedAnswer }
    | { readonly kind: "full" | "long-name" | "long-text" | "no-value" }
    | { readonly kind: "reserved"; readonly name: string }
    | { readonly kind: "unknown-field"; readonly field: string },
): Rendered {
  switch (problem.kind) {
    case "taken": {
      const { name, text } = problem.answer;
      const sentence = texts.say("canned-taken", { name, text: shorten(text, longestStart) });
      return withExample(texts, sentence, `/canned change ${quoted(name)} …`);
    }
    case "full":
      return { text: texts.say("canned-full", { most: mostCanned }) };
    case "long-name":
      return { text: texts.say("canned-long-name", { most: longestCannedName }) };
    case "long-text":
      return { text: texts.say("canned-long-text", { most: longestCannedText }) };
    case "reserved":
      return { text: texts.say("canned-reserved", { name: problem.name }) };
    case "unknown-field": {
      const facts = { field: `{${problem.field}}`, fields: fieldList(texts.language) };
      return { text: texts.say("canned-unknown-field", facts) };
    }
    case "no-value":
      return { text: noValue(texts) };
  }
}

/** A text that asks for a name, to somebody who has none. */
export function noValue(texts: Say): string {
  return texts.say("canned-no-value", { field: nameOr(texts) });
}

/** How one is made. */
export function newExample(texts: Say): string {
  return texts.say("canned-example", { field: nameOr(texts) });
}

function nameOr(texts: Say): string {
  return `{${nameOfField("name", texts.language)}|${texts.say("canned-otherwise")}}`;
}

/** How many parts it will have, its fields filled as they ordinarily are. */
function partsOf({ language }: Say, text: string): number {
  const facts = { name: somebody[language], operator: somebody[language], peer: somebody.peer, now: 0 };
  const filled = fillFields(text, createFieldValues(language, "Asia/Tehran")(facts));
  return countSegments(filled.kind === "filled" ? filled.text : text).parts;
}

function turning(
  texts: Say,
  { at, pages, peer }: { readonly at: number; readonly pages: number; readonly peer: Peer | undefined },
): InlineKeyboardButton[][] {
  const button = (key: string, page: number): InlineKeyboardButton[] =>
    page < 0 || page >= pages
      ? []
      : [
          {
            text: texts.say(key),
            callback_data: encodeCannedPress({ kind: "page", page, ...(peer === undefined ? {} : { peer }) }),
          },
        ];
  const row = [...button("canned-previous", at - 1), ...button("canned-next", at + 1)];
  return row.length === 0 ? [] : [row];
}

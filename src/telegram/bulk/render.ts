import type { InlineKeyboardButton } from "grammy/types";
import type { BulkPlan } from "../../core/bulk/plan.ts";
import type { BulkProgress, RefusedRow } from "../../core/model/bulk.ts";
import type { MessageId } from "../../core/model/ids.ts";
import { spellNumber } from "../../core/model/phone.ts";
import type { Credit } from "../../core/ports/sms-provider.ts";
import { cutAfter } from "../texts/cut.ts";
import { italic, type Piece, rich } from "../texts/rich.ts";
import type { Rendered, Texts } from "../types.ts";
import { type BulkAction, encodeBulkPress } from "./press.ts";

type Say = Pick<Texts, "say">;

const longestSample = 600;
/** The report names all of them. */
const rowsNamed = 3;
const reasons: readonly RefusedRow["why"][] = ["bad-number", "duplicate", "empty-field", "opted-out", "blocked"];

/** What is about to be sent, to whom, and what it takes: all that a person must know before saying **Send**, in one message. */
export function renderBulkPlan(texts: Say, plan: BulkPlan, credits: readonly Credit[] = []): Rendered {
  const { run, samples, parts, mostParts, refused, isQuiet } = plan;
  const refusals = refusedLines(texts, refused);
  if (run === undefined) return { text: [texts.say("bulk-nobody"), ...refusals].join("\n") };
  const facts = [
    texts.say("bulk-plan", { count: run.total, line: spellNumber(run.line) }),
    texts.say("bulk-parts", { parts, most: mostParts }),
    ...(isQuiet ? [texts.say("bulk-quiet")] : []),
    ...telling(credits).map((credit) => creditLine(texts, credit, parts)),
  ];
  const shown = samples.flatMap(({ peer, text }): (string | Piece)[] => [
    "\n\n",
    italic(texts.say("bulk-sample", { number: spellNumber(peer) })),
    "\n",
    cutAfter(text, longestSample),
  ]);
  const tail = refusals.length > 0 ? ["\n\n", refusals.join("\n")] : [];
  return {
    ...rich(facts.join("\n"), ...shown, ...tail),
    keyboard: [[button(texts, "send", run.id), button(texts, "drop", run.id)]],
  };
}

/** How far it has come; of one that is over, what came of it. */
export function renderBulkRun(texts: Say, { run, counts, isQuiet }: BulkProgress): Rendered {
  const { total: count, stoppedBy, isRestored } = run;
  const { sent, leaving, waiting, failed, uncertain } = counts;
  const name = stoppedBy?.name ?? "";
  const troubles = [
    ...(failed > 0 ? [texts.say("bulk-failed", { count: failed })] : []),
    ...(uncertain > 0 ? [texts.say("bulk-uncertain", { count: uncertain })] : []),
  ];
  const lines = (...first: readonly string[]) => [...first, ...troubles].join("\n");
  switch (run.state) {
    case "planned":
    case "running":
      return {
        text: lines(texts.say("bulk-running", { sent, count }), ...(isQuiet ? [texts.say("bulk-quiet")] : [])),
        keyboard: [[button(texts, "stop", run.id)]],
      };
    case "stopping":
      return { text: lines(texts.say("bulk-stopping", { name, sent, leaving, waiting })) };
    case "dropped":
      return { text: texts.say("bulk-dropped", { name }) };
    case "done":
      return { text: lines(texts.say("bulk-done", { sent, count }), ...notSent(texts, waiting)) };
    case "stopped":
      return {
        text: lines(
          isRestored ? texts.say("bulk-restored", { sent, count }) : texts.say("bulk-stopped", { name, sent, count }),
          ...notSent(texts, waiting),
        ),
      };
  }
}

function notSent(texts: Say, count: number): string[] {
  return count > 0 ? [texts.say("bulk-not-sent", { count })] : [];
}

function button(texts: Say, action: BulkAction, id: MessageId): InlineKeyboardButton {
  return { text: texts.say(`action-bulk-${action}`), callback_data: encodeBulkPress({ action, id }) };
}

/** Where a panel counts in SMS, its money says nothing more. */
function telling(credits: readonly Credit[]): readonly Credit[] {
  const counted = credits.filter(({ unit }) => unit === "messages");
  return counted.length > 0 ? counted : credits;
}

/** Only a credit that counts SMS can be held against what it takes; no panel of ours tells what one costs. */
function creditLine(texts: Say, { unit, amount }: Credit, parts: number): string {
  const enough = amount >= parts ? "bulk-credit-enough" : "bulk-credit-short";
  return texts.say(unit === "messages" ? enough : `bulk-credit-${unit}`, { amount });
}

function refusedLines(texts: Say, refused: readonly RefusedRow[]): string[] {
  if (refused.length === 0) return [];
  const lines = reasons.flatMap((why) => {
    const rows = refused.filter((one) => one.why === why);
    if (rows.length === 0) return [];
    const named = rows.slice(0, rowsNamed).map((one) => namedRow(texts, one));
    const more = rows.length > rowsNamed ? [texts.say("bulk-more", { count: rows.length - rowsNamed })] : [];
    return [texts.say(`bulk-why-${why}`, { count: rows.length }), ...named, ...more];
  });
  return [texts.say("bulk-left-out", { count: refused.length }), ...lines];
}

function namedRow(texts: Say, { row, written, field }: RefusedRow): string {
  const facts = { row, written: written || "—" };
  return field === undefined
    ? texts.say("bulk-row", facts)
    : texts.say("bulk-row-field", { ...facts, field: `{${field}}` });
}

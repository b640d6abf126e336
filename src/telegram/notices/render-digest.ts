import type { Digest, OperatorDigest } from "../../core/model/digest.ts";
import type { Notice } from "../../core/ports/desk.ts";
import type { Words } from "../texts/i18n.ts";
import { spellDuration } from "../texts/spell-duration.ts";
import { spellCredit } from "./render-credit.ts";

const mostOperators = 20;
/** Of what stands under a picture, in UTF-16 units (Bot API: `caption`). */
export const longestCaption = 1024;

/** How the last day of a desk was, a line for each figure: few enough that a picture can stand above them. */
export function linesOfDigest(words: Words, { digest, credits }: Extract<Notice, { kind: "digest" }>): string[] {
  const { received, answers, failed, uncertain, open, unanswered, operators, to } = digest;
  const head = [
    words.say("digest-title", { time: words.spellTime(to) }),
    words.say("digest-messages", { received, answers }),
    ...(failed > 0 ? [words.say("digest-failed", { count: failed })] : []),
    ...(uncertain > 0 ? [words.say("digest-uncertain", { count: uncertain })] : []),
    words.say(standing(digest), { open, unanswered }),
  ];
  const tail =
    credits.length === 0 ? [] : [words.say("digest-credit"), ...credits.map((one) => spellCredit(words, one))];
  for (let count = Math.min(operators.length, mostOperators); ; count--) {
    const left = operators.length - count;
    const more = left === 0 ? [] : [words.say("digest-operators-more", { count: left })];
    const lines = [...head, ...operators.slice(0, count).map((one) => lineOf(words, one)), ...more, ...tail];
    if (count === 0 || lines.join("\n").length <= longestCaption) return lines;
  }
}

function lineOf(words: Words, { by, answers, medianMs, slowestMs = 0 }: OperatorDigest): string {
  const facts = { name: by.name, count: answers };
  if (medianMs === undefined) return words.say("digest-operator", facts);
  const duration = spellDuration(words, medianMs);
  const slowest = spellDuration(words, slowestMs);
  // Of a single wait, or of equal ones, there is no slowest.
  if (slowest === duration) return words.say("digest-operator-median", { ...facts, duration });
  return words.say("digest-operator-slowest", { ...facts, duration, slowest });
}

function standing({ open, unanswered }: Digest): string {
  if (unanswered > 0) return "digest-open";
  return open > 0 ? "digest-open-none" : "digest-none-open";
}

import type { Digest } from "../core/model/digest.ts";
import type { Words } from "./i18n.ts";
import { spellDuration } from "./render-reminder.ts";

const mostOperators = 20;

/** How the last day of a desk was, a line for each figure. */
export function linesOfDigest(words: Words, digest: Digest): string[] {
  const { received, answers, failed, open, unanswered, operators, to } = digest;
  return [
    words.say("digest-title", { time: words.spellTime(to) }),
    words.say("digest-messages", { received, answers }),
    ...(failed > 0 ? [words.say("digest-failed", { count: failed })] : []),
    words.say(standing(digest), { open, unanswered }),
    ...operators.slice(0, mostOperators).map(({ by, answers, medianMs }) => {
      const facts = { name: by.name, count: answers };
      if (medianMs === undefined) return words.say("digest-operator", facts);
      return words.say("digest-operator-median", { ...facts, duration: spellDuration(words, medianMs) });
    }),
  ];
}

function standing({ open, unanswered }: Digest): string {
  if (unanswered > 0) return "digest-open";
  return open > 0 ? "digest-open-none" : "digest-none-open";
}

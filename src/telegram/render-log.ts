import { type Deeds, timeOf } from "../core/journal.ts";
import type { MarkSign } from "../core/model/mark.ts";
import { markOf } from "../core/model/mark.ts";
import { partsOfThread } from "../core/model/thread.ts";
import type { Rendered, Texts } from "./types.ts";

const signs: Readonly<Record<MarkSign, string>> = {
  waiting: "⏳",
  sent: "✓",
  delivered: "✓✓",
  partly: "◐",
  failed: "✗",
  uncertain: "⚠",
  expired: "∅",
  cancelled: "⊘",
};

/** Who did what, a line each, newest last. `namesThread`: of several customers, whose it was. */
export function renderLog(
  texts: Texts,
  deeds: readonly Deeds[],
  how: { readonly namesThread: boolean; readonly spellTime: (at: number) => string },
): Rendered {
  if (deeds.length === 0) return { text: texts.say("log-empty") };
  const lines = deeds.map((deed) => {
    const { by, thread } = deed.what === "answer" ? deed.message : deed;
    const peer = how.namesThread && thread !== undefined ? partsOfThread(thread).peer : undefined;
    const facts = { time: how.spellTime(timeOf(deed)), name: by?.name ?? "", deed: spellDeed(texts, deed) };
    return peer === undefined
      ? texts.say("log-line", facts)
      : texts.say("log-line-of", { ...facts, number: texts.topicName({ peer }) });
  });
  return { text: [texts.say("log-title"), ...lines].join("\n") };
}

function spellDeed(texts: Texts, deed: Deeds): string {
  if (deed.what !== "answer") return texts.say(`log-${deed.what}`, deed.facts ?? {});
  return texts.say("log-answer", { sign: signs[markOf(deed.message).sign] });
}

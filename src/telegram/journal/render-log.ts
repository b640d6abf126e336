import { type Deeds, timeOf } from "../../core/keeping/journal.ts";
import { markOf } from "../../core/model/mark.ts";
import { partsOfThread } from "../../core/model/thread.ts";
import { signs } from "../marks/render.ts";
import { settingKinds } from "../settings/kinds.ts";
import { settingKeys } from "../settings/overrides.ts";
import type { Rendered, Texts } from "../types.ts";

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
  if (deed.what === "setting") return spellSetting(texts, deed.facts ?? {});
  if (deed.what !== "answer") return texts.say(`log-${deed.what}`, deed.facts ?? {});
  // Until its time comes nobody was answered.
  if (deed.message.state === "held" && deed.message.sendAt !== undefined) return texts.say("log-later");
  return texts.say("log-answer", { sign: signs[markOf(deed.message).sign] });
}

/** A person is added or taken away, with a sign before the name; anything else has become what its code says. */
function spellSetting(texts: Texts, facts: Readonly<Record<string, string | number>>): string {
  const { name: written, value = "" } = facts;
  const key = settingKeys.find((one) => one === written);
  const code = String(value);
  if (key === undefined || code === "") return texts.say("log-setting-other");
  const name = texts.say(`setting-${key}`);
  const [sign = "", person] = [code[0], code.slice(1)];
  if (settingKinds[key].isPeople && "+-".includes(sign)) {
    return texts.say(sign === "+" ? "log-setting-added" : "log-setting-removed", { name, person });
  }
  return texts.say("log-setting", { name, value: settingKinds[key].spell(texts, code) });
}

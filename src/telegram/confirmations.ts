import type { DeskRules } from "../core/registry.ts";
import type { Texts } from "./types.ts";

/** What customers of a desk are told who opt out or come back: each a single SMS. */
export function confirmationsOf(texts: Pick<Texts, "say">): NonNullable<DeskRules["confirmations"]> {
  return { out: texts.say("sms-opted-out"), back: texts.say("sms-returned") };
}

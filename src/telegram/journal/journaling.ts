import type { Change } from "../../core/bridge.ts";
import type { CannedDecision } from "../../core/canned.ts";
import type { Decision } from "../../core/conversations/book.ts";
import type { Effect } from "../../core/keeping/journal.ts";
import { hashKey } from "../../core/model/ids.ts";
import type { Operator } from "../../core/model/message.ts";

/** The id of the journal's entry of a press: Telegram gives each press its own. */
export function pressKey(callbackId: string): string {
  return hashKey("press", callbackId);
}

/** What a press on a message came to. Where it is over, and by the same person, it may have been by this very press. */
export function effectOf({ outcome, message }: Change, by: Operator): Effect {
  if (outcome === "done") return "done";
  return outcome === "late" && message?.settledBy?.id === by.id ? "unclear" : "nothing";
}

const decided: Readonly<Record<Decision["outcome"], Effect>> = {
  done: "done",
  same: "unclear",
  taken: "nothing",
  unknown: "nothing",
};

/** What came of something that was decided about a whole thread. */
export function effectOfDecision({ outcome }: Decision): Effect {
  return decided[outcome];
}

/** What came of a change of the canned answers. One that is not there any more may have been removed by this very deed. */
export function effectOnCanned({ outcome }: CannedDecision): Effect {
  if (outcome === "done") return "done";
  return outcome === "same" || outcome === "unknown" ? "unclear" : "nothing";
}

import type { BulkAnswer } from "../../core/bulk/bulk.ts";
import type { Deed, Effect } from "../../core/keeping/journal.ts";
import type { MessageId } from "../../core/model/ids.ts";
import type { Operator } from "../../core/model/message.ts";
import { keysOf } from "../../support/keys-of.ts";
import type { Handling } from "../context.ts";
import { pressKey } from "../journal/journaling.ts";
import type { Pressing } from "../pressing.ts";
import { type DeskSettings, placeOf } from "../types.ts";

/** Buttons under the message of a bulk run. */
export type BulkAction = "send" | "drop" | "stop";

export interface BulkPressed {
  readonly action: BulkAction;
  readonly id: MessageId;
}

// Telegram keeps old buttons for ever, so these letters are a contract: add, never change.
const letters: Readonly<Record<BulkAction, string>> = { send: "s", drop: "d", stop: "x" };
const actions = keysOf(letters);
/** A plan that was dropped is none. */
const deeds: Readonly<Record<BulkAction, Deed | undefined>> = { send: "bulk", drop: undefined, stop: "bulk-stop" };
const form = /^bulk:([a-z]):([A-Za-z0-9_-]{1,43})$/;

/** Callback data: at most 50 of Telegram's 64 bytes. */
export function encodeBulkPress({ action, id }: BulkPressed): string {
  return `bulk:${letters[action]}:${id}`;
}

export function parseBulkPress(given: string | undefined): BulkPressed | undefined {
  const [, letter, id = ""] = form.exec(given ?? "") ?? [];
  const action = actions.find((one) => letters[one] === letter);
  return action && { action, id };
}

/** A desk that has chiefs leaves it to them to write to many at once. */
export function maySendBulk({ chiefs }: Pick<DeskSettings, "chiefs">, by: Operator): boolean {
  return chiefs.length === 0 || chiefs.some((chief) => String(chief) === by.id);
}

/** What a press does is committed before it is answered. Stopping is everybody's: it does no harm that waiting would not do. */
export function createBulkPresses({ bridge }: Pick<Handling, "bridge">) {
  return async ({ desk, by, pressId, message, say }: Pressing, { action, id }: BulkPressed): Promise<void> => {
    const { texts } = desk;
    if (action === "send" && !maySendBulk(desk.settings, by)) return say(texts.say("bulk-refused"), true);
    const topic = "message_thread_id" in message && message.is_topic_message ? message.message_thread_id : undefined;
    const where = topic === undefined ? {} : { topic: String(topic) };
    const place = placeOf(message.chat.id, message.message_id);
    const run = () => bridge.bulk[action](id, { desk: desk.id, by, place, ...where });
    const what = deeds[action];
    const entry = { id: pressKey(pressId), desk: desk.id, by };
    const outcome = await (what ? bridge.journal.noting({ ...entry, what }, run, effectOf) : run());
    if (outcome === "unknown") return say(texts.say("bulk-pressed-unknown"), true);
    if (outcome === "late") return say(texts.say("press-late"));
    say(outcome === "same" ? texts.say("card-pressed-same") : texts.say(`bulk-pressed-${action}`));
  };
}

function effectOf(outcome: BulkAnswer): Effect {
  if (outcome === "done") return "done";
  return outcome === "same" ? "unclear" : "nothing";
}

import type { MessageId } from "../../core/model/ids.ts";
import { answerIn, type Handling } from "../context.ts";
import { effectOfDecision, pressKey } from "../journal/journaling.ts";
import type { Pressing } from "../pressing.ts";

const form = /^o:([A-Za-z0-9_-]{1,43})$/;

/** Callback data of the button under a bare number that may mean an opt-out. Telegram keeps it for ever. */
export function encodeOptOutPress(sms: MessageId): string {
  return `o:${sms}`;
}

export function parseOptOutPress(given: string | undefined): MessageId | undefined {
  return form.exec(given ?? "")?.[1];
}

/** An operator says that the number was meant as an opt-out. The thread is told who did, for the post stays as it is. */
export function createOptOutPresses({ bridge }: Pick<Handling, "bridge">) {
  return async ({ desk, by, pressId, message, say }: Pressing, id: MessageId): Promise<void> => {
    const sms = await bridge.inbound.find(id);
    // A button's data is what a client sends; it may name an SMS of another desk.
    if (sms?.desk !== desk.id) return say(desk.texts.say("press-unknown"), true);
    const { outcome } = await bridge.journal.noting(
      { id: pressKey(pressId), desk: desk.id, thread: sms.thread, by, what: "opt-out" },
      () => bridge.optOut(id, desk.id),
      effectOfDecision,
    );
    if (outcome === "unknown") return say(desk.texts.say("press-unknown"), true);
    if (outcome === "same") return say(desk.texts.say("card-pressed-same"));
    say(desk.texts.say("opt-out-pressed"));
    await answerIn(desk, message, { text: desk.texts.say("opt-out-by", { name: by.name }) });
  };
}

import type { Handling } from "../context.ts";
import { effectOf, pressKey } from "../journal/journaling.ts";
import type { Pressing } from "../pressing.ts";
import type { TimePress } from "./press.ts";

/** Somebody chooses when a held answer leaves. Committed before the press is answered. */
export function createTimePresses({ bridge, clock }: Pick<Handling, "bridge" | "clock">) {
  return async ({ desk, by, pressId, say }: Pressing, { id, attempt, at }: TimePress): Promise<void> => {
    const known = await bridge.outbound.find(id);
    // A button's data is what a client sends; it may name a message of another desk.
    if (known?.desk !== desk.id) return say(desk.texts.say("press-unknown"), true);
    const now = clock.now();
    if (at <= now) return say(desk.texts.say("press-time-over"), true);
    const { outcome, message } = await bridge.journal.noting(
      { id: pressKey(pressId), desk: desk.id, thread: known.thread, by, what: "later" },
      () => bridge.later.choose(id, attempt, { by, sendAt: at }),
      (change) => effectOf(change, by),
    );
    if (outcome !== "done") return say(desk.texts.say("press-late"));
    say(desk.texts.say("press-timed", { time: desk.texts.spellDay(message?.due ?? at, now) }));
  };
}

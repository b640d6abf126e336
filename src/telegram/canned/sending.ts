import type { CannedAnswer } from "../../core/canned.ts";
import { type Filled, fillFields } from "../../core/model/fields.ts";
import type { Operator, Outbound } from "../../core/model/message.ts";
import { partsOfThread, type ThreadId } from "../../core/model/thread.ts";
import type { Handling, Scene } from "../context.ts";
import { claiming, draftFrom, type Written } from "../drafts.ts";
import { createFieldValues } from "./fields.ts";

/** Fills a canned answer for a customer, and sends it as an answer of the operator, by the way that every answer takes. */
export function createCannedSending({ bridge, clock, timeZone }: Pick<Handling, "bridge" | "clock" | "timeZone">) {
  const valuesOf = { fa: createFieldValues("fa", timeZone), en: createFieldValues("en", timeZone) };

  async function fill(
    { desk, operator }: { readonly desk: Scene["desk"]; readonly operator: Operator },
    thread: ThreadId,
    { text }: Pick<CannedAnswer, "text">,
  ): Promise<Filled> {
    const name = (await bridge.conversations.find(thread))?.name;
    const facts = { name, peer: partsOfThread(thread).peer, operator: operator.name, now: clock.now() };
    return fillFields(text, valuesOf[desk.texts.language](facts));
  }

  /** `undefined`: a field has no value, and nothing was sent. `markPost`: the message of ours that is to become its mark. */
  async function send(
    scene: Pick<Scene, "desk" | "operator">,
    message: Written,
    what: { thread: ThreadId; answer: CannedAnswer; readAt: number; markPost?: string },
  ): Promise<{ message: Outbound; isNew: boolean } | undefined> {
    const { thread, answer, readAt, markPost } = what;
    const filled = await fill(scene, thread, answer);
    if (filled.kind === "missing") return undefined;
    const now = clock.now();
    const draft = {
      ...draftFrom(scene, message, { thread, text: filled.text, readAt, now }),
      quoted: true as const,
      ...(markPost === undefined ? {} : { markPost }),
    };
    const accepted = await bridge.outbound.accept(await claiming(bridge, draft, now));
    if (accepted.isNew) await bridge.canned.used(scene.desk.id, answer.id);
    return accepted;
  }

  return { fill, send };
}

/** What somebody hears who sent something by a button: the mark tells the rest. */
export function pressedKey({ state, hold }: Outbound): "canned-asked" | "press-queued" {
  return state === "held" && hold !== "undo" ? "canned-asked" : "press-queued";
}

import type { MaybeInaccessibleMessage } from "grammy/types";
import { threadOf } from "../../core/model/thread.ts";
import type { Handling } from "../context.ts";
import { effectOnCanned, pressKey } from "../journal/journaling.ts";
import { draftId } from "../message.ts";
import type { Pressing } from "../pressing.ts";
import { placeOf, type Rendered, type TelegramDesk } from "../types.ts";
import { createCannedMenus } from "./menus.ts";
import type { CannedPress } from "./press.ts";
import { cannedRemoved, cannedView, noValue } from "./render.ts";
import { createCannedSending, pressedKey } from "./sending.ts";

/**
 * Buttons of the canned answers. A menu sends once: what it sent becomes its mark, so that a second press, and one by somebody else at
 * the same time, finds that it is done. When a button was pressed nobody tells us, but surely after its menu came; a menu that
 * is older than the desk's `staleSeconds` therefore asks first, as an old answer does.
 */
export function createCannedPresses(handling: Handling) {
  const { bridge, clock, spellTime } = handling;
  const sending = createCannedSending(handling);
  const menuOf = createCannedMenus(handling);

  return async (pressing: Pressing, press: CannedPress): Promise<void> => {
    const { desk, message, say } = pressing;
    if (await bridge.outbound.find(draftId(message))) return say(desk.texts.say("press-late"));
    if (press.kind === "send") return send(pressing, press);
    const shown = await shownAfter(pressing, press);
    if (shown === "gone") {
      put(desk, message, await menuOf(desk));
      return say(desk.texts.say("canned-gone"), true);
    }
    put(desk, message, shown);
    say("");
  };

  async function send(
    { ctx, desk, by, message, say }: Pressing,
    { id, peer }: Extract<CannedPress, { kind: "send" }>,
  ): Promise<void> {
    const { texts } = desk;
    const thread = threadOf(desk.id, peer);
    const answer = await bridge.canned.find(desk.id, id);
    if (!answer) {
      put(desk, message, await menuOf(desk, { thread }));
      return say(texts.say("canned-gone"), true);
    }
    const markPost = placeOf(message.chat.id, message.message_id);
    const what = { thread, answer, readAt: ctx.readAt ?? clock.now(), markPost };
    const sent = await sending.send({ desk, operator: by }, message, what);
    if (!sent) return say(noValue(texts), true);
    // Somebody else's press of just now has sent something already.
    say(texts.say(sent.isNew ? pressedKey(sent.message) : "press-late"));
  }

  async function shownAfter(
    { desk, by, pressId }: Pressing,
    press: Exclude<CannedPress, { kind: "send" }>,
  ): Promise<Rendered | "gone"> {
    if (press.kind === "page") {
      const thread = press.peer === undefined ? undefined : threadOf(desk.id, press.peer);
      return menuOf(desk, { page: press.page, thread });
    }
    if (press.kind === "remove") {
      const name = (await bridge.canned.find(desk.id, press.id))?.name ?? "";
      const { answer } = await bridge.journal.noting(
        { id: pressKey(pressId), desk: desk.id, by, what: "canned", facts: { name } },
        () => bridge.canned.remove(desk.id, press.id),
        effectOnCanned,
      );
      return answer ? cannedRemoved(desk.texts, answer) : "gone";
    }
    const answer = await bridge.canned.find(desk.id, press.id);
    return answer ? cannedView(desk.texts, answer, spellTime[desk.texts.language]) : "gone";
  }

  /** What was sent meanwhile is told by that message, and stays. */
  function put(desk: TelegramDesk, message: MaybeInaccessibleMessage, what: Rendered): void {
    desk.rewrite(message.message_id, async () => ((await bridge.outbound.find(draftId(message))) ? undefined : what));
  }
}

import { threadOf } from "../../core/model/thread.ts";
import { pressedKey } from "../canned/sending.ts";
import type { Handling } from "../context.ts";
import { claiming, draftFrom } from "../drafts.ts";
import { draftId } from "../message.ts";
import type { Pressing } from "../pressing.ts";
import { placeOf } from "../types.ts";
import { type TemplatePress, templateKey } from "./press.ts";
import { templateForm, templateText } from "./render.ts";

/**
 * Buttons of the templates. One that needs no values is sent to the customer in whose thread the menu stands, which then becomes its
 * mark; of any other the menu turns into the command to copy, for values are nothing that a button could know.
 */
export function createTemplatePresses({ bridge, clock }: Pick<Handling, "bridge" | "clock">) {
  return async ({ ctx, desk, by, message, say }: Pressing, { key, peer }: TemplatePress): Promise<void> => {
    const { texts } = desk;
    const offered = bridge.templatesOf(desk.id).find(({ name }) => templateKey(name) === key);
    if (!offered) return say(texts.say("press-unknown"), true);
    const id = draftId(message);
    if (await bridge.outbound.find(id)) return say(texts.say("press-late"));
    if (peer === undefined || offered.values.length > 0) {
      const form = templateForm(texts, offered, peer !== undefined);
      desk.rewrite(message.message_id, async () => ((await bridge.outbound.find(id)) ? undefined : form));
      return say("");
    }
    const template = { name: offered.name, values: [] };
    const now = clock.now();
    const what = {
      thread: threadOf(desk.id, peer),
      text: templateText(texts, template),
      template,
      line: offered.line,
      readAt: ctx.readAt ?? now,
      now,
    };
    const markPost = placeOf(message.chat.id, message.message_id);
    const draft = { ...draftFrom({ desk, operator: by }, message, what), quoted: true as const, markPost };
    const accepted = await bridge.outbound.accept(await claiming(bridge, draft, now));
    say(texts.say(accepted.isNew ? pressedKey(accepted.message) : "press-late"));
  };
}

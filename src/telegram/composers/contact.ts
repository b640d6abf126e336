import { Composer } from "grammy";
import type { MessageId } from "../../core/model/ids.ts";
import type { ContactCommand } from "../contacts/contact-command.ts";
import { parseContact } from "../contacts/contact-command.ts";
import { contactOutcome, contactUsage, fieldsOf } from "../contacts/render-contact.ts";
import { answer, type DeskContext, type Handling, watch } from "../context.ts";
import { draftId } from "../message.ts";
import { findCustomer } from "../targets.ts";
import { argsOf, isCommand } from "./on-command.ts";

const dayMs = 24 * 60 * 60_000;

type Contact = Extract<ContactCommand, { kind: "contact" }>;

/**
 * `/contact <number> <field=value …>` keeps a number in the phone books of the desk's panels; alone in a customer's topic, it
 * keeps that customer. It calls panels, so it runs aside. A message that is read again is kept again only where nobody knows
 * that it was: at worst, after a crash, the same contact is written twice.
 */
export function createContactComposer(deps: Handling): Composer<DeskContext> {
  const { bridge, capabilities, memory, log } = deps;
  const running = new Set<MessageId>();
  const composer = new Composer<DeskContext>();

  composer.filter(isCommand("contact"), async (ctx) => {
    const { desk } = ctx.scene;
    const { message } = ctx;
    if (!capabilities[desk.id]?.includes("contact")) {
      return answer(ctx, { text: desk.texts.say("contact-unavailable") });
    }
    if (!message) return;
    const known = fieldsOf(bridge.phoneBooksOf(desk.id));
    const customer = await findCustomer({ bridge, desk, bot: ctx.me.id }, message);
    const command = parseContact(argsOf(ctx), { known, customer });
    if (command.kind !== "contact") return answer(ctx, contactUsage(desk.texts, command, known));
    const id = draftId(message);
    if (!(await memory.hasPlace(doneKey(id), 1)) || running.has(id)) return;
    running.add(id);
    watch(
      log,
      "contact",
      keep(ctx, command, id).finally(() => running.delete(id)),
    );
  });

  async function keep(ctx: DeskContext, { peer, fields }: Contact, id: MessageId): Promise<void> {
    const { desk } = ctx.scene;
    try {
      const outcomes = await bridge.addContact(desk.id, { peer, fields });
      await answer(ctx, contactOutcome(desk.texts, peer, outcomes, bridge.phoneBooksOf(desk.id)));
      await memory.takePlace(doneKey(id), 1, dayMs);
    } catch (error) {
      log.warn({ desk: desk.id, reason: error instanceof Error ? error.message : "unknown" }, "contact not kept");
      await answer(ctx, { text: desk.texts.say("contact-broken") });
    }
  }

  return composer;
}

function doneKey(id: MessageId): string {
  return `contact/${id}`;
}

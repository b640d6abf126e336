import { Composer } from "grammy";
import type { Contact, Document, Message } from "grammy/types";
import { threadOf } from "../../core/model/thread.ts";
import { createKeyedQueue } from "../../support/keyed-queue.ts";
import { slices } from "../../support/slices.ts";
import { giveName, type Named } from "../cards/naming.ts";
import { type ContactList, contactListOf, parseContactList } from "../contacts/contact-list.ts";
import { renderNamed } from "../contacts/render-named.ts";
import { isVcard, parseVcards } from "../contacts/vcard.ts";
import { answer, type DeskContext, type Handling, watch } from "../context.ts";
import { readSentFile } from "../sent-file.ts";
import { findTarget } from "../targets.ts";

const mostBytes = 2 * 1024 * 1024;
const mostNames = 5000;
const atOnce = 50;

/**
 * A shared contact, a vCard or a table of numbers and names that an operator sends outside the customers' topics: who is in it
 * is called so from now on. A file is got aside, so that nobody's answer waits for it; after a crash in the middle it is sent
 * once more, for a name that is given twice is the same name.
 */
export function createContactListComposer(deps: Handling): Composer<DeskContext> {
  const { bridge, log } = deps;
  const composer = new Composer<DeskContext>();
  const inTurn = createKeyedQueue();

  composer.on("message", async (ctx, next) => {
    const { message } = ctx;
    const { contact, document, text } = message;
    const isFile = document !== undefined && isContactFile(document) && !message.caption;
    const isText = text !== undefined && isVcard(text);
    if (!(contact || isFile || isText) || !(await isForTheDesk(ctx, message))) return next();
    if (contact) return answer(ctx, await nameAll(ctx, message, listOf(contact)));
    if (text !== undefined) return answer(ctx, await nameAll(ctx, message, parseContactList(text)));
    if (document)
      watch(
        log,
        "contacts",
        inTurn(ctx.scene.desk.id, () => takeFile(ctx, message, document)),
      );
  });

  /** In a customer's topic it is meant for the customer, and cannot be an SMS. */
  async function isForTheDesk(ctx: DeskContext, message: Message): Promise<boolean> {
    const { desk } = ctx.scene;
    return (await findTarget({ bridge, desk, bot: ctx.me.id }, message)).kind === "elsewhere";
  }

  async function takeFile(ctx: DeskContext, message: Message, document: Document): Promise<void> {
    const { texts } = ctx.scene.desk;
    try {
      const file = await readSentFile(deps, ctx, document, mostBytes);
      if (file.kind !== "text") return await answer(ctx, { text: texts.say(`named-${file.kind}`) });
      await answer(ctx, await nameAll(ctx, message, parseContactList(file.text)));
    } catch (error) {
      log.warn({ reason: error instanceof Error ? error.message : "unknown" }, "contacts were not taken");
      await answer(ctx, { text: texts.say("named-broken") });
    }
  }

  async function nameAll({ scene }: DeskContext, message: Message, { names, refused }: ContactList) {
    const { id, texts } = scene.desk;
    if (names.size > mostNames) return { text: texts.say("named-too-many", { most: mostNames }) };
    const counts: Record<Named, number> = { named: 0, renamed: 0, same: 0 };
    for (const some of slices([...names], atOnce)) {
      const done = await Promise.all(
        some.map(([peer, name]) => giveName({ bridge, scene, message }, threadOf(id, peer), name)),
      );
      for (const one of done) counts[one] += 1;
    }
    return renderNamed(texts, counts, refused);
  }

  return composer;
}

function listOf({ phone_number, first_name, last_name = "", vcard = "" }: Contact): ContactList {
  const numbers = [phone_number, ...parseVcards(vcard).flatMap((card) => card.numbers)];
  return contactListOf([{ line: 1, name: `${first_name} ${last_name}`, numbers }]);
}

function isContactFile({ file_name = "", mime_type = "" }: Document): boolean {
  return /\.(?:vcf|csv)$/i.test(file_name) || /^text\/(?:x-)?(?:vcard|csv|comma-separated-values)/i.test(mime_type);
}

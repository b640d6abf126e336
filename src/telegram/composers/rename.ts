import { Composer } from "grammy";
import { cleanName, foldName } from "../../core/model/name.ts";
import { partsOfThread } from "../../core/model/thread.ts";
import { giveName } from "../cards/naming.ts";
import type { DeskContext, Handling } from "../context.ts";
import { findTarget } from "../targets.ts";

/** Whoever renames a customer's topic has said what they are called. The number behind the name comes back with the topic's card. */
export function createRenameComposer({ bridge }: Handling): Composer<DeskContext> {
  const composer = new Composer<DeskContext>();
  composer.on("message:forum_topic_edited", async (ctx) => {
    const { desk } = ctx.scene;
    const { message } = ctx;
    const { name } = message.forum_topic_edited;
    if (name === undefined || message.from.is_bot) return;
    const target = await findTarget({ bridge, desk, bot: ctx.me.id }, message);
    if (target.kind !== "thread") return;
    const number = desk.texts.topicName({ peer: partsOfThread(target.thread).peer });
    await giveName({ bridge, scene: ctx.scene, message }, target.thread, cleanName(withoutNumber(name, number)));
  });
  return composer;
}

function withoutNumber(title: string, number: string): string {
  const pieces = title.split("·");
  const isNumber = foldName(pieces.at(-1) ?? "") === foldName(number);
  return (isNumber ? pieces.slice(0, -1) : pieces).join("·");
}

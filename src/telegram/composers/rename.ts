import { Composer } from "grammy";
import { cleanName, foldName } from "../../core/model/name.ts";
import { partsOfThread } from "../../core/model/thread.ts";
import { giveName } from "../cards/naming.ts";
import { readPeer } from "../contacts/written-number.ts";
import type { DeskContext, Handling } from "../context.ts";
import { findTarget } from "../targets.ts";

/** Whoever renames a customer's topic has said what they are called. The number comes back behind the name, with the card. */
export function createRenameComposer({ bridge }: Handling): Composer<DeskContext> {
  const composer = new Composer<DeskContext>();
  composer.on("message:forum_topic_edited", async (ctx) => {
    const { desk } = ctx.scene;
    const { message } = ctx;
    const { name: title } = message.forum_topic_edited;
    if (title === undefined) return;
    const target = await findTarget({ bridge, desk, bot: ctx.me.id }, message);
    if (target.kind !== "thread") return;
    const { thread } = target;
    const { peer } = partsOfThread(thread);
    const isNumber = (text: string) =>
      readPeer(text) === peer || foldName(text) === foldName(desk.texts.topicName({ peer }));
    await desk.topicRenamed(thread, title);
    await giveName({ bridge, scene: ctx.scene, message }, thread, cleanName(withoutEnd(title, isNumber)));
    await bridge.conversations.showAgain(thread);
  });
  return composer;
}

/** Without the longest end that `isIt`, and what stands before it: no part of a word. */
function withoutEnd(title: string, isIt: (text: string) => boolean): string {
  const starts = [0, ...[...title.matchAll(/[\s·\-–—:,،(]+/gu)].map(({ index, 0: gap }) => index + gap.length)];
  const end = starts.find((at) => isIt(title.slice(at)));
  return end === undefined ? title : title.slice(0, end).replace(/[\s·\-–—:,،(]+$/u, "");
}

import { partsOfThread, type ThreadId } from "../../core/model/thread.ts";
import type { Handling } from "../context.ts";
import type { Rendered, TelegramDesk } from "../types.ts";
import { cannedMenu } from "./render.ts";

/** The menu of a desk's canned answers: to send one in a thread, or without one to look at them. */
export function createCannedMenus({ bridge }: Pick<Handling, "bridge">) {
  return async (
    { id, texts }: Pick<TelegramDesk, "id" | "texts">,
    at: { readonly thread?: ThreadId | undefined; readonly page?: number } = {},
  ): Promise<Rendered> => {
    const { thread, page = 0 } = at;
    const answers = await bridge.canned.all(id);
    if (thread === undefined) return cannedMenu(texts, answers, { title: texts.say("canned-title"), page });
    const { peer } = partsOfThread(thread);
    const who = texts.topicName((await bridge.conversations.find(thread)) ?? { peer });
    return cannedMenu(texts, answers, { title: texts.say("canned-pick", { who }), page, peer });
  };
}

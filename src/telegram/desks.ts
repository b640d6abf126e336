import type { Api } from "grammy";
import type { Clock } from "../core/ports/clock.ts";
import type { Log } from "../core/ports/log.ts";
import type { Store } from "../core/ports/store.ts";
import { createDeskChat } from "./chat.ts";
import { chatAtStart, openChats } from "./chats.ts";
import { createDesk } from "./desk.ts";
import type { Governor } from "./governor.ts";
import { openParts } from "./parts.ts";
import { createTopics, openTopics } from "./topics.ts";
import type { DeskSettings, TelegramDesk, TelegramDesks, Texts } from "./types.ts";

export interface DesksDeps {
  readonly api: Api;
  readonly governor: Governor;
  readonly store: Store;
  readonly settings: readonly DeskSettings[];
  readonly texts: (settings: DeskSettings) => Texts;
  readonly clock: Clock;
  readonly log: Log;
}

/** Opens the desks' collections and reads where each desk works. Speaks to nobody yet. */
export async function openDesks(deps: DesksDeps): Promise<TelegramDesks> {
  const { api, governor, store, clock, log } = deps;
  const chats = await openChats(store);
  const records = await openTopics(store);
  const parts = await openParts(store);

  async function openDesk(settings: DeskSettings): Promise<TelegramDesk> {
    const texts = deps.texts(settings);
    const startsIn = await chatAtStart(chats, settings);
    const chat = createDeskChat({ api, governor, chats, settings, startsIn, clock, log });
    const topics = createTopics({ api, chat, records, texts, clock, log });
    return createDesk({ api, chat, topics, parts, settings, texts, clock, log });
  }

  const all = await Promise.all(deps.settings.map(openDesk));
  return {
    all,
    byId: (id) => all.find((desk) => desk.id === id),
    byChat: (chatId) => all.find((desk) => desk.chatId() === chatId),
  };
}

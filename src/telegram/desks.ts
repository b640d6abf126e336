import type { Api } from "grammy";
import type { DeskId } from "../core/model/ids.ts";
import { openOnce } from "../core/notices/once.ts";
import type { Clock } from "../core/ports/clock.ts";
import type { Log } from "../core/ports/log.ts";
import type { Store } from "../core/ports/store.ts";
import { openAnswers } from "./answers.ts";
import type { Governor } from "./calls/governor.ts";
import { createDeskChat, type DeskChat } from "./chat/chat.ts";
import { chatAtStart, openChats } from "./chat/chats.ts";
import { watch } from "./context.ts";
import { createDesk } from "./desk.ts";
import { createPictures } from "./notices/chart/picture.ts";
import { createChiefs } from "./notices/chiefs.ts";
import { openCodePosts } from "./posts/code-posts.ts";
import { openParts } from "./posts/parts.ts";
import { openDeskSettings } from "./settings/desk-settings.ts";
import { openOverrides } from "./settings/overrides.ts";
import { createTopicIcons } from "./topics/icons.ts";
import { createPins, type Pins } from "./topics/pins.ts";
import { openTopics } from "./topics/topic-record.ts";
import { createTopics } from "./topics/topics.ts";
import type { DeskSettings, TelegramDesk, TelegramDesks, Texts } from "./types.ts";

export interface DesksDeps {
  readonly api: Api;
  readonly governor: Governor;
  readonly store: Store;
  /** As the configuration has them. */
  readonly settings: readonly DeskSettings[];
  /** Made of settings that change. */
  readonly texts: (settings: DeskSettings) => Texts;
  readonly clock: Clock;
  readonly log: Log;
  /** For how long messages are kept. */
  readonly keepMs: number;
}

/** The desks as the composition root runs them. */
export interface RunningDesks extends TelegramDesks {
  /** Says what handlers have answered, also what a dead process left unsaid. */
  start(): void;
  /** Resolves when nothing is being said any more. */
  stop(): Promise<void>;
}

/** Opens the desks' collections and reads where each desk works. Speaks to nobody yet. */
export async function openDesks(deps: DesksDeps): Promise<RunningDesks> {
  const { api, governor, store, clock, log } = deps;
  const chats = await openChats(store);
  const records = await openTopics(store);
  const parts = await openParts(deps);
  const codePosts = await openCodePosts(deps);
  const once = await openOnce(deps, "deskOnce");
  const overrides = await openOverrides(store);
  const drawPicture = createPictures({ log });
  const icons = createTopicIcons({ api, log });
  const pinning: Pins[] = [];
  const settling: (() => Promise<void>)[] = [];
  const speaking = new Map<DeskId, DeskChat>();
  const answers = await openAnswers({ store, chatOf: (desk) => speaking.get(desk), clock, log });

  async function openDesk(configured: DeskSettings): Promise<TelegramDesk> {
    const { settings, changes, settle } = await openDeskSettings({ configured, records: overrides, clock, log });
    settling.push(settle);
    const texts = deps.texts(settings);
    const startsIn = await chatAtStart(chats, settings);
    const chat = createDeskChat({ api, governor, chats, settings, startsIn, clock, log });
    speaking.set(settings.id, chat);
    const topics = createTopics({ api, chat, records, clock, log });
    const pins = createPins({ api, chat, topics, clock, log });
    pinning.push(pins);
    const chiefs = createChiefs({ api, governor, chat, once, settings, texts, log });
    const own = { settings, changes, texts, chat, topics, pins, chiefs };
    return createDesk({ ...own, api, parts, icons, codePosts, answers, drawPicture, clock, log });
  }

  const all = await Promise.all(deps.settings.map(openDesk));
  return {
    all,
    byId: (id) => all.find((desk) => desk.id === id),
    byChat: (chatId) => all.find((desk) => desk.chatId() === chatId),
    start() {
      answers.start();
      for (const pins of pinning) pins.start();
      for (const settle of settling) watch(log, "what was set in Telegram", settle());
    },
    async stop() {
      await Promise.all([answers.stop(), ...pinning.map((pins) => pins.stop())]);
    },
  };
}

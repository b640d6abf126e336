import type { Draft } from "../../src/core/bridge.ts";
import { openCannedAnswers } from "../../src/core/canned.ts";
import { type PersonOptions, startTelegramSimulator, type TelegramOptions } from "../../src/sandbox/telegram/server.ts";
import { createMemoryStore } from "../../src/store/memory.ts";
import { createSystemClock } from "../../src/support/system-clock.ts";
import { createBot } from "../../src/telegram/bot.ts";
import { deskConfig } from "../../src/telegram/config.ts";
import type { Capability } from "../../src/telegram/context.ts";
import { openBotMemory } from "../../src/telegram/memory.ts";
import { createTexts } from "../../src/telegram/texts/texts.ts";
import {
  type DeskSettings,
  placeOf,
  type Rendered,
  type TelegramDesk,
  type TelegramDesks,
} from "../../src/telegram/types.ts";
import { createPolling } from "../../src/telegram/updates/polling.ts";
import { createFakeClock } from "../support/fake-clock.ts";
import { createFakeBridge, line } from "./fake-bridge.ts";
import { silentLog } from "./silent-log.ts";

const { chat: _chat, line: _line, ...deskDefaults } = deskConfig.parse({ language: "en" });
/** Of a desk at which nobody may change anything. */
const noChanges: TelegramDesk["changes"] = {
  of: () => undefined,
  configured: () => undefined,
  change: async () => "refused",
};

export const peer = "+989121234567";

export interface Answer {
  readonly messageId: number;
  readonly topicId?: number;
  readonly text: string;
  readonly what: Rendered;
}

export interface FakeDesk extends TelegramDesk {
  readonly answers: Answer[];
  readonly topics: Map<string, string>;
  /** Topics that many senders share. */
  readonly shared: Set<string>;
  /** What was said to everybody. */
  readonly told: string[];
  /** What was put into messages of ours, with the ids of those. */
  readonly rewritten: { readonly messageId: number; readonly what: Rendered }[];
  /** What `refresh` was called with. */
  readonly refreshed: (boolean | undefined)[];
  moves: number;
}

export function createFakeDesk(settings: Partial<DeskSettings> = {}): FakeDesk {
  const full: DeskSettings = {
    id: "support",
    ...deskDefaults,
    lines: [line],
    line,
    ...settings,
  };
  let chat = full.chat === undefined ? undefined : String(full.chat);
  const answers: Answer[] = [];
  const topics = new Map<string, string>();
  const never = () => Promise.reject(new Error("handlers must not call this"));
  const desk: FakeDesk = {
    id: full.id,
    settings: full,
    changes: noChanges,
    texts: createTexts(full.language),
    answers,
    topics,
    shared: new Set(),
    told: [],
    rewritten: [],
    refreshed: [],
    moves: 0,
    markAfterMs: 3_000,
    post: never,
    mark: never,
    card: never,
    hideCodes: never,
    bulk: never,
    remind: never,
    echo: never,
    erase: never,
    notify: never,
    chatId: () => chat,
    layout: never,
    linkOf: async () => undefined,
    topicRenamed: never,
    threadOfTopic: async (topicId) => topics.get(topicId),
    isSharedTopic: async (topicId) => desk.shared.has(topicId),
    settled: async () => undefined,
    postOf: async (messageId) => placeOf(chat ?? "", messageId),
    async answer(to, what) {
      answers.push({ ...to, text: what.text, what });
    },
    rewrite(messageId, what) {
      const make = typeof what === "function" ? what : async () => what;
      void make().then((rendered) => {
        if (rendered) desk.rewritten.push({ messageId, what: rendered });
      });
    },
    attach: never,
    tell: (what) => void desk.told.push(what.text),
    refresh: (isForum) => void desk.refreshed.push(isForum),
    async moveTo(chatId) {
      desk.moves += 1;
      chat = chatId;
    },
  };
  return desk;
}

export interface SetupOptions {
  readonly settings?: Partial<DeskSettings>;
  /** Further desks beside the one of the group. */
  readonly others?: readonly FakeDesk[];
  readonly capabilities?: readonly Capability[];
  readonly otherCapabilities?: Readonly<Record<string, readonly Capability[]>>;
  readonly telegram?: TelegramOptions;
  readonly group?: {
    basic?: boolean;
    forum?: boolean;
    bot?: "administrator" | "member";
    rights?: { can_manage_topics?: boolean; can_pin_messages?: boolean };
  };
  /** The desk has no chat yet. */
  readonly unpaired?: boolean;
}

/** The bot on the Telegram simulator: people write there, updates come by polling, and what they cause is seen in a fake bridge and desk. */
export async function startBot(options: SetupOptions = {}) {
  const clock = createFakeClock(Date.now());
  const simulator = await startTelegramSimulator(options.telegram);
  const group = simulator.group({ forum: true, ...options.group });
  const person = (facts: PersonOptions = {}) => simulator.user({ language: "en", ...facts });
  const sara = person({ name: "Sara" });
  group.add(sara);
  const desk = createFakeDesk({ ...(options.unpaired ? {} : { chat: group.id }), ...options.settings });
  const all = [desk, ...(options.others ?? [])];
  const desks: TelegramDesks = {
    all,
    byId: (id) => all.find((each) => each.id === id),
    byChat: (chatId) => all.find((each) => each.chatId() === chatId),
  };
  const store = createMemoryStore({ clock, log: silentLog });
  const bridge = createFakeBridge(clock.now, await openCannedAnswers({ store, clock }));
  const memory = await openBotMemory({ store, clock });
  const token = simulator.token;
  const telegram = createBot({
    token,
    apiRoot: simulator.url,
    timeZone: "Asia/Tehran",
    capabilities: { support: options.capabilities ?? [], ...options.otherCapabilities },
    bridge,
    desks,
    memory,
    inOrder: true,
    clock,
    log: silentLog,
  });
  const polling = createPolling({
    bot: telegram.bot,
    onPassedOver: telegram.apologize,
    clock: createSystemClock(),
    log: silentLog,
    random: () => 0,
  });
  polling.start();
  await polling.ready;

  /** Waits until everything that people did has been handled. */
  async function settled(): Promise<void> {
    await until(() => simulator.pendingUpdates() === 0);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }

  return {
    clock,
    simulator,
    group,
    sara,
    person,
    desk,
    bridge,
    memory,
    token,
    telegram,
    settled,
    /** The drafts so far, in order. */
    drafts: (): Draft[] => [...bridge.drafts.values()],
    /** A topic that shows the thread of a customer. */
    topicOf(number = peer): number {
      const { id } = group.createTopic(sara, number);
      desk.topics.set(String(id), `support/${number}`);
      return id;
    },
    /** A post of the bot, known to the bridge as an SMS of this number. */
    async post(number = peer, topic?: number): Promise<number> {
      const message = await telegram.bot.api.sendMessage(
        group.id,
        "سلام",
        topic === undefined ? {} : { message_thread_id: topic },
      );
      bridge.addPost(`${group.id}:${message.message_id}`, number);
      return message.message_id;
    },
    async stop() {
      await polling.stop();
      await simulator.stop();
      await store.close();
    },
  };
}

export async function until(isTrue: () => boolean, ms = 5_000): Promise<void> {
  const end = Date.now() + ms;
  while (!isTrue()) {
    if (Date.now() > end) throw new Error("it did not happen");
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

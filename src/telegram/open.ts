import type { Bridge } from "../core/bridge.ts";
import type { DeskId } from "../core/model/ids.ts";
import type { Clock } from "../core/ports/clock.ts";
import type { Log } from "../core/ports/log.ts";
import type { Store } from "../core/ports/store.ts";
import { createBot } from "./bot.ts";
import { createTelegramApi } from "./calls/api.ts";
import { createGovernor } from "./calls/governor.ts";
import { openCodes } from "./chat/pairing.ts";
import type { TelegramConfig } from "./config.ts";
import type { Capability } from "./context.ts";
import { openDesks } from "./desks.ts";
import { openBotMemory } from "./memory.ts";
import { createLiveTexts } from "./texts/live-texts.ts";
import { createTexts } from "./texts/texts.ts";
import type { DeskSettings, TelegramDesks } from "./types.ts";
import { createPolling } from "./updates/polling.ts";
import { createRivalWatch } from "./updates/rival.ts";
import type { UpdateSource } from "./updates/updates.ts";
import { createWebhook, type Webhook } from "./updates/webhook.ts";

const rivalHoldsMs = 6 * 60 * 60_000;

export interface TelegramDeps {
  readonly config: TelegramConfig;
  readonly desks: readonly DeskSettings[];
  readonly timeZone: string;
  /** Where Telegram reaches us; needed for `updates: "webhook"`. */
  readonly publicUrl?: string;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  /** In [0, 1). */
  readonly random: () => number;
  /** For how long messages are kept. */
  readonly keepMs: number;
}

/** The Telegram side, whole. */
export interface Telegram {
  readonly desks: TelegramDesks;
  /** Wires what comes from Telegram to a bridge. Reads nothing before the source is started. */
  connect(to: { bridge: Bridge; capabilities: Readonly<Record<DeskId, readonly Capability[]>> }): {
    readonly source: UpdateSource;
    readonly hook?: Webhook;
  };
  /** The codes of desks that wait to be paired. */
  pairingCodes(): Promise<readonly { readonly desk: DeskId; readonly code: string }[]>;
  /** Refuses what waits for Telegram's limits; resolves when the calls in flight have ended. */
  quieten(): Promise<void>;
  /** Cuts what is still in flight and closes every connection. Safe to call twice. */
  close(): Promise<void>;
}

/** Opens the desks and what the bot remembers. Speaks to nobody yet. */
export async function openTelegram(deps: TelegramDeps): Promise<Telegram> {
  const { config, timeZone, publicUrl, store, clock, log, random } = deps;
  const { token, apiRoot, proxy } = config;
  const { api, transport, download, close } = createTelegramApi({
    token,
    apiRoot,
    ...(proxy === undefined ? {} : { proxy }),
  });
  const governor = createGovernor({ clock, limits: config.limits, log });
  const desks = await openDesks({
    api,
    governor,
    store,
    settings: deps.desks,
    texts: (settings) => {
      const options = { settings, timeZone, hasSeveralLines: settings.lines.length > 1 };
      return createLiveTexts(settings, { fa: createTexts("fa", options), en: createTexts("en", options) });
    },
    clock,
    log,
    keepMs: deps.keepMs,
  });
  const memory = await openBotMemory({ store, clock });

  /** Once in six hours, however often the bridge is started meanwhile. */
  async function tellOfRival(news: "is-there" | "is-gone"): Promise<void> {
    log.warn({ news }, "another program reads this bot's updates");
    const isDue = news === "is-gone" || (await memory.isFirst("rival", rivalHoldsMs).catch(() => true));
    if (!isDue) return;
    for (const { texts, tell } of desks.all) {
      tell({ text: news === "is-there" ? texts.say("notice-rival-is-there") : texts.say("notice-rival-is-gone") });
    }
  }

  return {
    desks,
    connect({ bridge, capabilities }) {
      const { bot, drained, offerCommands, apologize } = createBot({
        token,
        apiRoot,
        transport,
        download,
        bridge,
        desks,
        memory,
        inOrder: config.updates === "polling",
        capabilities,
        timeZone,
        clock,
        log,
      });
      const parts = { bot, onPassedOver: apologize, clock, log, random };
      // Telegram learns the commands when updates begin to flow.
      const started = () => {
        desks.start();
        offerCommands();
      };
      if (config.updates === "webhook" && publicUrl !== undefined) {
        const hook = createWebhook({ ...parts, token, publicUrl });
        return { source: withStart(hook, started), hook };
      }
      const rival = createRivalWatch({ clock, tell: (news) => void tellOfRival(news) });
      return { source: withStart(createPolling({ ...parts, rival, onDrained: drained }), started) };
    },
    async pairingCodes() {
      const codes = await openCodes({ desks, memory, token });
      return codes.filter(({ desk }) => desk.chatId() === undefined).map(({ desk, code }) => ({ desk: desk.id, code }));
    },
    async quieten() {
      await Promise.all([governor.stop(), desks.stop()]);
    },
    async close() {
      const ended = governor.stop();
      await close();
      await ended;
    },
  };
}

function withStart(source: UpdateSource, started: () => void): UpdateSource {
  return {
    ...source,
    start() {
      source.start();
      started();
    },
  };
}

import type { Update } from "grammy/types";
import { z } from "zod";
import { sleep } from "../../support/sleep.ts";
import { deriveSecret } from "./secrets.ts";
import {
  allowedUpdates,
  createReady,
  createStateKeeper,
  defaultGraceMs,
  deliver,
  endsWithin,
  mostTries,
  toGrammySignal,
  type UpdateSource,
  type UpdateSourceDeps,
  untilAnswered,
} from "./updates.ts";

export interface WebhookDeps extends UpdateSourceDeps {
  readonly token: string;
  /** Where Telegram reaches us: `https://sms.example.com`, with or without a path. */
  readonly publicUrl: string;
}

/** What the web server needs to take updates; it compares both secrets in constant time. */
export interface Webhook extends UpdateSource {
  /** The whole path, `/telegram/<secret>`. */
  readonly path: string;
  /** What the header `X-Telegram-Bot-Api-Secret-Token` must hold. */
  readonly secretToken: string;
  /** Takes one update, as Telegram wrote it. Resolves once its effect is committed; rejects to be given it again. */
  handle(update: unknown): Promise<void>;
}

const backlogLookMs = 500;
const mostCounted = 1_000;

const updateShape = z.custom<Update>(
  (value) => z.looseObject({ update_id: z.number().int() }).safeParse(value).success,
  "not an update",
);

/**
 * Takes updates that Telegram pushes.
 *
 * Effects are keyed by chat and message or by callback, never by `update_id`, so a repeat changes nothing. Updates of one
 * chat run one after the other, in the order in which they came; an edit that overtook its message waits for it in the store.
 */
export function createWebhook(deps: WebhookDeps): Webhook {
  const { bot, token, publicUrl, clock, log, random } = deps;
  const state = createStateKeeper(deps);
  const ending = new AbortController();
  const { signal } = ending;
  const ready = createReady(clock);
  const path = webhookPath(token);
  const secretToken = deriveSecret(token, "telegram webhook header");
  const queues = new Map<number, Promise<void>>();
  const failures = new Map<number, number>();
  let isStarted = false;
  let stopping: Promise<void> | undefined;

  async function register(): Promise<void> {
    const cancel = toGrammySignal(signal);
    if (!bot.isInited()) bot.botInfo = await bot.api.getMe(cancel);
    const url = `${publicUrl.replace(/\/+$/, "")}${path}`;
    const options = { secret_token: secretToken, allowed_updates: allowedUpdates, drop_pending_updates: false };
    await bot.api.setWebhook(url, options, cancel);
  }

  async function waitForBacklog(): Promise<void> {
    const patience = { clock, log, random, state };
    await untilAnswered(patience, signal, register);
    state.up();
    const look = () => bot.api.getWebhookInfo(toGrammySignal(signal));
    while ((await untilAnswered(patience, signal, look)).pending_update_count > 0) {
      await sleep(clock, backlogLookMs, signal);
    }
    state.up();
    ready.resolve();
  }

  async function handle(given: unknown): Promise<void> {
    signal.throwIfAborted();
    if (!bot.isInited()) throw new Error("the bot is not ready yet");
    const parsed = updateShape.safeParse(given);
    if (!parsed.success) {
      // Telegram would repeat it for a day and hold back what follows.
      log.warn({}, "a webhook call held no update");
      return;
    }
    const update = parsed.data;
    const chat = chatOf(update);
    const before = queues.get(chat) ?? Promise.resolve();
    const mine = before.then(() => commit(update));
    const settled = mine.catch(() => undefined);
    queues.set(chat, settled);
    await mine.finally(() => {
      if (queues.get(chat) === settled) queues.delete(chat);
    });
  }

  async function commit(update: Update): Promise<void> {
    const end = await deliver(deps, update);
    if (end.kind === "store") {
      state.down("store");
      throw new Error("the store could not be written");
    }
    if (end.kind === "failed") {
      const count = (failures.get(update.update_id) ?? 0) + 1;
      if (count < mostTries) {
        if (failures.size >= mostCounted) failures.clear();
        failures.set(update.update_id, count);
        throw new Error("the update could not be handled");
      }
      state.passOver(update, end.error);
    }
    failures.delete(update.update_id);
    state.up();
  }

  return {
    path,
    secretToken,
    handle,
    start() {
      if (isStarted || signal.aborted) return;
      isStarted = true;
      ready.startTimer();
      waitForBacklog().catch((error: unknown) => {
        if (!signal.aborted)
          log.error({ reason: error instanceof Error ? error.message : "unknown" }, "webhook not set");
      });
    },
    ready: ready.promise,
    stop(graceMs = defaultGraceMs) {
      stopping ??= (async () => {
        // The webhook stays set: Telegram keeps what comes meanwhile.
        ending.abort();
        ready.resolve();
        await endsWithin(clock, Promise.all(queues.values()), graceMs);
      })();
      return stopping;
    },
    state: state.read,
  };
}

/** Where a bot's updates are pushed to, below the public URL. A secret. */
export function webhookPath(token: string): string {
  return `/telegram/${deriveSecret(token, "telegram webhook path")}`;
}

/** Zero where it has none, or is not what it says: its handler will tell. */
function chatOf(update: Update): number {
  const message =
    update.message ??
    update.edited_message ??
    update.channel_post ??
    update.callback_query?.message ??
    update.my_chat_member;
  const chat: { readonly id?: number } | undefined = message?.chat;
  return chat?.id ?? 0;
}

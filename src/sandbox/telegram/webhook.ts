import { Agent, request } from "undici";
import type { Timers } from "../timers.ts";
import { badRequest } from "./errors.ts";
import type { UpdateQueue } from "./updates.ts";

export interface WebhookSettings {
  readonly url: string;
  readonly secretToken?: string | undefined;
  readonly maxConnections?: number | undefined;
}

/** Pushes updates to the bot, one after the other, and repeats each until it is answered 2xx. */
export interface Webhook {
  readonly settings: WebhookSettings | undefined;
  readonly lastError: { readonly date: number; readonly message: string } | undefined;
  set(settings: WebhookSettings): void;
  remove(): void;
  stop(): Promise<void>;
}

export function createWebhook(deps: {
  updates: UpdateQueue;
  timers: Timers;
  /** The first wait before a repetition; it doubles up to a minute. */
  backoffMs: number;
}): Webhook {
  const { updates, timers, backoffMs } = deps;
  const agent = new Agent();
  const stopping = new AbortController();
  let settings: WebhookSettings | undefined;
  let lastError: { date: number; message: string } | undefined;
  let changed = new AbortController();
  let running: Promise<void> | undefined;

  updates.onPush(start);

  function start(): void {
    if (running || !settings || stopping.signal.aborted) return;
    running = run().finally(() => {
      running = undefined;
      if (settings && updates.pending().length > 0) start();
    });
  }

  async function run(): Promise<void> {
    let failures = 0;
    while (settings && !stopping.signal.aborted) {
      const update = updates.pending()[0];
      if (!update) return;
      const target = settings;
      const failure = await post(target, JSON.stringify(update));
      if (settings !== target) {
        failures = 0;
      } else if (failure === undefined) {
        failures = 0;
        updates.confirm(update.update_id);
      } else {
        lastError = { date: Math.floor(timers.now() / 1000), message: failure };
        await timers.sleep(Math.min(backoffMs * 2 ** failures, 60_000), changed.signal);
        failures += 1;
      }
    }
  }

  /** What went wrong, in the words of getWebhookInfo. */
  async function post({ url, secretToken }: WebhookSettings, body: string): Promise<string | undefined> {
    const headers: Record<string, string> = { "content-type": "application/json" };
    if (secretToken) headers["x-telegram-bot-api-secret-token"] = secretToken;
    try {
      const response = await request(url, {
        method: "POST",
        headers,
        body,
        dispatcher: agent,
        signal: stopping.signal,
      });
      await response.body.dump();
      if (response.statusCode >= 200 && response.statusCode < 300) return undefined;
      return `Wrong response from the webhook: ${response.statusCode}`;
    } catch {
      return "Connection refused or broken";
    }
  }

  function apply(next: WebhookSettings | undefined): void {
    settings = next;
    lastError = undefined;
    changed.abort();
    changed = new AbortController();
    start();
  }

  return {
    get settings() {
      return settings;
    },
    get lastError() {
      return lastError;
    },
    set(next) {
      if (next.secretToken !== undefined && !/^[\w-]{1,256}$/.test(next.secretToken)) {
        throw badRequest("secret token contains unallowed characters");
      }
      if (!URL.canParse(next.url)) throw badRequest("bad webhook: invalid URL specified");
      updates.interrupt();
      apply(next);
    },
    remove: () => apply(undefined),
    async stop() {
      settings = undefined;
      stopping.abort();
      changed.abort();
      await running;
      await agent.destroy();
    },
  };
}

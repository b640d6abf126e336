import type { PushResult } from "../carrier.ts";
import type { Timers } from "../timers.ts";
import { createPusher, type InboundSms, type PushVariant } from "./push.ts";

/** An SMS that a customer sent to one of the lines, and how its pushes ended. */
export interface ReceivedSms extends InboundSms {
  readonly at: number;
  readonly pushes: PushResult[];
}

/** What comes in: kept, and pushed to the registered address. */
export interface Inbound {
  readonly all: readonly ReceivedSms[];
  /** The address to push to; `undefined` removes it. */
  register(url: string | undefined, variant?: PushVariant): void;
  /**
   * Pushes an SMS; resolves to the answer of the first call, and repeats it behind that where it was not taken. Rejects where no
   * address is registered.
   */
  push(sms: InboundSms, variant?: PushVariant): Promise<PushResult>;
  stop(): Promise<void>;
}

export function createInbound(deps: {
  timers: Timers;
  /** How often a push that was not answered 2xx is repeated, one second apart. */
  retries: number;
  /** An SMS came in, or a push of one ended. */
  onChange: () => void;
}): Inbound {
  const { timers, retries } = deps;
  const pusher = createPusher({ timers });
  const all: ReceivedSms[] = [];
  let waiting: Repeated[] = [];
  let isRepeating = false;
  let webhook: { url: string; variant: PushVariant } | undefined;

  async function call({ entry, variant }: Repeated): Promise<PushResult> {
    if (!webhook) throw new Error("no address is registered for inbound SMS");
    // The time is fixed at the first, so that a repetition carries the same.
    const sms = { ...entry, time: entry.time ?? entry.at };
    const result = await pusher.push(webhook.url, sms, { ...webhook.variant, ...variant });
    entry.pushes.push(result);
    deps.onChange();
    return result;
  }

  /** One after the other and the oldest first, so that they come in the order in which they were written. */
  async function repeat(): Promise<void> {
    if (isRepeating) return;
    isRepeating = true;
    try {
      while (waiting.length > 0) {
        await timers.sleep(1000);
        for (const one of [...waiting]) {
          if (timers.isStopped || !webhook) return;
          const isOver = isTaken(await call(one)) || one.entry.pushes.length > retries;
          if (isOver) waiting = waiting.filter((other) => other !== one);
        }
      }
    } finally {
      // At once: an SMS that begins to wait a moment later would else wait for ever.
      isRepeating = false;
    }
  }

  return {
    all,
    register(url, variant = {}) {
      webhook = url === undefined ? undefined : { url, variant };
    },
    async push(sms, variant = {}) {
      const entry: ReceivedSms = { ...sms, at: timers.now(), pushes: [] };
      all.push(entry);
      deps.onChange();
      const result = await call({ entry, variant });
      if (isTaken(result) || retries === 0 || timers.isStopped) return result;
      waiting.push({ entry, variant });
      void repeat();
      return result;
    },
    stop: pusher.stop,
  };
}

interface Repeated {
  readonly entry: ReceivedSms;
  readonly variant: PushVariant;
}

function isTaken({ status }: PushResult): boolean {
  return status >= 200 && status < 300;
}

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
  /** Pushes an SMS; resolves to the answer of the (last) call. Rejects where no address is registered. */
  push(sms: InboundSms, variant?: PushVariant): Promise<PushResult>;
  stop(): Promise<void>;
}

export function createInbound(deps: {
  timers: Timers;
  /** How often a push that was not answered 2xx is repeated, one second apart. */
  retries: number;
  onReceived: () => void;
}): Inbound {
  const { timers } = deps;
  const pusher = createPusher({ timers });
  const all: ReceivedSms[] = [];
  let webhook: { url: string; variant: PushVariant } | undefined;

  return {
    all,
    register(url, variant = {}) {
      webhook = url === undefined ? undefined : { url, variant };
    },
    async push(sms, variant) {
      const entry: ReceivedSms = { ...sms, at: timers.now(), pushes: [] };
      all.push(entry);
      deps.onReceived();
      if (!webhook) throw new Error("no address is registered for inbound SMS");
      const { url } = webhook;
      // The time is fixed now, so that a repetition carries the same.
      const fixed = { ...sms, time: sms.time ?? entry.at };
      for (let left = deps.retries; ; left -= 1) {
        const result = await pusher.push(url, fixed, { ...webhook.variant, ...variant });
        entry.pushes.push(result);
        const isTaken = result.status >= 200 && result.status < 300;
        if (isTaken || left <= 0 || timers.isStopped) return result;
        await timers.sleep(1000);
      }
    },
    stop: pusher.stop,
  };
}

import type { OutboundState } from "./model/delivery.ts";
import type { ProviderId } from "./model/ids.ts";
import type { Inbound, Outbound } from "./model/message.ts";
import type { FailureCode } from "./ports/provider-error.ts";

/** What happens in the bridge, for those who only watch: metrics, logs, a dashboard. Core does not know them. */
export interface BridgeEvents {
  "inbound accepted": { message: Inbound };
  "inbound repeated": { message: Inbound };
  "inbound posted": { message: Inbound; waitedMs: number };
  "outbound accepted": { message: Outbound };
  /** `from` and `message.state` differ. */
  "outbound moved": { message: Outbound; from: OutboundState };
  "provider called": { provider: ProviderId; call: ProviderCall; ms: number; failure?: FailureCode };
  "report unknown": { provider: ProviderId; vendor: string };
}

export type ProviderCall = "send" | "reports" | "sent-list" | "credit" | "contact" | "poll" | "confirm";

export interface Events {
  emit<K extends keyof BridgeEvents>(name: K, event: BridgeEvents[K]): void;
  /** Returns how to stop listening. A listener that throws is the listener's bug: it is logged and nobody else notices. */
  on<K extends keyof BridgeEvents>(name: K, listener: (event: BridgeEvents[K]) => void): () => void;
}

type Listeners = { [K in keyof BridgeEvents]?: Set<(event: BridgeEvents[K]) => void> };

export function createEvents(onListenerError: (error: unknown) => void): Events {
  const listeners: Listeners = {};
  return {
    emit(name, event) {
      for (const listener of listeners[name] ?? []) {
        try {
          listener(event);
        } catch (error) {
          onListenerError(error);
        }
      }
    },
    on<K extends keyof BridgeEvents>(name: K, listener: (event: BridgeEvents[K]) => void) {
      const set: Set<(event: BridgeEvents[K]) => void> = listeners[name] ?? new Set();
      set.add(listener);
      Object.assign(listeners, { [name]: set });
      return () => void set.delete(listener);
    },
  };
}

import type { CreditOfProvider, RunningBridge } from "./bridge.ts";
import type { Events } from "./events.ts";
import { createHealth } from "./health.ts";
import { createInbound } from "./inbound.ts";
import { createLedger } from "./ledger.ts";
import { createMarker } from "./marker.ts";
import { createNoticeBoard } from "./notices.ts";
import { createOutbound } from "./outbound.ts";
import { createOutbox } from "./outbox.ts";
import type { Clock } from "./ports/clock.ts";
import type { Log } from "./ports/log.ts";
import { ProviderError, type SmsProvider } from "./ports/sms-provider.ts";
import type { Store } from "./ports/store.ts";
import { createPoster } from "./poster.ts";
import { openRecords } from "./records.ts";
import type { Registry } from "./registry.ts";
import { createRest } from "./rest.ts";
import { openSequence } from "./sequence.ts";
import { createTracker } from "./tracker.ts";
import { openUnreadable } from "./unreadable.ts";

export interface BridgeDeps {
  readonly store: Store;
  readonly registry: Registry;
  readonly clock: Clock;
  readonly events: Events;
  readonly log: Log;
  /** In [0, 1), for jitter. */
  readonly random: () => number;
}

/** Puts the flows together. Everything that core does happens in one of these parts; this only hands them to each other. */
export async function openBridge(deps: BridgeDeps): Promise<RunningBridge> {
  const { registry, clock, events } = deps;
  const records = await openRecords(deps.store);
  const sequence = await openSequence(records, clock);
  const ledger = createLedger({ ...deps, outbound: records.outbound });
  const rest = createRest(deps);
  const notices = createNoticeBoard(deps);
  const health = createHealth({ clock, tell: notices.tell });
  const parts = { ...deps, records, sequence, ledger, rest, health };

  const poster = createPoster(parts);
  const marker = createMarker(parts);
  const outbox = createOutbox(parts);
  const tracker = createTracker(parts);

  async function readCredit(provider: SmsProvider): Promise<CreditOfProvider> {
    const startedAt = clock.now();
    const call = { provider: provider.id, call: "credit" } as const;
    try {
      const credits = await provider.credit?.read(new AbortController().signal);
      health.worked(provider.id);
      events.emit("provider called", { ...call, ms: clock.now() - startedAt });
      return { provider: provider.id, ...(credits ? { credits } : {}) };
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      health.failed(provider.id, error);
      events.emit("provider called", { ...call, ms: clock.now() - startedAt, failure: error.code });
      return { provider: provider.id, failure: error.code };
    }
  }

  return {
    inbound: createInbound({ ...parts, onAccepted: (message) => poster.consider(message) }),
    outbound: createOutbound(parts),
    tell: notices.tell,
    keepUnreadable: await openUnreadable({ ...deps, sequence, tell: notices.tell }),
    providerHealth: (desk) =>
      (desk === undefined ? registry.providers : registry.providersOf(desk)).map(({ id }) => ({
        ...health.of(id),
        waiting: outbox.waitingFor(id),
      })),
    creditOf: (desk) =>
      Promise.all(
        registry
          .providersOf(desk)
          .filter((provider) => provider.credit)
          .map(readCredit),
      ),
    linesOf: (desk) => registry.linesOf(desk),
    wake(desk) {
      rest.worked(desk);
      poster.wake();
      marker.wake();
    },

    async start() {
      await outbox.start();
      await poster.start();
      await marker.start();
      tracker.start();
    },
    open: () => outbox.open(),
    async stop(graceMs) {
      await Promise.all([outbox.stop(graceMs), tracker.stop()]);
      await Promise.all([poster.stop(), marker.stop()]);
      notices.stop();
    },
  };
}

import { openOptOuts } from "./automatic/opt-outs.ts";
import type { Outbounds } from "./bridge.ts";
import { openRestored } from "./keeping/restored.ts";
import type { MessageId } from "./model/ids.ts";
import type { BridgeDeps } from "./open-bridge.ts";
import { createOutbound } from "./outbound/outbound.ts";
import { createLedger } from "./outbox/ledger.ts";
import { createOutbox } from "./outbox/outbox.ts";
import { createHealth } from "./panels/health.ts";
import { openRecords } from "./records.ts";
import { createDoubts } from "./reports/doubts.ts";
import { createTracker } from "./reports/tracker.ts";
import { openSequence } from "./sequence.ts";

/** The way out of a store, without desks. */
export interface Sender {
  readonly outbound: Outbounds;
  /** Puts in doubt what waits in a restored store; before anything new is accepted. Only for the owner of the store. */
  settle(): Promise<void>;
  /** Sends these messages and follows their reports. Only for the owner of the store. */
  start(): Promise<void>;
  /** Safe to call twice, and without `start`. */
  stop(graceMs: number): Promise<void>;
}

/**
 * For a program that wants some SMS sent, with or without a running bridge. What else waits in the store is left to the next
 * bridge, which first reads the edits and cancels that wait at Telegram.
 */
export async function openSender(deps: Omit<BridgeDeps, "keepMs">, only: (id: MessageId) => boolean): Promise<Sender> {
  const { clock } = deps;
  const records = await openRecords(deps.store);
  const ledger = createLedger({ ...deps, outbound: records.outbound });
  const health = createHealth({
    ...deps,
    tell: () => Promise.resolve("refused"),
    memory: { faults: new Map(), keepFaults: () => Promise.resolve() },
  });
  const restored = await openRestored({ ...deps, records, ledger });
  const optOuts = await openOptOuts(deps);
  const parts = { ...deps, records, ledger, health, restored, optOuts, sequence: await openSequence(records, clock) };
  const outbox = createOutbox({ ...parts, only });
  const tracker = createTracker(parts);
  const doubts = createDoubts(parts);
  return {
    outbound: createOutbound(parts),
    settle: restored.settle,
    async start() {
      await outbox.start();
      outbox.open();
      await doubts.start();
      tracker.start();
    },
    async stop(graceMs) {
      await Promise.all([outbox.stop(graceMs), tracker.stop(), doubts.stop()]);
    },
  };
}

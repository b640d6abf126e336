import { openOptOuts } from "../../src/core/automatic/opt-outs.ts";
import { createEvents } from "../../src/core/events.ts";
import { createInbound } from "../../src/core/inbound/inbound.ts";
import { createOutbound } from "../../src/core/outbound/outbound.ts";
import { createLedger } from "../../src/core/outbox/ledger.ts";
import type { Desk } from "../../src/core/ports/desk.ts";
import type { Log } from "../../src/core/ports/log.ts";
import { openRecords } from "../../src/core/records.ts";
import { createRegistry, type DeskRules } from "../../src/core/registry.ts";
import { openSequence } from "../../src/core/sequence.ts";
import { openStore } from "../../src/store/open.ts";
import { createFakeClock } from "../support/fake-clock.ts";
import { noon } from "./messages.ts";

export const silentLog: Log = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  child: () => silentLog,
};

/** The parts of core that only write records, on a real memory store and a clock of the test's own. */
export async function openParts(rules: Partial<DeskRules> = {}) {
  const clock = createFakeClock(noon);
  const events = createEvents((error) => {
    throw error;
  });
  const store = await openStore("memory:", { clock, log: silentLog });
  const records = await openRecords(store);
  const accepted: string[] = [];
  const desk: Desk = {
    id: "support",
    markAfterMs: 3000,
    post: () => Promise.reject(new Error("nothing is posted here")),
    mark: () => Promise.reject(new Error("nothing is marked here")),
    card: () => Promise.reject(new Error("no card is shown here")),
    hideCodes: () => Promise.reject(new Error("no codes are hidden here")),
    bulk: () => Promise.reject(new Error("no bulk run is shown here")),
    remind: () => Promise.reject(new Error("nobody is reminded here")),
    echo: () => Promise.reject(new Error("nothing is echoed here")),
    erase: () => Promise.reject(new Error("nothing is erased here")),
    notify: () => Promise.resolve(),
  };
  const registry = createRegistry({
    providers: [],
    desks: [
      {
        desk,
        rules: { line: "+982164063188", giveUpMs: 3_600_000, collisionMs: 60_000, undoMs: 0, maxParts: 6, ...rules },
      },
    ],
    lines: new Map([
      ["+982164063188", { provider: "asanak", desk: "support", fallback: [] }],
      ["30001234", { provider: "asanak", desk: "support", fallback: [] }],
    ]),
    deskOfProvider: new Map([["asanak", "support"]]),
    templates: new Map(),
  });
  const sequence = await openSequence(records, clock);
  const ledger = createLedger({ outbound: records.outbound, registry, clock, events });
  const restored = { at: () => undefined };
  const optOuts = await openOptOuts({ store });
  const parts = { store, records, registry, sequence, clock, events, ledger, restored, optOuts };
  return {
    ...parts,
    accepted,
    inbound: createInbound({ ...parts, onAccepted: (message) => void accepted.push(message.text) }),
    outbound: createOutbound(parts),
  };
}

import type { MessageId } from "../model/ids.ts";
import type { Outbound } from "../model/message.ts";
import type { Ledger } from "../outbox/ledger.ts";
import { everything } from "../pages.ts";
import { createPersist } from "../persist.ts";
import type { Clock } from "../ports/clock.ts";
import type { Desk } from "../ports/desk.ts";
import type { Log } from "../ports/log.ts";
import type { Records } from "../records.ts";
import type { Registry } from "../registry.ts";
import { createDueShower, type DueThing } from "./due-shower.ts";
import type { Rest } from "./rest.ts";

/** Keeps what desks show of outbound messages true: a mark that differs from its record is due work until it does not. */
export interface Marker {
  /** Learns which marks were left behind their records. */
  start(): Promise<void>;
  wake(): void;
  stop(): Promise<void>;
}

export interface MarkerDeps {
  readonly records: Records;
  readonly ledger: Ledger;
  readonly registry: Registry;
  readonly rest: Rest;
  readonly clock: Clock;
  readonly log: Log;
}

export function createMarker(deps: MarkerDeps): Marker {
  const { records, ledger } = deps;
  const persist = createPersist(deps);
  /** The records as the desk last looked at them. */
  const seen = new Map<MessageId, Outbound>();

  async function show(desk: Desk, id: MessageId): Promise<void> {
    const read = async () => {
      const message = await ledger.find(id);
      if (message) seen.set(id, message);
      return message;
    };
    await desk.mark(read, (shown) => persist(() => ledger.showed(id, shown)));
    seen.delete(id);
  }

  const shower = createDueShower({
    ...deps,
    what: "mark",
    load: async () => (await records.outbound.range("markDue", { limit: everything })).map(toDue),
    show,
    async postpone(id, until) {
      const refused = seen.get(id);
      if (refused) await persist(() => ledger.postponeMark(refused, until));
    },
  });
  ledger.watch((message) => shower.follow(toDue(message)));
  return shower;
}

function toDue({ id, desk, markDue }: Outbound): DueThing {
  return { id, desk, due: markDue };
}

import type { Events } from "../events.ts";
import type { MessageId } from "../model/ids.ts";
import { markKey } from "../model/mark.ts";
import type { Outbound } from "../model/message.ts";
import type { Clock } from "../ports/clock.ts";
import type { MarkShown } from "../ports/desk.ts";
import type { Collection } from "../ports/store.ts";
import type { Registry } from "../registry.ts";

/** How long a mark that is already shown may lag behind a state that will be over in a moment. */
const passingStateMs = 1000;

/**
 * The one place that writes outbound records. It keeps the rule that a mark which differs from what is shown is due work,
 * and tells those who act on records (outbox, tracker, marker) of every committed change.
 */
export interface Ledger {
  find(id: MessageId): Promise<Outbound | undefined>;
  create(message: Outbound): Promise<{ message: Outbound; isNew: boolean }>;
  /** One atomic step. `change` gives the new record, or `undefined` to leave it; it must be pure. */
  move(id: MessageId, change: (current: Outbound) => Outbound | undefined): Promise<Moved | undefined>;
  /** The desk shows this now. Where the record has moved on meanwhile, its mark stays due. */
  showed(id: MessageId, mark: MarkShown): Promise<void>;
  /** The mark of the record as it was then cannot be shown before `until`; a newer one may be. */
  postponeMark(refused: Outbound, until: number): Promise<void>;
  /** It stands in its thread now. */
  echoed(id: MessageId): Promise<void>;
  postponeEcho(id: MessageId, until: number): Promise<void>;
  watch(listener: (message: Outbound) => void): void;
}

export interface Moved {
  /** The record as it now stands. */
  readonly message: Outbound;
  readonly changed: boolean;
}

export function createLedger(deps: {
  outbound: Collection<Outbound>;
  registry: Registry;
  clock: Clock;
  events: Events;
}): Ledger {
  const { outbound, registry, clock, events } = deps;
  const listeners: ((message: Outbound) => void)[] = [];

  function withMarkDue(message: Outbound): Outbound {
    // What looks the same may still have to be looked at again later: a wait that has become long is shown otherwise.
    const isShown = message.origin !== undefined || message.away === true;
    if (!isShown || markKey(message) === message.shown) return message;
    return { ...message, markDue: markDueOf(message) };
  }

  /** Until it was sent it may still be changed, stopped or refused. */
  function withEchoDue(message: Outbound): Outbound {
    if (message.echo !== "wanted" || message.echoDue !== undefined || !wasSent(message)) return message;
    return { ...message, echoDue: clock.now() };
  }

  async function tellOf(changed: Promise<Outbound | undefined>): Promise<void> {
    const message = await changed;
    if (message) tell(message);
  }

  function tell(message: Outbound): void {
    for (const listener of listeners) listener(message);
  }

  function markDueOf(message: Outbound): number {
    const now = clock.now();
    if (!isPassing(message)) return now;
    if (message.shown !== undefined) return now + passingStateMs;
    return message.at + (registry.findDesk(message.desk)?.markAfterMs ?? 0);
  }

  return {
    find: (id) => outbound.get(id),

    async create(message) {
      const marked = withMarkDue(message);
      if (!(await outbound.create(marked.id, marked))) {
        const known = await outbound.get(marked.id);
        return { message: known ?? marked, isNew: false };
      }
      tell(marked);
      events.emit("outbound accepted", { message: marked });
      return { message: marked, isNew: true };
    },

    async move(id, change) {
      let before: Outbound | undefined;
      let after: Outbound | undefined;
      const message = await outbound.update(id, (current) => {
        before = current;
        const next = current && change(current);
        after = next && next !== current ? withMarkDue(withEchoDue(next)) : undefined;
        return after ?? current;
      });
      if (message === undefined) return undefined;
      if (after === undefined) return { message, changed: false };
      tell(message);
      if (before && before.state !== message.state) events.emit("outbound moved", { message, from: before.state });
      return { message, changed: true };
    },

    async showed(id, { shown, markPost, againAt }) {
      const message = await outbound.update(id, (current) => {
        if (current === undefined) return undefined;
        const { markDue: _, ...rest } = current;
        const next = withMarkDue({ ...rest, shown, ...(markPost === undefined ? {} : { markPost }) });
        const isAskedAgain = againAt !== undefined && againAt > clock.now() && next.markDue === undefined;
        return isAskedAgain ? { ...next, markDue: againAt } : next;
      });
      if (message) tell(message);
    },

    async postponeMark(refused, until) {
      const message = await outbound.update(refused.id, (current) =>
        current && markKey(current) === markKey(refused) ? { ...current, markDue: until } : current,
      );
      if (message) tell(message);
    },

    echoed: (id) =>
      tellOf(
        outbound.update(id, (current) => {
          if (current?.echoDue === undefined) return current;
          const { echoDue: _, ...rest } = current;
          return { ...rest, echo: "shown" };
        }),
      ),
    postponeEcho: (id, until) =>
      tellOf(
        outbound.update(id, (current) => (current?.echoDue === undefined ? current : { ...current, echoDue: until })),
      ),

    watch(listener) {
      listeners.push(listener);
    },
  };
}

/** As far as anybody knows; also where a report says later that it did not arrive. */
function wasSent({ state, receipts }: Outbound): boolean {
  if (state === "queued" || state === "sending" || state === "uncertain") return false;
  return receipts.length > 0 || state === "sent" || state === "delivered" || state === "partly" || state === "expired";
}

/** A state that is usually over before anyone could read its mark. */
function isPassing(message: Outbound): boolean {
  return message.state === "sending" || (message.state === "queued" && message.failure === undefined);
}

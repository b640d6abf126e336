import { contentOf, twinSpanMs } from "../inbound/inbound.ts";
import type { Inbound, Outbound } from "../model/message.ts";
import type { ThreadId } from "../model/thread.ts";
import { cancel } from "../outbox/attempt.ts";
import type { Ledger } from "../outbox/ledger.ts";
import { pagesOf } from "../pages.ts";
import type { Clock } from "../ports/clock.ts";
import type { Records } from "../records.ts";
import { bareInbound, bareOutbound } from "./swept.ts";

const placeIn = ({ seq }: Inbound) => seq;
const placeOut = ({ order }: Outbound) => order;

/**
 * Empties the messages of one thread down to their bare keys, up to a place in the order: what waits to be sent is cancelled first.
 * Gives whether all of it is done: what is on the wire is let end, and what is about to be shown is shown first. Safe to repeat.
 */
export async function eraseMessages(
  { records, ledger, clock }: { readonly records: Records; readonly ledger: Ledger; readonly clock: Clock },
  thread: ThreadId,
  upTo: number,
): Promise<boolean> {
  const span = { equal: [thread], to: upTo };
  let isDone = true;

  async function eraseOut({ id }: Outbound): Promise<void> {
    // The outbox lets go of it before it is empty.
    await ledger.move(id, (current) => (isWaiting(current) ? cancel(current) : undefined));
    const left = await records.outbound.update(id, (current) =>
      current && isOver(current) ? bareOutbound(id) : current,
    );
    if (left?.swept === undefined) isDone = false;
  }

  async function eraseIn({ id }: Inbound): Promise<void> {
    const left = await records.inbound.update(id, (current) =>
      current && isErasable(current) ? bareInbound(id, current.swept ?? contentOf(current)) : current,
    );
    if (left?.swept === undefined) isDone = false;
  }

  /** Without its text nothing could tell a repeat that has neither id nor time. */
  function isErasable({ postDue, twin, at }: Inbound): boolean {
    return postDue === undefined && (twin === undefined || clock.now() - at > twinSpanMs);
  }

  for await (const page of pagesOf(records.outbound, "thread", { ...span, numberOf: placeOut })) {
    await Promise.all(page.map(eraseOut));
  }
  for await (const page of pagesOf(records.inbound, "thread", { ...span, numberOf: placeIn })) {
    await Promise.all(page.map(eraseIn));
  }
  return isDone;
}

/** How many messages of a thread there are. */
export async function countMessages(records: Records, thread: ThreadId, { from = 0 } = {}): Promise<number> {
  const ids = new Set<string>();
  const span = { equal: [thread], from };
  for await (const page of pagesOf(records.outbound, "thread", { ...span, numberOf: placeOut })) {
    for (const { id } of page) ids.add(id);
  }
  for await (const page of pagesOf(records.inbound, "thread", { ...span, numberOf: placeIn })) {
    for (const { id } of page) ids.add(id);
  }
  return ids.size;
}

/** Neither on the wire nor about to be shown in its thread. */
function isOver({ state, echoDue }: Outbound): boolean {
  return state !== "held" && state !== "queued" && state !== "sending" && echoDue === undefined;
}

function isWaiting({ state }: Outbound): boolean {
  return state === "held" || state === "queued";
}

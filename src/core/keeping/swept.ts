import type { MessageId } from "../model/ids.ts";
import type { Inbound, Outbound } from "../model/message.ts";

// What stays of a message whose time is over. In the store it is nothing but this key and, of an SMS that came in, a hash: it
// is kept for as long as a panel may list the SMS, which may be for ever.

/** The place in the order of arrival of what has been swept: before everything. */
const sweptPlace = -1;
const nobody = { desk: "", thread: "", line: "", peer: "", text: "" };

export function bareInbound(id: MessageId, swept: string): Inbound {
  return { id, ...nobody, provider: "", at: 0, seq: sweptPlace, repeats: 0, swept };
}

export function bareOutbound(id: MessageId): Outbound {
  const over = { state: "cancelled", attempt: 0, tries: 0, triedLines: [], receipts: [], reports: {} } as const;
  return { id, ...nobody, ...over, lane: "answer", at: 0, giveUpAt: 0, order: sweptPlace, swept: true };
}

import { type Inbound, mayHaveLeft } from "../model/message.ts";
import type { PostedSms } from "../ports/desk.ts";
import type { Records } from "../records.ts";

/** What the post of an SMS tells beside it. */
export async function toPosted({ inbound, outbound }: Records, message: Inbound): Promise<PostedSms> {
  const newest = { equal: [message.thread], to: message.seq - 1, reverse: true, limit: 1 };
  const [[before], [sent]] = await Promise.all([inbound.range("thread", newest), outbound.range("thread", newest)]);
  const isAfterBulk = sent?.bulk !== undefined && sent.order > (before?.seq ?? 0) && mayHaveLeft(sent);
  return {
    message,
    ...(before && before.line !== message.line ? { previousLine: before.line } : {}),
    ...(isAfterBulk && !message.past ? { afterBulk: { text: sent.text, at: sent.claimedAt ?? sent.at } } : {}),
  };
}

/** The order in which SMS are shown: by the panel's time, then by commit. */
export function inOrder(a: Inbound, b: Inbound): number {
  return (a.panelTime ?? a.at) - (b.panelTime ?? b.at) || a.seq - b.seq;
}

import type { Inbound } from "./model/message.ts";
import type { PostedSms } from "./ports/desk.ts";
import type { Records } from "./records.ts";

/** What the post of an SMS tells beside it. */
export async function toPosted({ inbound }: Records, message: Inbound): Promise<PostedSms> {
  const [before] = await inbound.range("thread", {
    equal: [message.thread],
    to: message.seq - 1,
    reverse: true,
    limit: 1,
  });
  return before && before.line !== message.line ? { message, previousLine: before.line } : { message };
}

/** The order in which SMS are shown: by the panel's time, then by commit. */
export function inOrder(a: Inbound, b: Inbound): number {
  return (a.panelTime ?? a.at) - (b.panelTime ?? b.at) || a.seq - b.seq;
}

import { type Inbound, mayHaveLeft } from "../model/message.ts";
import { hideCodes } from "../model/one-time-code.ts";
import type { ThreadId } from "../model/thread.ts";
import type { TalkLine } from "../ports/desk.ts";
import type { Records } from "../records.ts";

const mostLines = 3;
/** Of what we sent, more than are told are read, for some of it may never have left. */
const mostRead = 10;

/** What was said last in a thread, the newest last: of theirs up to the SMS of that number, of ours what left or may have. */
export async function lastLinesOf(
  { inbound, outbound }: Records,
  thread: ThreadId,
  upTo: number,
): Promise<readonly TalkLine[]> {
  const newest = { equal: [thread], reverse: true };
  const theirs = await inbound.range("thread", { ...newest, to: upTo, limit: mostLines });
  const ours = await outbound.range("thread", { ...newest, limit: mostRead });
  const lines = [
    ...theirs.map((sms) => ({ order: sms.seq, line: { text: shownText(sms), by: "customer" } as const })),
    ...ours.filter(mayHaveLeft).map(({ text, order, by = "ours" as const }) => ({ order, line: { text, by } })),
  ];
  const spoken = lines.filter(({ line }) => line.text.trim() !== "");
  return spoken
    .sort((a, b) => a.order - b.order)
    .slice(-mostLines)
    .map(({ line }) => line);
}

/** Nothing hides a code later in what is told now. */
function shownText({ text, hideCodesAfterMs }: Inbound): string {
  return hideCodesAfterMs === undefined ? text : hideCodes(text);
}

import { hashKey, type MessageId } from "../model/ids.ts";
import type { Lane, Outbound } from "../model/message.ts";
import type { Line } from "../model/phone.ts";
import type { ThreadId } from "../model/thread.ts";

/** What the outbox keeps in mind of a message that waits; the record in the store stays the truth. */
export interface Turn {
  readonly id: MessageId;
  readonly thread: ThreadId;
  readonly line: Line;
  /** It was meant for these before; absent: for none. */
  readonly tried?: readonly Line[];
  readonly lane: Lane;
  readonly order: number;
  readonly due: number;
  /** Whether it waits for those before it in its thread, and those behind it wait for it. */
  readonly isInLine: boolean;
  /** It does so from the moment at which it is due. */
  readonly joinsLine: boolean;
  /** Equal for two that say the same, wanted at the same time. Only what may share a call has it. */
  readonly content?: string;
  readonly sendAt?: number;
}

export function turnOf(message: Outbound): Turn {
  const { id, thread, line, lane, order, due = 0, sendAt, template, hold, triedLines } = message;
  const isTalk = lane === "answer" && sendAt === undefined;
  return {
    id,
    thread,
    line,
    ...(triedLines.length === 0 ? {} : { tried: triedLines }),
    lane,
    order,
    due,
    // What was wanted for later, or waits for the morning, holds nobody up; in the morning the order counts again.
    isInLine: isTalk && hold !== "quiet",
    joinsLine: isTalk && hold === "quiet",
    ...(lane === "bulk" && template === undefined ? { content: contentOf(message) } : {}),
    ...(sendAt === undefined ? {} : { sendAt }),
  };
}

/** Short, for a hundred thousand of them may wait. */
export function contentOf({ text, sendAt }: Pick<Outbound, "text" | "sendAt">): string {
  return hashKey(text, String(sendAt ?? ""));
}

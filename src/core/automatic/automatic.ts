import type { Outbounds } from "../bridge.ts";
import type { Conversations } from "../conversations/book.ts";
import type { MessageId } from "../model/ids.ts";
import type { Inbound, Outbound } from "../model/message.ts";
import { isTelephone } from "../model/phone.ts";
import type { Clock } from "../ports/clock.ts";
import type { Records } from "../records.ts";
import type { Registry } from "../registry.ts";
import type { OptOuts } from "./opt-outs.ts";

const hourMs = 60 * 60_000;
const dayMs = 24 * hourMs;
const mostInADay = 5;
/** More of a thread's messages than this are not looked through. */
const mostLookedAt = 200;

/** A text that answers an SMS by itself. */
export interface AutomaticText {
  /** Made from the SMS and what the text is for: the same one leaves once. */
  readonly id: MessageId;
  readonly answers: Inbound;
  readonly text: string;
  /** It confirms an opt-out, and so leaves in spite of it. */
  readonly evenOptedOut?: true;
  /** It says that the desk is closed; the thread shows it. */
  readonly away?: true;
  /** It is not sent later than this, epoch milliseconds. */
  readonly trueUntil?: number;
}

/** `sent`: it is on disk, now or since before; else why it never will be. */
export type AutomaticOutcome = "sent" | "no-line" | "no-telephone" | "too-old" | "blocked" | "opted-out" | "loop";

/** The one way out for texts that nobody wrote. It keeps us from answering machines, and ourselves, for ever (DESIGN 2.5). */
export type SendAutomatic = (text: AutomaticText) => Promise<AutomaticOutcome>;

export function createAutomatic(deps: {
  readonly records: Records;
  readonly registry: Registry;
  readonly outbound: Pick<Outbounds, "accept" | "find">;
  readonly conversations: Pick<Conversations, "find">;
  readonly optOuts: Pick<OptOuts, "isOut">;
  readonly clock: Clock;
}): SendAutomatic {
  const { records, registry, outbound, conversations, optOuts, clock } = deps;

  async function refusalOf({ answers, evenOptedOut }: AutomaticText): Promise<AutomaticOutcome | undefined> {
    const { thread, peer, line, panelTime, at } = answers;
    if (!registry.findLine(line)) return "no-line";
    if (!isTelephone(peer) || registry.findLine(peer)) return "no-telephone";
    if (clock.now() - (panelTime ?? at) > hourMs) return "too-old";
    if ((await conversations.find(thread))?.blockedAt !== undefined) return "blocked";
    if (!evenOptedOut && (await optOuts.isOut(line, peer))) return "opted-out";
    const sent = await records.outbound.range("thread", { equal: [thread], reverse: true, limit: mostLookedAt });
    return countSince(sent, clock.now() - dayMs) < mostInADay ? undefined : "loop";
  }

  return async (automatic) => {
    const { id, answers, text, evenOptedOut, away, trueUntil } = automatic;
    if (await outbound.find(id)) return "sent";
    const refusal = await refusalOf(automatic);
    if (refusal) return refusal;
    await outbound.accept({
      id,
      thread: answers.thread,
      line: answers.line,
      text,
      lane: "automatic",
      answers: answers.id,
      ...(evenOptedOut ? { evenOptedOut } : {}),
      ...(away ? { away } : {}),
      ...(trueUntil === undefined ? {} : { trueUntil }),
    });
    return "sent";
  };
}

/** Automatic texts since then, and since an operator wrote. `newest` first. */
function countSince(newest: readonly Outbound[], since: number): number {
  const operator = newest.findIndex(({ by }) => by !== undefined);
  const unbroken = operator < 0 ? newest : newest.slice(0, operator);
  return unbroken.filter(({ answers, at }) => answers !== undefined && at > since).length;
}

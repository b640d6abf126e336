import type { Outbound } from "../core/model/message.ts";
import { isAsked } from "../core/outbox/attempt.ts";
import type { ExitCode } from "./io.ts";
import { renderTime } from "./time.ts";

/** What became of an SMS, for a program and for a person. */
export interface Verdict {
  readonly code: ExitCode;
  readonly words: string;
}

export const keyIsTaken: Verdict = {
  code: 2,
  words: "nothing was sent: this --key belongs to another SMS; take a new one",
};

export interface VerdictFacts {
  readonly wantsDelivered: boolean;
  /** Whether a running bridge goes on with it. */
  readonly isShared: boolean;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** How a message stands, as far as it is settled; `undefined` while waiting may still change it. */
export function verdictOf(message: Outbound, facts: VerdictFacts): Verdict | undefined {
  if (message.swept) {
    return {
      code: 3,
      words: "an SMS of long ago stands under this key: what became of it is not kept, so nothing was sent now",
    };
  }
  switch (message.state) {
    case "held":
      return verdictOfHeld(message, facts);
    case "queued":
    case "sending":
      return undefined;
    case "sent":
      if (message.sendAt !== undefined && message.sendAt > facts.now) {
        return { code: 0, words: `scheduled: the panel took it and keeps it until ${timeOf(message.sendAt)}` };
      }
      return facts.wantsDelivered ? undefined : { code: 0, words: "sent: the panel took it" };
    case "delivered":
      return { code: 0, words: "delivered" };
    case "cancelled":
      return { code: 1, words: "cancelled: certainly not sent" };
    case "failed":
      if (message.receipts.length === 0) return { code: 1, words: `failed: certainly not sent${reasonOf(message)}` };
      return { code: 3, words: "failed by a delivery report: the panel had taken it, so do not repeat blindly" };
    case "partly":
      return { code: 3, words: "partly delivered: do not repeat" };
    case "uncertain":
      return isAsked(message) ? undefined : uncertain(message);
    case "expired":
      return { code: 3, words: "no report came: it may have been delivered, do not repeat" };
  }
}

/** How it stands when nobody waits any longer. */
export function lateVerdictOf(message: Outbound, waitedSeconds: number): Verdict {
  const after = `after ${waitedSeconds} s`;
  if (message.state === "sent") return { code: 3, words: `sent, and no delivery report ${after}: do not repeat` };
  if (message.state === "sending")
    return { code: 3, words: `uncertain: no answer of the panel ${after}, do not repeat` };
  if (message.state === "uncertain") return uncertain(message);
  return { code: 3, words: `still waiting ${after}${reasonOf(message)}: the running bridge goes on, do not repeat` };
}

/**
 * An SMS for later is done for whoever wanted it as soon as it is on disk: no bridge need run before its time, and one that starts
 * after it still sends it while it is of use.
 */
function verdictOfHeld({ hold, due, sendAt }: Outbound, { isShared, now }: VerdictFacts): Verdict | undefined {
  const isTimed = hold === "quiet" || (hold === "scheduled" && sendAt !== undefined);
  if (!isTimed || due === undefined || due <= now) return undefined;
  const why = hold === "quiet" ? "its line is quiet until then, and it " : "";
  const words = `scheduled: ${why}leaves at ${timeOf(due)}`;
  return {
    code: 0,
    words: isShared ? words : `${words} if a bridge runs then; none runs now, so start it: chapar run`,
  };
}

function uncertain(message: Outbound): Verdict {
  return { code: 3, words: `uncertain: it may have been sent, do not repeat${reasonOf(message)}` };
}

function reasonOf({ failure }: Outbound): string {
  if (!failure) return "";
  return failure.vendor === undefined ? ` (${failure.code})` : ` (${failure.code}: ${failure.vendor})`;
}

/** As `--at` is read. */
function timeOf(sendAt: number): string {
  return renderTime(sendAt, "Asia/Tehran");
}

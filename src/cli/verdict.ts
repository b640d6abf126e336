import type { Outbound } from "../core/model/message.ts";
import type { ExitCode } from "./io.ts";

/** What became of an SMS, for a program and for a person. */
export interface Verdict {
  readonly code: ExitCode;
  readonly words: string;
}

/** How a message stands, as far as it is settled; `undefined` while waiting may still change it. */
export function verdictOf(message: Outbound, wantsDelivered: boolean): Verdict | undefined {
  switch (message.state) {
    case "held":
    case "queued":
    case "sending":
      return undefined;
    case "sent":
      return wantsDelivered ? undefined : { code: 0, words: "sent: the panel took it" };
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
      return { code: 3, words: `uncertain: it may have been sent, do not repeat${reasonOf(message)}` };
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
  return { code: 3, words: `still waiting ${after}${reasonOf(message)}: the running bridge goes on, do not repeat` };
}

function reasonOf({ failure }: Outbound): string {
  if (!failure) return "";
  return failure.vendor === undefined ? ` (${failure.code})` : ` (${failure.code}: ${failure.vendor})`;
}

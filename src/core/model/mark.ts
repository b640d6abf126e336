import { hashKey } from "./ids.ts";
import type { Failure, Outbound } from "./message.ts";
import { cheaperThan, meterKey } from "./meter.ts";

/** How a state is shown. The desk finds the signs and the words. */
export type MarkSign = "waiting" | "sent" | "delivered" | "partly" | "failed" | "uncertain" | "expired" | "cancelled";

/** What a person can do about it: buttons under the mark. */
export type MarkAction =
  | "cancel"
  | "undo"
  | "send-now"
  | "send-in-time"
  | "drop"
  | "try-again"
  | "send-again"
  | "was-sent"
  | "shorten";

export interface Mark {
  readonly sign: MarkSign;
  readonly actions: readonly MarkAction[];
  /** Why it waits or failed. */
  readonly failure?: Failure;
  /** While reports are still to come for some of several parts or receivers. */
  readonly progress?: { readonly delivered: number; readonly of: number };
}

/** The mark of a message as it stands. Whether a failure was the panel's refusal or a later report decides which button it gets. */
export function markOf(message: Outbound): Mark {
  const why = message.failure ? { failure: message.failure } : {};
  switch (message.state) {
    case "held":
      return { sign: "waiting", actions: [...heldActions(message), ...shortening(message)] };
    case "queued":
      return { sign: "waiting", actions: ["cancel", ...shortening(message)], ...why };
    case "sending":
      return { sign: "waiting", actions: [] };
    case "sent":
      return { sign: "sent", actions: [], ...progressOf(message) };
    case "failed":
      return { sign: "failed", actions: [wasTaken(message) ? "send-again" : "try-again"], ...why };
    case "uncertain":
      // While the panel is asked, nobody else is: a second SMS could leave before its answer.
      if (message.due !== undefined) return { sign: "waiting", actions: [], ...why };
      return { sign: "uncertain", actions: ["send-again", "was-sent"], ...why };
    case "delivered":
    case "partly":
    case "expired":
    case "cancelled":
      return { sign: message.state, actions: [] };
  }
}

/** Equal for two records exactly when their marks look the same. */
export function markKey(message: Outbound): string {
  const { sign, failure, progress } = markOf(message);
  const meter = meterKey(message);
  return [
    message.state,
    sign,
    message.hold ?? "",
    message.attempt,
    failure?.code ?? "",
    failure?.vendor ?? "",
    progress ? `${progress.delivered}/${progress.of}` : "",
    message.line,
    message.settledBy?.id ?? "",
    ...(message.quoted ? [message.text] : []),
    ...(meter === "" ? [] : [meter]),
    ...laterKey(message),
  ].join("|");
}

function heldActions({ hold, sendAt }: Outbound): readonly MarkAction[] {
  if (hold === "undo") return ["undo"];
  if (hold === "scheduled") return ["send-now", "cancel"];
  // Of what is for later, a person's word lets it wait for its time; "now" is another wish.
  return [sendAt === undefined ? "send-now" : "send-in-time", "drop"];
}

function shortening(message: Outbound): readonly MarkAction[] {
  return cheaperThan(message) ? ["shorten"] : [];
}

/** What is for later tells its time, and what it will say. */
function laterKey({ state, sendAt, text }: Outbound): readonly string[] {
  return state === "held" && sendAt !== undefined ? [String(sendAt), hashKey(text)] : [];
}

function wasTaken(message: Outbound): boolean {
  return message.receipts.some((receipt) => receipt.attempt === message.attempt);
}

function progressOf(message: Outbound): { progress?: { delivered: number; of: number } } {
  const reports = Object.values(message.reports);
  if (reports.length < 2) return {};
  return { progress: { delivered: reports.filter((report) => report === "delivered").length, of: reports.length } };
}

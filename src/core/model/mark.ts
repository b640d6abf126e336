import { hashKey } from "./ids.ts";
import type { Failure, Hold, Outbound } from "./message.ts";
import { cheaperThan, meterKey } from "./meter.ts";

/** How a state is shown. The desk finds the signs and the words. */
export type MarkSign = "waiting" | "sent" | "delivered" | "partly" | "failed" | "uncertain" | "expired" | "cancelled";

/** What a person can do about it: buttons under the mark. */
export type MarkAction =
  | "cancel"
  | "undo"
  | "send-now"
  | "send-in-time"
  | "send-in-quiet"
  | "drop"
  | "try-again"
  | "send-again"
  | "was-sent"
  | "shorten"
  | "later";

export interface Mark {
  readonly sign: MarkSign;
  readonly actions: readonly MarkAction[];
  /** Why it waits or failed. */
  readonly failure?: Failure;
  /** While reports are still to come for some of several parts or receivers. */
  readonly progress?: { readonly delivered: number; readonly of: number };
}

/** What a person is asked about that may leave at a better time all the same. */
const mayWait: ReadonlySet<Hold> = new Set(["collision", "first", "long"]);

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

function heldActions({ hold, sendAt, away }: Outbound): readonly MarkAction[] {
  if (hold === "undo") return ["undo", "later"];
  if (hold === "scheduled") return ["send-now", "cancel"];
  if (hold === "quiet") return ["send-in-quiet", ...(away ? [] : ["later" as const]), "cancel"];
  // Of what is for later, a person's word lets it wait for its time; "now" is another wish.
  if (sendAt !== undefined) return ["send-in-time", "drop"];
  return hold !== undefined && mayWait.has(hold) ? ["send-now", "later", "drop"] : ["send-now", "drop"];
}

function shortening(message: Outbound): readonly MarkAction[] {
  return cheaperThan(message) ? ["shorten"] : [];
}

/** What is for later tells its time, and what it will say. */
function laterKey({ state, hold, sendAt, due, text }: Outbound): readonly string[] {
  const isForLater = sendAt !== undefined || hold === "scheduled" || hold === "quiet";
  return state === "held" && isForLater ? [String(sendAt), String(due), hashKey(text)] : [];
}

function wasTaken(message: Outbound): boolean {
  return message.receipts.some((receipt) => receipt.attempt === message.attempt);
}

function progressOf(message: Outbound): { progress?: { delivered: number; of: number } } {
  const reports = Object.values(message.reports);
  if (reports.length < 2) return {};
  return { progress: { delivered: reports.filter((report) => report === "delivered").length, of: reports.length } };
}

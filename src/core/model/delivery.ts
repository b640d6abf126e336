/**
 * The life of an outbound SMS.
 *
 * `held` waits for an undo window, a moment or a person; `queued` waits for its turn; `sending` is claimed and may be on the
 * wire. From `sending` it never goes back by itself: the panel took it (`sent`), certainly refused it (back to `queued` for
 * another try, or `failed`), or nobody knows (`uncertain`). After `sent` only reports move it, and only up.
 */
export type OutboundState =
  | "held"
  | "queued"
  | "sending"
  | "sent"
  | "delivered"
  | "partly"
  | "failed"
  | "uncertain"
  | "expired"
  | "cancelled";

/** What a panel says of one handset. `unknown` is final: no report will come. */
export type ReportState = "pending" | "unknown" | "failed" | "partly" | "delivered";

const ranks: Readonly<Record<ReportState, number>> = { pending: 0, unknown: 1, failed: 2, partly: 3, delivered: 4 };

/** Reports move up only: a late `delivered` beats an earlier `failed`; a late `pending` changes nothing. */
export function higherReport(known: ReportState | undefined, told: ReportState): ReportState {
  return known !== undefined && ranks[known] >= ranks[told] ? known : told;
}

/** The state of a message from the reports of all its parts and receivers. */
export function stateFromReports(
  reports: readonly ReportState[],
): Extract<OutboundState, "sent" | "delivered" | "partly" | "failed" | "expired"> {
  if (reports.length === 0 || reports.includes("pending")) return "sent";
  if (reports.every((report) => report === "delivered")) return "delivered";
  if (reports.some((report) => report === "delivered" || report === "partly")) return "partly";
  return reports.includes("failed") ? "failed" : "expired";
}

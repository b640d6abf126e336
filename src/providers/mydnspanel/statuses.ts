import type { ReportState } from "../../core/model/delivery.ts";

interface StatusRow {
  readonly code: number;
  readonly title: string;
  readonly state: ReportState;
}

type ProcessingRow = Omit<StatusRow, "state"> & {
  /** Where the operator's own status tells more. */
  readonly state: ReportState | "see-send-status";
};

/** `processingStatus` of `reportSend`. Source: the manual's table, version Aban 1403. */
export const processingCodes: readonly ProcessingRow[] = [
  { code: 0, title: "in process", state: "pending" },
  { code: 1, title: "waits to be sent", state: "pending" },
  { code: 2, title: "sent to the operator", state: "see-send-status" },
  { code: 3, title: "scheduled", state: "pending" },
  { code: 4, title: "returned, its cost paid back", state: "failed" },
  { code: 5, title: "cancelled", state: "failed" },
];

/** `sendStatus` of `reportSend`. After 6 the operator no longer follows the SMS, so nothing more will be told. */
export const sendStatusCodes: readonly StatusRow[] = [
  { code: -2, title: "cancelled", state: "failed" },
  { code: -1, title: "waits for its status", state: "pending" },
  { code: 0, title: "sent to the operator", state: "pending" },
  { code: 1, title: "reached the operator", state: "pending" },
  { code: 2, title: "did not reach the operator", state: "failed" },
  { code: 3, title: "delivered to handset", state: "delivered" },
  { code: 4, title: "not delivered to handset", state: "failed" },
  { code: 5, title: "receiver has blocked advertising", state: "failed" },
  { code: 6, title: "no longer followed", state: "unknown" },
  { code: 7, title: "rejected by the operator", state: "failed" },
];

/**
 * Both statuses of one receiver. The panel's own processing comes first: what it returned or cancelled never reached the
 * operator, whatever stands beside it. `vendor` is both codes and a title: `2/3 delivered to handset`.
 */
export function readStatus(
  processing: number | undefined,
  send: number | undefined,
): { readonly state?: ReportState; readonly vendor: string } {
  const codes = [processing, send].map((code) => code ?? "?").join("/");
  const first = processingCodes.find((row) => row.code === processing);
  const row = first?.state === "see-send-status" ? sendStatusCodes.find(({ code }) => code === send) : first;
  if (!row || row.state === "see-send-status") return { vendor: codes };
  return { state: row.state, vendor: `${codes} ${row.title}` };
}

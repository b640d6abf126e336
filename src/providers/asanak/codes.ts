import type { ReportState } from "../../core/model/delivery.ts";
import type { FailureCode } from "../../core/ports/provider-error.ts";
import { type Judgement, judgeUnknownCode } from "../http-judgement.ts";

/** The methods of the service, as they are called. */
export type AsanakMethod = "sendsms" | "p2psendsms" | "template" | "msgstatus" | "getcredit" | "getrialcredit";

interface StatusRow {
  readonly code: number;
  readonly title: string;
  readonly state: ReportState;
}

/**
 * `Status` of `msgstatus`. Source: the table in chapter 3 of the manual (1403), where -1 is printed `1 -`; 20 is no part of it
 * but was seen on accepted SMS that the account never let out. `NotFound` is no failure: an SMS just taken may not be listed
 * yet. After four hours without reports the panel itself settles on 12 or 13, so both are final.
 */
export const statusCodes: readonly StatusRow[] = [
  { code: -1, title: "NotFound", state: "pending" },
  { code: 1, title: "InQueue", state: "pending" },
  { code: 2, title: "Sent", state: "pending" },
  { code: 4, title: "Pending", state: "pending" },
  { code: 5, title: "Failed", state: "failed" },
  { code: 6, title: "Success", state: "delivered" },
  { code: 7, title: "NoResponse", state: "pending" },
  { code: 8, title: "Reject", state: "failed" },
  { code: 9, title: "SentToDest", state: "pending" },
  { code: 10, title: "PartiallySent", state: "pending" },
  { code: 11, title: "NoMsgID", state: "pending" },
  { code: 12, title: "PartiallySuccess", state: "partly" },
  { code: 13, title: "NoDelivery", state: "unknown" },
  { code: 20, title: "held by the panel", state: "pending" },
];

interface RefusalRow {
  readonly code: number;
  readonly failure: FailureCode;
  /** Only for this method; such a row comes before one for all. */
  readonly method?: AsanakMethod;
  /** Only with this HTTP status; such a row comes before one for all. */
  readonly http?: number;
}

/**
 * `meta.status` of a refusal; every one of them says that nothing was sent. Source: the table at the end of the manual, but
 * 429, 1015 and 1008 with HTTP 401, which the panel's public clients report, and 1001 of `template`, which was seen there to mean
 * that the template is not active.
 */
export const refusalCodes: readonly RefusalRow[] = [
  { code: 400, failure: "busy" },
  { code: 429, failure: "rate-limited" },
  { code: 1001, method: "template", failure: "bad-template" },
  { code: 1001, failure: "blacklisted" },
  { code: 1002, failure: "bad-line" },
  { code: 1004, failure: "busy" },
  { code: 1005, failure: "no-credit" },
  { code: 1006, failure: "no-credit" },
  { code: 1008, http: 401, failure: "bad-credentials" },
  { code: 1008, failure: "bad-request" },
  { code: 1009, failure: "over-quota" },
  { code: 1010, failure: "bad-recipient" },
  { code: 1013, failure: "wrong-time" },
  { code: 1014, failure: "rejected" },
  { code: 1015, failure: "bad-credentials" },
];

export function findStatus(code: number): StatusRow | undefined {
  return statusCodes.find((row) => row.code === code);
}

/** A refusal in the panel's own words. */
export function judgeRefusal(method: AsanakMethod, http: number, code: number): Judgement {
  const row = refusalCodes.find(
    (one) =>
      one.code === code &&
      (one.method === undefined || one.method === method) &&
      (one.http === undefined || one.http === http),
  );
  return row ? { code: row.failure, certain: true } : judgeUnknownCode(http);
}

import type { ReportState } from "../../core/model/delivery.ts";

/** Refusals that a code of a send can mean. Each says that nothing was sent. */
export const refusals = [
  "bad-credentials",
  "account-closed",
  "address-refused",
  "no-credit",
  "over-quota",
  "bad-line",
  "bad-recipient",
  "blacklisted",
  "rejected",
  "bad-request",
  "wrong-time",
  "rate-limited",
  "busy",
] as const;

/** `queued`: taken where the answer names an id, else nobody knows. `uncertain`: nobody knows. */
export const sendOutcomes = ["sent", "queued", "uncertain", ...refusals] as const;
export type SendOutcome = (typeof sendOutcomes)[number];

export const reportStates = ["pending", "unknown", "failed", "partly", "delivered"] as const satisfies ReportState[];

/** `too-early`: its reports were refreshed a short time ago, and are not again yet. */
export const updateOutcomes = ["updated", "unknown-id", "too-early"] as const;
export type UpdateOutcome = (typeof updateOutcomes)[number];

interface Row<Meaning> {
  readonly code: number;
  readonly title: string;
  readonly meaning: Meaning;
}

/**
 * `SendSmsResult`. Source: the manual (1.3), "Status" under SendSms, where 6 is printed a second time as 1; a public client
 * lists 0 to 7 in this order. 9 and above are those of the panel's sisters. 4 is "a limit in sending", after "the daily limit":
 * both are limits of the account, not of this text, so another line may take it. 10, 12 and 100 say that the account may not send.
 */
export const sendCodes: readonly Row<SendOutcome>[] = [
  { code: 0, title: "wrong user name or password", meaning: "bad-credentials" },
  { code: 1, title: "sent", meaning: "sent" },
  { code: 2, title: "not enough credit", meaning: "no-credit" },
  { code: 3, title: "daily limit", meaning: "over-quota" },
  { code: 4, title: "sending limit", meaning: "over-quota" },
  { code: 5, title: "line not allowed", meaning: "bad-line" },
  { code: 6, title: "in the send queue", meaning: "queued" },
  { code: 7, title: "filtered words", meaning: "rejected" },
  { code: 9, title: "public line not allowed", meaning: "bad-line" },
  { code: 10, title: "user not active", meaning: "account-closed" },
  { code: 11, title: "not sent", meaning: "rejected" },
  { code: 12, title: "documents of the account incomplete", meaning: "account-closed" },
  { code: 14, title: "text holds a link", meaning: "rejected" },
  { code: 15, title: "text needs a way to opt out", meaning: "rejected" },
  { code: 100, title: "web service not allowed", meaning: "account-closed" },
];

/**
 * `GetDeliveryResult`. Source: the manual (1.3); its 11 is very likely the 16 of the panel's sisters, so both are here. -1, 35
 * and those from 200 on are the sisters'. Another vendor of the same method means other things by 1, 2, 8 and 9.
 */
export const deliveryCodes: readonly Row<ReportState>[] = [
  { code: -1, title: "unknown id", meaning: "pending" },
  { code: 0, title: "sent to the operator", meaning: "pending" },
  { code: 1, title: "delivered", meaning: "delivered" },
  { code: 2, title: "not delivered", meaning: "failed" },
  { code: 3, title: "operator's error", meaning: "failed" },
  { code: 5, title: "unknown error", meaning: "failed" },
  { code: 8, title: "reached the operator", meaning: "pending" },
  { code: 9, title: "not known yet", meaning: "pending" },
  { code: 11, title: "did not reach the operator", meaning: "failed" },
  { code: 16, title: "did not reach the operator", meaning: "failed" },
  { code: 35, title: "blacklist", meaning: "failed" },
  { code: 100, title: "unknown", meaning: "pending" },
  { code: 200, title: "sent", meaning: "pending" },
  { code: 300, title: "filtered", meaning: "failed" },
  { code: 400, title: "in the send list", meaning: "pending" },
  { code: 500, title: "rejected", meaning: "failed" },
];

/** `UpdateDeliveryResult`. Source: the manual (1.3). */
export const updateCodes: readonly Row<UpdateOutcome>[] = [
  { code: 0, title: "unknown id", meaning: "unknown-id" },
  { code: 1, title: "updated", meaning: "updated" },
  { code: 100, title: "asked again too early", meaning: "too-early" },
];

/** What the account's configuration says of codes, by the code as it is written. */
export interface CodeOverrides {
  readonly send: Readonly<Record<string, SendOutcome>>;
  readonly delivery: Readonly<Record<string, ReportState>>;
  readonly update: Readonly<Record<string, UpdateOutcome>>;
}

export interface Coded<Meaning> {
  readonly meaning: Meaning;
  /** The code with its title. */
  readonly vendor: string;
}

/** The tables of one account. `undefined`: a code that nobody knows. */
export interface Codes {
  send(code: number): Coded<SendOutcome> | undefined;
  delivery(code: number): Coded<ReportState> | undefined;
  update(code: number): Coded<UpdateOutcome> | undefined;
}

export function createCodes(overrides: CodeOverrides): Codes {
  return {
    send: (code) => find(sendCodes, overrides.send, code),
    delivery: (code) => find(deliveryCodes, overrides.delivery, code),
    update: (code) => find(updateCodes, overrides.update, code),
  };
}

/** A title belongs to the meaning of its row, so an overridden code has its number alone. */
function find<M>(rows: readonly Row<M>[], overrides: Readonly<Record<string, M>>, code: number): Coded<M> | undefined {
  const own = Object.hasOwn(overrides, code) ? overrides[code] : undefined;
  if (own !== undefined) return { meaning: own, vendor: String(code) };
  const row = rows.find((one) => one.code === code);
  return row && { meaning: row.meaning, vendor: `${code} ${row.title}` };
}

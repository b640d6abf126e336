import type { FailureCode } from "../../core/ports/provider-error.ts";
import { type Judgement, judgeUnknownCode } from "../http-judgement.ts";

/** The actions of the service, by the names of the manual; the one for one-time codes has its name from the configuration. */
export type Action =
  | "send"
  | "sendServices"
  | "one-time code"
  | "reportSend"
  | "credit"
  | "receivedMessages"
  | "status"
  | "newContact";

/** Through these an SMS may leave. */
export const sendingActions: ReadonlySet<Action> = new Set(["send", "sendServices", "one-time code"]);

export interface RefusalRow {
  readonly code: number;
  readonly title: string;
  readonly failure: FailureCode;
  /** The spelling that the manual's table prints, which is the number mangled: `036` for 603. */
  readonly printed?: number;
  /**
   * `no`: the panel does not say whether it was sent. `of-one-try`: only of one try to one receiver, for another try may still
   * come, and of several receivers some may have got it.
   */
  readonly isCertain?: "no" | "of-one-try";
}

/** The manual prints them as `1-`; a minus that stands at the other end of a line in Persian. */
const common: readonly RefusalRow[] = [
  { code: -1, title: "the connection key is not right", failure: "bad-credentials" },
  { code: -2, title: "access to the web service is switched off", failure: "account-closed" },
  { code: -3, title: "the account's documents are not approved", failure: "account-closed" },
  { code: -4, title: "not the right kind of request", failure: "bad-request" },
  { code: -5, title: "this address is not in the list of allowed ones", failure: "address-refused" },
];

const ofSendTypes: readonly RefusalRow[] = [
  { code: 100, title: "no such method", failure: "bad-request" },
  { code: 103, title: "no such type of sending", failure: "bad-line" },
  { code: 104, title: "this type of sending is switched off for the account", failure: "bad-line" },
  { code: 105, title: "receiver not valid", failure: "bad-recipient" },
];

/** What an action may refuse with beside the common codes. Source: the tables of the manual, version Aban 1403. */
const own: Readonly<Record<Action, readonly RefusalRow[]>> = {
  send: [
    ...ofSendTypes,
    { code: 106, title: "line not valid", failure: "bad-line" },
    { code: 107, title: "text not valid", failure: "rejected" },
    { code: 108, title: "credit cannot be processed", failure: "no-credit" },
    { code: 109, title: "not enough credit", failure: "no-credit" },
    { code: 112, title: "error of the operator", failure: "busy", isCertain: "of-one-try" },
    { code: 113, title: "unexpected error while sending", failure: "bad-reply", isCertain: "no" },
    { code: 114, title: "the account's documents are not approved", failure: "account-closed" },
    { code: 0, title: "fields missing or not valid", failure: "bad-request" },
  ],
  sendServices: [
    { code: 603, printed: 36, title: "line not valid", failure: "bad-line" },
    { code: 604, printed: 46, title: "receiver not valid", failure: "bad-recipient" },
    { code: 605, printed: 56, title: "no such text code", failure: "bad-template" },
    { code: 606, printed: 66, title: "variables not right", failure: "bad-template" },
    { code: 607, printed: 76, title: "credit cannot be processed", failure: "no-credit" },
    { code: 608, printed: 86, title: "not enough credit", failure: "no-credit" },
    { code: 609, title: "a pattern goes to one receiver a call", failure: "bad-request" },
    { code: 0, title: "fields not valid", failure: "bad-request" },
  ],
  // The application is a setting of the template's, so a fault of it says nothing of the account.
  "one-time code": [
    ...ofSendTypes,
    { code: 151, title: "the application's access key is not right", failure: "bad-template" },
    { code: 152, title: "the application may not send", failure: "bad-template" },
    { code: 153, title: "code not valid", failure: "rejected" },
    { code: 154, title: "a code has 2 to 12 characters", failure: "rejected" },
  ],
  reportSend: [{ code: -6, title: "no such send", failure: "bad-request" }],
  credit: [],
  receivedMessages: [{ code: 401, title: "nothing to show", failure: "bad-request" }],
  status: [],
  newContact: [
    { code: 801, title: "fields missing or not valid", failure: "bad-request" },
    { code: 802, title: "no such phone book", failure: "bad-request" },
    { code: 803, title: "number not valid", failure: "bad-recipient" },
  ],
};

/** `reportSend`: the panel knows no such send. No failure of the SMS: it may only not be listed yet. */
export const noSuchSend = -6;
/** `receivedMessages`: there is nothing to show, which is no failure. */
export const nothingToShow = 401;

export function refusalsOf(action: Action): readonly RefusalRow[] {
  return [...common, ...own[action]];
}

export function findRefusal(action: Action, code: number): RefusalRow | undefined {
  return refusalsOf(action).find((row) => row.code === code || row.printed === code);
}

/** A refusal in the panel's own words. `isOneTry`: one receiver, and `trySend` does not let the panel try again by itself. */
export function judgeRefusal(action: Action, http: number, code: number, isOneTry: boolean): Judgement {
  const row = findRefusal(action, code);
  if (!row) return judgeUnknownCode(http);
  const isOpen = row.isCertain === "no" || (row.isCertain === "of-one-try" && !isOneTry);
  return { code: row.failure, certain: !isOpen };
}

/** The field `phoneBook` in the answer of a send that was to keep its receivers in a phone book. */
export const phoneBookCodes: Readonly<Record<string, string>> = {
  "-1": "access to the phone book is switched off",
  "-2": "no such phone book",
  "-3": "the number is there already",
  "-4": "number not valid",
  "1": "kept",
};

/** The field `fields` in the answer of `newContact`: why a field was not kept. The contact was, all the same. */
export const contactFieldCodes: Readonly<Record<string, string>> = {
  "-1": "no such field",
  "-2": "value not valid",
  "-3": "value used before",
  "1": "kept",
};

import { isMobile } from "../number.ts";
import { dayIn } from "../tehran.ts";
import type { Timers } from "../timers.ts";
import type { Answer, ReceiptLine } from "./answers.ts";
import { sendResults } from "./codes.ts";
import type { Fields } from "./fields.ts";
import type { Operation, OperationDeps } from "./operations.ts";

/** The operations of `send.asmx`. A bad login has no fault of its own: it is 0, wherever a number is asked for. */
export const sendOperations: Readonly<Record<string, Operation>> = {
  GetCredit: (fields, deps) => number(isLoggedIn(fields, deps) ? deps.account.credit : 0),

  GetInboxCount(fields, deps) {
    const isRead = fields.flag("isRead");
    return number(isLoggedIn(fields, deps) ? deps.mailbox.countInbox(isRead) : 0);
  },

  SendSms(fields, deps) {
    const sms = readSms(fields);
    const result = judge(sms, fields, deps);
    return { kind: "receipt", result, receivers: result === sendResults.sent ? take(sms, deps) : [] };
  },

  // The manual says no more than "scheduled sending"; the parameters are a guess after `SendSms`.
  ScheduleSms(fields, deps) {
    const sms = readSms(fields);
    const moment = fields.moment("scheduleDateTime") ?? deps.timers.now();
    const result = judge(sms, fields, deps);
    if (result === sendResults.sent) runAt(moment, deps.timers, () => take(sms, deps));
    return number(result);
  },

  // Neither asks for credentials: the manual lists `recId` alone.
  GetDelivery: (fields, { ledger }) => number(ledger.getDelivery(fields.long("recId"))),
  UpdateDelivery: (fields, { ledger }) => number(ledger.updateDelivery(fields.long("recId"))),
};

interface SmsToSend {
  readonly line: string;
  readonly receivers: readonly string[];
  readonly text: string;
  readonly isFlash: boolean;
  readonly udh: string;
}

// `recId` and `status` of a request are places for the answer; clients fill them with anything, so they are not read.
function readSms(fields: Fields): SmsToSend {
  return {
    line: fields.text("from") ?? "",
    receivers: fields.texts("to"),
    text: fields.text("text") ?? "",
    isFlash: fields.flag("isflash"),
    udh: fields.text("udh") ?? "",
  };
}

function judge(sms: SmsToSend, fields: Fields, deps: OperationDeps): number {
  if (!isLoggedIn(fields, deps)) return sendResults.badLogin;
  return deps.account.charge({ ...sms, receivers: sms.receivers.length }, dayIn(deps.timers.now()));
}

/**
 * The manual is silent about a number that is none; here it gets the id 0 and counts as not sent. Nor does it print a spelling of
 * one; its sisters take all the usual ones.
 */
function take({ receivers, ...sms }: SmsToSend, deps: OperationDeps): ReceiptLine[] {
  const batch = deps.ledger.openBatch();
  return receivers.map((receiver) => {
    if (!isMobile(receiver)) return { id: "0", isSent: false };
    const isBlocked = deps.account.blocks(receiver);
    const { id, at } = deps.ledger.accept({ ...sms, receiver, batch }, isBlocked);
    deps.mailbox.keepSent({ id, from: sms.line, to: receiver, text: sms.text, at });
    return { id, isSent: !isBlocked };
  });
}

function isLoggedIn(fields: Fields, { account }: OperationDeps): boolean {
  return account.accepts(fields.text("username"), fields.text("password"));
}

function number(value: number): Answer {
  return { kind: "number", value };
}

/** In steps, for a timer holds no more than 24 days; a moment that has gone by is now. */
function runAt(moment: number, timers: Timers, run: () => void): void {
  const left = moment - timers.now();
  if (left <= 0) run();
  else timers.after(Math.min(left, longestTimer), () => runAt(moment, timers, run));
}

const longestTimer = 2 ** 30;

import { z } from "zod";
import { type Action, parseFields, word } from "./action.ts";
import { placeAt } from "./answer.ts";
import { MydnspanelRefusal, results } from "./codes.ts";
import { writeList } from "./list.ts";
import { newContact } from "./new-contact.ts";
import { createOtpAction, type OtpOptions } from "./otp.ts";
import { toTenDigits } from "./receivers.ts";
import { send } from "./send.ts";
import { sendServices } from "./send-services.ts";

/** What the panel can do, by the field `action`; `sending` are the actions that send SMS. */
export function createActions(otp: OtpOptions | undefined): {
  readonly all: ReadonlyMap<string, Action>;
  readonly sending: ReadonlySet<string>;
} {
  const sending = new Map<string, Action>([
    ["send", send],
    ["sendServices", sendServices],
  ]);
  if (otp) sending.set(otp.action, createOtpAction(otp));
  const asking = { reportSend, credit, receivedMessages, status, newContact };
  return { all: new Map([...sending, ...Object.entries(asking)]), sending: new Set(sending.keys()) };
}

const reportFields = z.object({ sendID: word });

const reportSend: Action = (fields, { ledger }) => {
  const { sendID } = parseFields(reportFields, fields, results.badSendId);
  const report = ledger.reportOf(sendID);
  if (!report) throw new MydnspanelRefusal(results.badSendId);
  const receivers = report.receivers.map((entry) => ({
    number: toTenDigits(entry.receiver),
    processingStatus: entry.status.processing,
    sendStatus: entry.status.send,
  }));
  return { data: { count: report.count, archive: report.isArchived, receivers } };
};

const credit: Action = (_fields, { account, form }) => placeAt(form.creditPlace ?? "credit", account.credit);

const receivedMessages: Action = (_fields, { inbox, list }) => {
  const messages = inbox.read(list);
  if (messages.length === 0) throw new MydnspanelRefusal(results.nothingReceived);
  return writeList(messages, list);
};

const status: Action = () => ({});

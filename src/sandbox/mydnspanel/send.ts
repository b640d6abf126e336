import { z } from "zod";
import { type Action, parseFields, trySend, word } from "./action.ts";
import { writeSendId } from "./answer.ts";
import { MydnspanelRefusal, phoneBookCodes, results } from "./codes.ts";
import type { PhoneBooks } from "./phone-books.ts";
import { readReceivers } from "./receivers.ts";

const sendFields = z.object({
  from: word,
  text: z.string(),
  receivers: word,
  phoneBook: word.optional(),
  trySend,
  // Not among the manual's parameters, but codes 103 and 104 speak of it and two public clients send 1.
  type: word.optional(),
});

/** `send`: one text to one or many. A field that is missing is 0 (incomplete), one that is wrong has its own code. */
export const send: Action = (fields, { account, ledger, form }) => {
  const sent = parseFields(sendFields, fields, results.incomplete);
  account.checkType(sent.type);
  const line = account.findLine(sent.from);
  if (line === undefined) throw new MydnspanelRefusal(results.badSender);
  if (sent.text.trim() === "") throw new MydnspanelRefusal(results.badText);
  const receivers = readReceivers(sent.receivers);
  if (!receivers) throw new MydnspanelRefusal(results.badReceivers);
  if (!account.areDocumentsApproved) throw new MydnspanelRefusal(results.documentsNotApproved);
  account.charge(sent.text, receivers.length, results.noCredit);
  const { text, type } = sent;
  const id = ledger.accept({ line, receivers, text, action: "send", trySend: sent.trySend, type });
  if (sent.phoneBook === undefined) return writeSendId(id, form);
  return { ...writeSendId(id, form), phoneBook: keepReceivers(account.phoneBooks, sent.phoneBook, receivers) };
};

/** The answer has one code however many receivers there are: here the first that tells of a problem. */
function keepReceivers(phoneBooks: PhoneBooks, book: string, receivers: readonly string[]): number {
  const codes = receivers.map((receiver) => phoneBooks.addReceiver(book, receiver));
  return codes.find((code) => code !== phoneBookCodes.added) ?? phoneBookCodes.added;
}

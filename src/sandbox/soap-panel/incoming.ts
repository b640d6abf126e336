import type { Answer } from "./answers.ts";
import type { StoredSms } from "./mailbox.ts";
import type { Operation } from "./operations.ts";

/**
 * The operations of `IncomingMessages.asmx`. `from` is the account's own line, whichever way the SMS went. A bad login
 * and a line of somebody else give an empty list.
 */
export const incomingOperations: Readonly<Record<string, Operation>> = {
  GetNewMessagesList: loggedIn((fields, { mailbox }) => messages(mailbox.takeNew(fields.text("from") ?? ""))),
  GetReceiveSMSIsNotReadList: list("inbox", false),
  GetReceiveSMSIsReadList: list("inbox", true),
  GetSentSMSIsNotReadList: list("sent", false),
  GetSentSMSIsReadList: list("sent", true),
  GetUserNumbersList: loggedIn((_fields, { account }) => ({ kind: "lines", lines: account.lines }), {
    kind: "lines",
    lines: [],
  }),
  UpdateMessagesIsRead: mark(true),
  UpdateMessagesIsNotRead: mark(false),
};

function list(folder: StoredSms["folder"], isRead: boolean): Operation {
  return loggedIn((fields, { mailbox }) => messages(mailbox.list(folder, fields.text("from") ?? "", isRead)));
}

// The manual gives no result; the rest of the family says 1, here also where an id is unknown.
function mark(isRead: boolean): Operation {
  return loggedIn(
    (fields, { mailbox }) => {
      mailbox.mark(fields.longs("msgIds"), isRead);
      return { kind: "number", value: 1 };
    },
    { kind: "number", value: 0 },
  );
}

function loggedIn(run: Operation, otherwise: Answer = messages([])): Operation {
  return (fields, deps) =>
    deps.account.accepts(fields.text("username"), fields.text("password")) ? run(fields, deps) : otherwise;
}

function messages(all: readonly StoredSms[]): Answer {
  return { kind: "messages", messages: all };
}

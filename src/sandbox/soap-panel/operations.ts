import type { Timers } from "../timers.ts";
import type { Account } from "./account.ts";
import type { Answer } from "./answers.ts";
import type { Fields } from "./fields.ts";
import { incomingOperations } from "./incoming.ts";
import type { Ledger } from "./ledger.ts";
import type { Mailbox } from "./mailbox.ts";
import { sendOperations } from "./send.ts";

export interface OperationDeps {
  readonly account: Account;
  readonly ledger: Ledger;
  readonly mailbox: Mailbox;
  readonly timers: Timers;
}

export type Operation = (fields: Fields, deps: OperationDeps) => Answer;

/** By the file name in lower case: IIS looks at no case in a path. */
export const services = { "send.asmx": sendOperations, "incomingmessages.asmx": incomingOperations } as const;

export type ServiceFile = keyof typeof services;

import { findSpelled, latinDigits } from "../number.ts";
import { countParts } from "../parts.ts";
import { type SendResult, sendResults } from "./codes.ts";

export interface AccountOptions {
  readonly username?: string;
  readonly password?: string;
  /** Lines as the panel writes them. Default `30001234`. */
  readonly lines?: readonly string[];
  /** SMS parts that can be sent. Default 1000. */
  readonly credit?: number;
  /** Parts a day. Default without limit. */
  readonly dailyLimit?: number;
  /** Receivers that block advertising. */
  readonly blocked?: readonly string[];
  readonly filteredWords?: readonly string[];
}

/** One account at the panel: what it may do and what it has left. */
export interface Account {
  readonly username: string;
  readonly password: string;
  readonly lines: readonly string[];
  credit: number;
  dailyLimit: number | undefined;
  /** Receivers that block advertising, in any spelling. */
  readonly blocked: Set<string>;
  readonly filteredWords: Set<string>;
  accepts(username: string | undefined, password: string | undefined): boolean;
  /** The own line that a customer reaches by dialling this, with or without the country's `98`. */
  findLine(dialled: string): string | undefined;
  blocks(receiver: string): boolean;
  /**
   * Takes the price of a text to so many receivers, or says why not and takes nothing. `day` is the date in Tehran.
   * The manual gives the reasons without their order; this one goes from what is wrong with the sender to what it costs.
   */
  charge(sms: { line: string; text: string; receivers: number }, day: string): SendResult;
}

/** From the manual of a sister panel; this one says "limit in sending" without a number. */
const mostReceivers = 100;

export function createAccount(options: AccountOptions): Account {
  let today = "";
  let sentToday = 0;

  const account: Account = {
    username: options.username ?? "sandbox",
    password: options.password ?? "sandbox-password",
    lines: options.lines ?? ["30001234"],
    credit: options.credit ?? 1000,
    dailyLimit: options.dailyLimit,
    blocked: new Set(options.blocked),
    filteredWords: new Set(options.filteredWords),
    accepts: (username, password) => username === account.username && password === account.password,
    findLine: (dialled) => account.lines.find((own) => lineKey(own) === lineKey(dialled)),
    blocks: (receiver) => findSpelled(account.blocked, receiver) !== undefined,
    charge({ line, text, receivers }, day) {
      if (day !== today) sentToday = 0;
      today = day;
      const price = countParts(text) * receivers;
      // A web service takes the line as the account lists it.
      if (!account.lines.includes(line)) return sendResults.lineNotAllowed;
      if ([...account.filteredWords].some((word) => text.includes(word))) return sendResults.filtered;
      if (account.dailyLimit !== undefined && sentToday + price > account.dailyLimit) return sendResults.dailyLimit;
      if (receivers > mostReceivers) return sendResults.volumeLimit;
      if (price > account.credit) return sendResults.noCredit;
      account.credit -= price;
      sentToday += price;
      return sendResults.sent;
    },
  };
  return account;
}

/** Not as handsets' numbers fold: `9830001234` is a line with its country here, and would be a mobile number there. */
function lineKey(written: string): string {
  return latinDigits(written)
    .replace(/\D/g, "")
    .replace(/^(?:00)?98(?=\d{4,})/, "")
    .replace(/^0/, "");
}

import { toHandsetNumber } from "../number.ts";
import { countParts } from "../parts.ts";
import { AsanakRefusal, refusals } from "./codes.ts";

export interface AccountOptions {
  readonly username?: string;
  readonly password?: string;
  /** Lines as the panel writes them. Default `982164063188`. */
  readonly lines?: readonly string[];
  /** SMS parts that can be sent. Default 1000. */
  readonly credit?: number;
  /** Default 1,000,000. */
  readonly rialCredit?: number;
  /** Parts a day through the web service. Default without limit. */
  readonly dailyLimit?: number;
  readonly blacklist?: readonly string[];
  /** Lines that may not send links. */
  readonly noLinkLines?: readonly string[];
  /** Lines that may send only between these hours of Tehran, `from` included and `to` not. */
  readonly advertising?: { readonly lines: readonly string[]; readonly from: number; readonly to: number };
  readonly templates?: readonly Template[];
}

export interface Template {
  readonly id: number;
  /** With `{{name}}` for each parameter. */
  readonly text: string;
  readonly isActive?: boolean;
}

/** One account at Asanak: what it may do and what it has left. */
export interface Account {
  readonly username: string;
  readonly password: string;
  readonly lines: readonly string[];
  credit: number;
  rialCredit: number;
  readonly blacklist: Set<string>;
  readonly templates: readonly Template[];
  /** The line as the panel writes it. Refuses one that is not active or may not send this text at this hour. */
  requireLine(source: string, text: string, tehranHour: number): string;
  /** Takes the price of all these texts together, or refuses and takes nothing. `day` is the date in Tehran. */
  charge(texts: readonly string[], day: string): void;
}

const rialPerPart = 1500;

export function createAccount(options: AccountOptions): Account {
  const lines = options.lines ?? ["982164063188"];
  const noLinkLines = (options.noLinkLines ?? []).map(lineKey);
  const advertising = options.advertising;
  let today = "";
  let sentToday = 0;

  const account: Account = {
    username: options.username ?? "sandbox",
    password: options.password ?? "sandbox-password",
    lines,
    credit: options.credit ?? 1000,
    rialCredit: options.rialCredit ?? 1_000_000,
    blacklist: new Set((options.blacklist ?? []).map(toHandsetNumber)),
    templates: options.templates ?? [],
    requireLine(source, text, tehranHour) {
      const line = lines.find((own) => lineKey(own) === lineKey(source));
      if (line === undefined) throw new AsanakRefusal(refusals.inactiveSource);
      if (noLinkLines.includes(lineKey(line)) && /https?:\/\/|www\.|\w\.(ir|com)\b/i.test(text)) {
        throw new AsanakRefusal(refusals.noLinks);
      }
      const isRestricted = advertising?.lines.some((own) => lineKey(own) === lineKey(line));
      if (advertising && isRestricted && (tehranHour < advertising.from || tehranHour >= advertising.to)) {
        throw new AsanakRefusal(refusals.wrongTime);
      }
      return line;
    },
    charge(texts, day) {
      if (day !== today) sentToday = 0;
      today = day;
      const parts = texts.reduce((sum, text) => sum + countParts(text), 0);
      if (options.dailyLimit !== undefined && sentToday + parts > options.dailyLimit) {
        throw new AsanakRefusal(refusals.dailyLimit);
      }
      if (parts > account.credit) throw new AsanakRefusal(refusals.noCredit);
      account.credit -= parts;
      account.rialCredit -= parts * rialPerPart;
      sentToday += parts;
    },
  };
  return account;
}

/** The manual: a source begins with `021` or `9821`; these two are one line, anything else must be exact. */
function lineKey(source: string): string {
  return source.replace(/^021/, "9821");
}

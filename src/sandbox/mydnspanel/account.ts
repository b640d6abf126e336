import { countParts } from "../parts.ts";
import { MydnspanelRefusal, results } from "./codes.ts";
import { type ContactField, createPhoneBooks, type PhoneBooks } from "./phone-books.ts";

/** A text with gaps that the panel's people have approved. */
export interface Pattern {
  readonly textCode: number | string;
  /** With `{name}` for each variable. */
  readonly text: string;
  /** In the order in which a positional `textData` fills them. */
  readonly variables: readonly string[];
}

/** What the panel's people switch on and off for an account; a test may do so at any time. */
export interface Permissions {
  /** Off: -2. */
  hasAccess: boolean;
  /** Off: -3. */
  isApproved: boolean;
  /** Off: the caller's address is not on the list, -5. */
  isAddressAllowed: boolean;
  /** Off: 114, which only `send` has. */
  areDocumentsApproved: boolean;
}

export interface AccountOptions extends Partial<Permissions> {
  readonly apiKey?: string;
  /** Lines as the panel writes them. Default `50004321`. */
  readonly lines?: readonly string[];
  /** The line that `auto` picks. Default the first one, so that customers' answers come to the account. */
  readonly autoLine?: string;
  /** One for each SMS part; the manual tells no unit. Default 12345. */
  readonly credit?: number;
  readonly patterns?: readonly Pattern[];
  /** Ids of the phone books. Default `12`. */
  readonly phoneBooks?: readonly (number | string)[];
  /** Fields that contacts may have. Default the manual's `FYa12346`, a date of birth. */
  readonly fields?: readonly ContactField[];
  /** `send` without `type` is 103. Default false. */
  readonly requiresType?: boolean;
  /** Values of `type` that exist. Default `1`, which public clients send. */
  readonly types?: readonly string[];
  /** Those among them that this account may not use: 104. */
  readonly deniedTypes?: readonly string[];
}

/** One account: what it may do, what it owns and what it has left. */
export interface Account extends Permissions {
  readonly apiKey: string;
  readonly lines: readonly string[];
  readonly autoLine: string;
  credit: number;
  readonly patterns: readonly Pattern[];
  readonly phoneBooks: PhoneBooks;
  readonly fields: readonly ContactField[];
  /** The line as the panel writes it; `undefined` where it is not of this account. */
  findLine(from: string): string | undefined;
  /** Refuses a send type that does not exist or is not allowed. */
  checkType(type: string | undefined): void;
  /** Takes the price of this text to so many receivers, or refuses with `code` and takes nothing. */
  charge(text: string, receivers: number, code: number): void;
}

export function createAccount(options: AccountOptions): Account {
  const lines = options.lines ?? ["50004321"];
  const types = options.types ?? ["1"];
  const fields = options.fields ?? [{ id: "FYa12346", accepts: /^1[34]\d\d\/\d\d\/\d\d$/ }];

  const account: Account = {
    apiKey: options.apiKey ?? "sandbox-api-key",
    lines,
    autoLine: options.autoLine ?? lines[0] ?? "",
    credit: options.credit ?? 12_345,
    patterns: options.patterns ?? [],
    phoneBooks: createPhoneBooks((options.phoneBooks ?? [12]).map(String), fields),
    fields,
    hasAccess: options.hasAccess ?? true,
    isApproved: options.isApproved ?? true,
    isAddressAllowed: options.isAddressAllowed ?? true,
    areDocumentsApproved: options.areDocumentsApproved ?? true,
    findLine: (from) => (from === "auto" ? account.autoLine : lines.find((own) => bare(own) === bare(from))),
    checkType(type) {
      if (type === undefined && !options.requiresType) return;
      if (type === undefined || !types.includes(type)) throw new MydnspanelRefusal(results.badType);
      if (options.deniedTypes?.includes(type)) throw new MydnspanelRefusal(results.deniedType);
    },
    charge(text, receivers, code) {
      const price = countParts(text) * receivers;
      if (price > account.credit) throw new MydnspanelRefusal(code);
      account.credit -= price;
    },
  };
  return account;
}

/** Public clients write the country's code before a line, too. */
function bare(line: string): string {
  return line.replace(/^98/, "");
}

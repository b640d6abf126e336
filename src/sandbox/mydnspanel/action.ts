import { z } from "zod";
import type { Account } from "./account.ts";
import type { Answer, AnswerForm } from "./answer.ts";
import { MydnspanelRefusal } from "./codes.ts";
import type { Inbox } from "./inbox.ts";
import type { Ledger } from "./ledger.ts";
import type { ListOptions } from "./list.ts";

export interface ActionDeps {
  readonly account: Account;
  readonly ledger: Ledger;
  readonly inbox: Inbox;
  readonly form: AnswerForm;
  readonly list: ListOptions;
}

export type Fields = Readonly<Record<string, unknown>>;

/** Gives what its answer has beside `"result":"1"`, or throws `MydnspanelRefusal`. */
export type Action = (fields: Fields, deps: ActionDeps) => Answer;

/** A text of a form, or a number of a JSON body. */
export const word = z.union([z.string(), z.number()]).transform(String);

/** How often the panel tries again by itself: 0, which is never, to 10. */
export const trySend = word
  .pipe(z.string().regex(/^(?:\d|10)$/))
  .transform(Number)
  .default(0);

/** What `shape` makes of the fields; refuses with `code` where they do not fit. */
export function parseFields<S extends z.ZodType>(shape: S, fields: Fields, code: number): z.output<S> {
  const parsed = shape.safeParse(fields);
  if (!parsed.success) throw new MydnspanelRefusal(code);
  return parsed.data;
}

/** A structure that comes as JSON text in a form and as itself in a JSON body. */
export function fromJsonText<S extends z.ZodType>(shape: S) {
  return z.preprocess((value) => (typeof value === "string" ? tryToParse(value) : value), shape);
}

function tryToParse(written: string): unknown {
  try {
    return JSON.parse(written);
  } catch {
    return undefined;
  }
}

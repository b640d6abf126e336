import { z } from "zod";
import { toAsciiDigits } from "../../core/model/text.ts";
import { parseJsonKeepingDigits } from "../json.ts";
import { type Action, sendingActions } from "./codes.ts";

// Numbers and booleans come as text in the manual's only sample (`"result":"1"`, `"archive":"false"`), so both are read.

const record = z.record(z.string(), z.unknown());
const bareList = z.array(z.unknown());
const code = z.union([z.int(), z.string()]).transform((written, context) => {
  const text = String(written).trim();
  if (/^-?\d{1,9}$/.test(text)) return Number(text);
  context.addIssue("no code");
  return z.NEVER;
});

/** What the panel answered: it took the call, or it says why not. */
export type Reply =
  | { readonly isAccepted: true; readonly content: unknown }
  | { readonly isAccepted: false; readonly code: number; readonly words: string; readonly content: unknown };

/**
 * Reads `{"result":"1",…}`, where 1 is success and anything else a refusal. `undefined`: not the panel's answer, or one of
 * which nobody can say what it means.
 */
export function readReply(action: Action, text: string): Reply | undefined {
  const content = readJson(text);
  const body = findFields(content);
  if (!body) return readBare(action, content);
  const result = fieldOf(body, ["result"]);
  const inner = findFields(result);
  if (inner) return isReceipt(inner) ? { isAccepted: true, content } : undefined;
  const told = readCode(result);
  if (told === undefined) return undefined;
  if (told === 1) return { isAccepted: true, content };
  return { isAccepted: false, code: told, words: wordsOf(body), content };
}

const idNames = ["sendid", "send_id", "id", "messageid"];
/** What nothing but a send has; an error may have an `id`, too. */
const sendIdNames = ["sendid", "send_id", "messageid"];
const verdictNames = ["result", "code", "error", "status"];

/** An object in the place of the result is a receipt where it holds the id of a send, and nothing that says otherwise. */
function isReceipt(result: Readonly<Record<string, unknown>>): boolean {
  const saysOtherwise = verdictNames
    .map((name) => fieldOf(result, [name]))
    .some((told) => told !== undefined && readCode(told) !== 1);
  return !saysOtherwise && idIn(result, sendIdNames) !== undefined;
}

/**
 * A number alone is a result. A sending action may answer with its id so; one that could as well be a code is left unread, for
 * calling a taken SMS refused would send it twice, and calling a refused one taken would lose it.
 */
function readBare(action: Action, content: unknown): Reply | undefined {
  const isSending = sendingActions.has(action);
  if (isSending && bareId(content) !== undefined) return { isAccepted: true, content };
  const told = readCode(content);
  if (told === undefined || (isSending && told > 1)) return undefined;
  return told === 1 ? { isAccepted: true, content } : { isAccepted: false, code: told, words: "", content };
}

/**
 * The id of a send. The manual shows none; clients find it under one of these names at the root, in `data` or in its first
 * entry, and it may stand there alone. `undefined`: the SMS was taken all the same, and no report can be asked for.
 */
export function findSendId(content: unknown): string | undefined {
  const body = findFields(content);
  if (!body) return bareId(content);
  const inside = fieldOf(body, ["data"]);
  const first = bareList.safeParse(inside).data?.[0];
  return (
    idIn(body, idNames) ??
    idIn(inside, idNames) ??
    idIn(first, idNames) ??
    idIn(fieldOf(body, ["result"]), sendIdNames) ??
    bareId(inside)
  );
}

/**
 * The amount of an answer to `credit`, in whatever it counts. Its name is documented nowhere; separators, Persian digits and a
 * word behind the number are read over.
 */
export function findCredit(content: unknown): number | undefined {
  const body = findFields(content) ?? {};
  const inside = fieldOf(body, ["data"]);
  const within = findFields(inside) ?? {};
  const places = [
    ...["credit", "balance", "amount"].map((name) => fieldOf(body, [name])),
    ...["credit", "balance"].map((name) => fieldOf(within, [name])),
    inside,
  ];
  return places.map(readAmount).find((amount) => amount !== undefined);
}

/** The fields of an object; `undefined` for anything else. */
export function findFields(value: unknown): Readonly<Record<string, unknown>> | undefined {
  const parsed = record.safeParse(value);
  return parsed.success ? parsed.data : undefined;
}

/** The first of these names that has a value, in any case of letters. `names` are in lower case. */
export function fieldOf(fields: Readonly<Record<string, unknown>>, names: readonly string[]): unknown {
  const lower = new Map(Object.entries(fields).map(([name, value]) => [name.toLowerCase(), value]));
  return names.map((name) => lower.get(name)).find((value) => value !== undefined && value !== null && value !== "");
}

export function readCode(written: unknown): number | undefined {
  const parsed = code.safeParse(written);
  return parsed.success ? parsed.data : undefined;
}

export function readJson(text: string): unknown {
  try {
    return parseJsonKeepingDigits(text);
  } catch {
    return undefined;
  }
}

function idIn(place: unknown, names: readonly string[]): string | undefined {
  const fields = findFields(place) ?? {};
  return names.map((name) => readId(fieldOf(fields, [name]))).find((id) => id !== undefined);
}

/** Without a slash, for several receivers of one send are told apart by what stands behind one. */
function readId(value: unknown): string | undefined {
  if (typeof value !== "string" && typeof value !== "number") return undefined;
  const id = String(value).trim();
  return /^\w[\w-]{0,63}$/.test(id) && !/^0+$/.test(id) ? id : undefined;
}

/** `71234`, `"71234"` or `["71234"]`: a number that nothing calls an id is one above 9999, for no table has such a code. */
function bareId(value: unknown): string | undefined {
  const list = bareList.safeParse(value).data;
  const only = list ? (list.length === 1 ? list[0] : undefined) : value;
  if (typeof only !== "string" && typeof only !== "number") return undefined;
  const id = String(only).trim();
  return /^0*[1-9]\d{4,63}$/.test(id) ? id : undefined;
}

function readAmount(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  if (typeof value !== "string") return undefined;
  const plain = toAsciiDigits(value)
    .replace(/[,،٬'\s]/g, "")
    .replace(/٫/g, ".");
  const number = /^([+-]?\d+(?:\.\d+)?)[^\d.]*$/.exec(plain)?.[1];
  return number === undefined ? undefined : Number(number);
}

function wordsOf(body: Readonly<Record<string, unknown>>): string {
  const words = fieldOf(body, ["description", "message", "error"]);
  return typeof words === "string" ? words : "";
}

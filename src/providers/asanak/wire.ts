import { z } from "zod";
import type { Credit, Report } from "../../core/ports/sms-provider.ts";
import { parseJsonKeepingDigits } from "../json.ts";
import { shorten } from "../words.ts";
import { findStatus } from "./codes.ts";

const idNames = ["messageid", "msgid", "id"];

const integer = z.union([
  z.int(),
  z
    .string()
    .trim()
    .regex(/^-?\d{1,9}$/)
    .transform(Number),
]);
const meta = z.looseObject({
  status: integer.optional().catch(undefined),
  code: integer.optional().catch(undefined),
  message: z.unknown().optional(),
});
const envelope = z.looseObject({ meta, data: z.unknown().optional() });
const bareList = z.array(z.unknown());
const fields = z.record(z.string(), z.unknown());

/** What the panel answered: it took the call, or it says why not. */
export type AsanakReply =
  | { readonly isAccepted: true; readonly content: unknown }
  | { readonly isAccepted: false; readonly code: number; readonly words: string; readonly invalids: readonly string[] };

/**
 * Reads `{"meta":{"status":200,"message":"success"},"data":…}` of v2, with `meta.code` where there is no `meta.status` (seen on
 * `msgstatus`), and the bare array that v1 answered and the manual still prints. `undefined`: not the panel's answer.
 */
export function readReply(text: string): AsanakReply | undefined {
  const json = readJson(text);
  if (bareList.safeParse(json).success) return { isAccepted: true, content: json };
  const parsed = envelope.safeParse(json);
  const code = parsed.data?.meta.status ?? parsed.data?.meta.code;
  if (!parsed.success || code === undefined) return undefined;
  if (code === 200) return { isAccepted: true, content: parsed.data.data };
  const places = [parsed.data.data, parsed.data, parsed.data.meta];
  return { isAccepted: false, code, words: wordsOf(parsed.data.meta.message), invalids: places.flatMap(invalidsIn) };
}

/**
 * The ids of a send, in the order of the receivers: `[5271599999]` of `sendsms` and `template`, `[{"messageId":…}]` of
 * `p2psendsms` (the vendor's own SDK reads that). An entry without an id is left out, so that the numbers no longer match and
 * nobody takes one receiver's id for another's.
 */
export function readIds(content: unknown): readonly string[] {
  const list = bareList.safeParse(content);
  return (list.success ? list.data : [content]).flatMap((item) => {
    const id = idOf(item);
    return id === undefined ? [] : [id];
  });
}

/** `[{"MsgID":"4456772","Status":"6",…}]`; `Status` comes as text and as a number. */
export function readReports(content: unknown): readonly Report[] {
  const list = bareList.safeParse(content);
  return (list.success ? list.data : [content]).flatMap((item) => {
    const entry = fields.safeParse(item);
    const id = idOf(item);
    const written = entry.success ? fieldOf(entry.data, ["status"]) : undefined;
    if (id === undefined || !(typeof written === "string" || typeof written === "number")) return [];
    const code = integer.safeParse(written);
    const row = code.success ? findStatus(code.data) : undefined;
    if (!row) return [{ id, vendor: shorten(String(written)) }];
    return [{ id, state: row.state, vendor: `${row.code} ${row.title}` }];
  });
}

/** `{"credit":928}`, or the number alone. `undefined`: no number in it. */
export function readCredit(content: unknown, unit: Credit["unit"]): Credit | undefined {
  const list = bareList.safeParse(content);
  const item = list.success ? list.data[0] : content;
  const entry = fields.safeParse(item);
  const written = entry.success ? fieldOf(entry.data, ["credit"]) : item;
  const amount =
    typeof written === "string" && /\d/.test(written)
      ? Number(written.replace(/[,\s]/g, ""))
      : typeof written === "number"
        ? written
        : Number.NaN;
  return Number.isFinite(amount) ? { unit, amount } : undefined;
}

function readJson(text: string): unknown {
  try {
    return parseJsonKeepingDigits(text);
  } catch {
    return undefined;
  }
}

function idOf(item: unknown): string | undefined {
  const entry = fields.safeParse(item);
  const value = entry.success ? fieldOf(entry.data, idNames) : item;
  return isScalarId(value) ? String(value).trim() : undefined;
}

/** Digits that are not all 0. */
function isScalarId(value: unknown): value is string | number {
  if (typeof value === "number") return Number.isSafeInteger(value) && value > 0;
  return typeof value === "string" && /^\s*\d*[1-9]\d*\s*$/.test(value);
}

/** The first of these names that has a value, in any case of letters. */
function fieldOf(entry: Readonly<Record<string, unknown>>, names: readonly string[]): unknown {
  const lower = new Map(Object.entries(entry).map(([name, value]) => [name.toLowerCase(), value]));
  return names.map((name) => lower.get(name)).find((value) => value !== undefined && value !== null && value !== "");
}

function invalidsIn(place: unknown): string[] {
  const entry = fields.safeParse(place);
  if (!entry.success) return [];
  return Object.entries(entry.data).flatMap(([name, value]) => {
    const list = /invalid/i.test(name) ? bareList.safeParse(value) : undefined;
    return list?.success
      ? list.data.filter((one) => typeof one === "string" || typeof one === "number").map(String)
      : [];
  });
}

/** A message, or the messages of a list or of fields: `{"destination":["is not valid"]}`. */
function wordsOf(message: unknown, depth = 0): string {
  if (typeof message === "string" || typeof message === "number") return String(message);
  if (typeof message !== "object" || message === null || depth > 2) return "";
  const words = Object.values(message).map((part) => wordsOf(part, depth + 1));
  return words.filter((part) => part !== "").join(" ");
}

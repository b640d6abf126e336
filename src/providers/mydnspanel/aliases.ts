import { z } from "zod";

/**
 * The names under which each part of an incoming SMS may stand. The manual shows no answer of `receivedMessages`; these are the
 * names that the panel's other answers and the services of its kin use. In lower case, for they are compared so; of several
 * that are there, the first counts.
 */
export const aliases = {
  id: ["id", "messageid", "msgid", "receiveid", "rid"],
  from: ["from", "sender", "number", "mobile", "sendernumber", "phone"],
  to: ["to", "receiver", "line", "receivernumber", "tonumber"],
  text: ["text", "message", "body", "content", "msg"],
  date: ["date", "datetime", "time", "receivedate", "receivetime", "created_at", "timestamp"],
} as const;

export type Part = keyof typeof aliases;
export const parts: readonly Part[] = ["id", "from", "to", "text", "date"];

const record = z.record(z.string(), z.unknown());
const scalar = z.union([z.string(), z.number(), z.boolean()]).transform(String);

/** The texts and numbers of one entry by lower-case names, `null` as an empty text. */
export type Entry = ReadonlyMap<string, string>;

/** `undefined`: no object. Of names that differ in case alone, the first that has a value counts. */
export function toEntry(value: unknown): Entry | undefined {
  const parsed = record.safeParse(value);
  if (!parsed.success) return undefined;
  const fields = new Map<string, string>();
  for (const [name, field] of Object.entries(parsed.data)) {
    const key = toKey(name);
    const text = scalar.safeParse(field ?? "");
    if (text.success && !fields.get(key)) fields.set(key, text.data);
  }
  return fields;
}

export function toKey(name: string): string {
  return name.trim().toLowerCase();
}

/** Every value of a part that is not empty, in the order of its names. */
export function valuesOf(fields: Entry, part: Part): readonly string[] {
  return aliases[part].map((name) => fields.get(name)?.trim() ?? "").filter((value) => value !== "");
}

import { aliases, parts, toKey } from "./aliases.ts";
import { findFields } from "./wire.ts";

/** Which names the entries of an answer have, and what each is taken for. */
export interface Survey {
  /** `id (messageID)`, `date (receiveDate, receiveTime)` */
  readonly understood: readonly string[];
  /** The parts that no entry names. */
  readonly missing: readonly string[];
  readonly others: readonly string[];
}

export function surveyNames(entries: readonly unknown[]): Survey {
  const names = [...new Set(entries.flatMap((entry) => Object.keys(findFields(entry) ?? {})))];
  const found = parts.map((part) => ({ part, names: names.filter((name) => isOneOf(aliases[part], name)) }));
  const used = new Set(found.flatMap((one) => one.names));
  return {
    understood: found.filter((one) => one.names.length > 0).map((one) => `${one.part} (${one.names.join(", ")})`),
    missing: found.filter((one) => one.names.length === 0).map((one) => one.part),
    others: names.filter((name) => !used.has(name)),
  };
}

function isOneOf(known: readonly string[], name: string): boolean {
  return known.includes(toKey(name));
}

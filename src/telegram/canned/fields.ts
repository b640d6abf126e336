import { fieldsOf } from "../../core/model/fields.ts";
import { foldName } from "../../core/model/name.ts";
import { type Peer, toNational } from "../../core/model/phone.ts";
import { withoutDirection } from "../texts/direction.ts";
import type { Language } from "../types.ts";

/** What can be filled into a canned answer. */
export type CannedField = "name" | "number" | "operator" | "date" | "time";

/** How people write them; of each language the first is what they are told. */
const spellings: Readonly<Record<CannedField, Readonly<Record<Language, readonly string[]>>>> = {
  name: { en: ["name"], fa: ["نام", "اسم"] },
  number: { en: ["number"], fa: ["شماره"] },
  operator: { en: ["operator"], fa: ["همکار", "اپراتور"] },
  date: { en: ["date"], fa: ["تاریخ"] },
  time: { en: ["time"], fa: ["ساعت"] },
};
const fields: readonly CannedField[] = ["name", "number", "operator", "date", "time"];
const byName = new Map(
  fields.flatMap((field) =>
    [...spellings[field].en, ...spellings[field].fa].map((spelling): [string, CannedField] => [
      foldName(spelling),
      field,
    ]),
  ),
);

/** As they are written into a text, in this language: `{name}`. */
export function fieldList(language: Language): readonly string[] {
  return fields.map((field) => `{${nameOfField(field, language)}}`);
}

export function nameOfField(field: CannedField, language: Language): string {
  return spellings[field][language][0] ?? field;
}

/** The first field of a text that nobody could fill. */
export function unknownFieldOf(text: string): string | undefined {
  return fieldsOf(text).find(({ name }) => !byName.has(foldName(name)))?.name;
}

export interface FieldFacts {
  /** What the customer is called. */
  readonly name?: string | undefined;
  readonly peer: Peer;
  /** What the operator is called. */
  readonly operator: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** Gives the value of a field as a customer is to read it: in the calendar and the digits of the language, without any mark. */
export function createFieldValues(language: Language, timeZone: string) {
  const locale = language === "fa" ? "fa-IR-u-ca-persian" : "en-GB";
  const date = new Intl.DateTimeFormat(locale, { timeZone, day: "numeric", month: "long", year: "numeric" });
  const time = new Intl.DateTimeFormat(locale, { timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const digits = new Intl.NumberFormat(locale, { useGrouping: false });

  return (facts: FieldFacts) =>
    (written: string): string | undefined => {
      const value = findValue(byName.get(foldName(written)), facts);
      return value === undefined || value === "" ? undefined : withoutDirection(value);
    };

  function findValue(field: CannedField | undefined, { name, peer, operator, now }: FieldFacts): string | undefined {
    switch (field) {
      case "name":
        return name;
      case "number":
        return toNational(peer).replace(/\d/g, (digit) => digits.format(Number(digit)));
      case "operator":
        return operator;
      case "date":
        return date.format(now);
      case "time":
        return time.format(now);
      case undefined:
        return undefined;
    }
  }
}

import { persianDigits, toInternational } from "../number.ts";
import { type Answer, type AnswerValue, placeAt } from "./answer.ts";
import { type DateForm, writeDate } from "./dates.ts";
import type { Reading, ReceivedSms } from "./inbox.ts";

/** The answer to `receivedMessages` is documented nowhere: whatever the real one is, it should be among these. */
export interface ListOptions extends Reading {
  /** Where the list stands. Default `data.messages`; others: `data`, `data.list`, `messages`, `receivedMessages`. */
  readonly place?: string;
  /** An object of entries by id instead of an array. */
  readonly isMap?: boolean;
  /** Default `id`, `from`, `to`, `text`, `date`, and `time` where that stands apart. */
  readonly names?: Partial<Readonly<Record<ListField | "time", string>>>;
  /** Fields that entries do not have. */
  readonly without?: readonly ListField[];
  /** Day and time of day in two fields; with the two forms of `dates` that are written out. */
  readonly isTimeApart?: boolean;
  /** Default `gregorian`. */
  readonly dates?: DateForm;
  /** Of numbers and of dates that are written out. Default `latin`. */
  readonly digits?: "latin" | "persian";
  /** How the customer's number is spelled. Default `bare`, ten digits, as receivers are. */
  readonly numbers?: "bare" | "98" | "0" | "+98" | "as-written";
}

export type ListField = "id" | "from" | "to" | "text" | "date";

/** The fields beside `result`. */
export function writeList(messages: readonly ReceivedSms[], options: ListOptions): Answer {
  const entries = messages.map((sms) => writeEntry(sms, options));
  const byId = () => Object.fromEntries(messages.map(({ id }, index) => [id, entries[index] ?? {}]));
  return placeAt(options.place ?? "data.messages", options.isMap ? byId() : entries);
}

function writeEntry(sms: ReceivedSms, options: ListOptions): Answer {
  const { names = {}, without = [] } = options;
  const digits = options.digits === "persian" ? persianDigits : (written: string) => written;
  const { date, time } = writeMoment(sms, options);
  const values: readonly [ListField | "time", AnswerValue | undefined][] = [
    ["id", BigInt(sms.id)],
    ["from", digits(spell(sms.from, options.numbers ?? "bare"))],
    ["to", digits(sms.to)],
    ["text", sms.text],
    ["date", typeof date === "string" ? digits(date) : date],
    ["time", time && digits(time)],
  ];
  const kept = values.filter(([field]) => !without.includes(field === "time" ? "date" : field));
  return Object.fromEntries(kept.map(([field, value]) => [names[field] ?? field, value]));
}

function writeMoment(sms: ReceivedSms, options: ListOptions): { date: string | number; time?: string | undefined } {
  const moment = sms.time ?? sms.at;
  const written = typeof moment === "string" ? moment : writeDate(moment, options.dates ?? "gregorian");
  if (!options.isTimeApart || typeof written === "number") return { date: written };
  const [date = "", time] = written.split(" ");
  return { date, time };
}

function spell(number: string, form: NonNullable<ListOptions["numbers"]>): string {
  const international = toInternational(number);
  if (form === "as-written" || !/^98\d{10}$/.test(international)) return number;
  const bare = international.slice(2);
  return form === "bare" ? bare : `${form}${bare}`;
}

import { z } from "zod";
import { toEpochMs } from "../../core/model/calendar.ts";
import { foldNumber } from "../../core/model/phone.ts";
import type { IncomingSms, PushCall, PushInbox } from "../../core/ports/inbox.ts";
import { ProviderError } from "../../core/ports/provider-error.ts";
import { parseJsonKeepingDigits } from "../json.ts";
import { decodeForm, decodePercent, splitPairs } from "./percent.ts";

// The manual (chapter 5) documents one form: GET URL?Destination=…&Source=…&ReceiveTime=…&MsgBody=…, the values URL-encoded. The
// rest of what is read here is tolerance: the vendor's other services and its public clients differ in case, method, encoding
// and calendar, and an SMS that cannot be read is a customer who gets no answer.

const names = ["destination", "source", "receivetime", "msgbody"] as const;
type Name = (typeof names)[number];
type Fields = Partial<Record<Name, string>>;

const stillEncoded = /^(?:[\w.~!*'()+-]|%[0-9a-f]{2})+$/i;
const jsonBody = z.union([z.record(z.string(), z.unknown()), z.array(z.record(z.string(), z.unknown()))]);

export interface AsanakInboxOptions {
  readonly doubleDecode: "auto" | "always" | "never";
}

/** Reads the calls by which Asanak hands over SMS. `Source` is the customer, `Destination` is our line. */
export function createAsanakInbox(options: AsanakInboxOptions): PushInbox {
  return {
    mode: "push",
    parse(call) {
      const query = Object.entries(fromForm(call.query));
      return fromBody(call).map((body) => toSms(pick([...Object.entries(body), ...query]), options));
    },
  };
}

/**
 * One entry that cannot be read makes the whole call unreadable, for only such a call is kept as it came. A text that is there
 * and empty is an SMS; without any, somebody has found another name or form for it.
 */
function toSms(fields: Fields, { doubleDecode }: AsanakInboxOptions): IncomingSms {
  const line = foldNumber(onceMore(fields.destination ?? ""));
  const peer = foldNumber(onceMore(fields.source ?? ""));
  if (line === "" || peer === "" || fields.msgbody === undefined) {
    throw new ProviderError("bad-request", "no SMS in the call: Source, Destination and MsgBody are needed", {
      certain: true,
    });
  }
  const written = fields.receivetime?.trim() ? fields.receivetime : undefined;
  const at = written === undefined ? undefined : toEpochMs(onceMore(written));
  return {
    line,
    peer,
    text: decodeText(fields.msgbody, doubleDecode),
    ...(written === undefined ? {} : { time: { written, ...(at === undefined ? {} : { at }) } }),
  };
}

/**
 * Two public clients decode the text a second time, so it may come encoded twice. That is taken to be so where the text holds
 * nothing that an encoder leaves raw, and hides letters beyond ASCII: a customer's link has its `:` and `/` and stays as it is.
 */
function decodeText(text: string, doubleDecode: AsanakInboxOptions["doubleDecode"]): string {
  if (doubleDecode === "never") return text;
  const again = decodeForm(text);
  if (again === undefined) return text;
  if (doubleDecode === "always") return again;
  return stillEncoded.test(text) && /[^\x00-\x7f]/.test(again) ? again : text;
}

/** Numbers and times hold no `%`, so there is nothing to weigh. */
function onceMore(value: string): string {
  return value.includes("%") ? decodePercent(value) : value;
}

/** At least one set of fields: an empty one where the body holds nothing. */
function fromBody(call: PushCall): Fields[] {
  const text = new TextDecoder().decode(call.body).trim();
  if (text === "") return [{}];
  if (/json/i.test(call.contentType) || /^[[{]/.test(text)) return fromJson(text) ?? [fromForm(text)];
  return [fromForm(text)];
}

function fromJson(text: string): Fields[] | undefined {
  try {
    const parsed = jsonBody.parse(parseJsonKeepingDigits(text));
    const items = Array.isArray(parsed) ? parsed : [parsed];
    return (items.length > 0 ? items : [{}]).map((item) =>
      pick(
        Object.entries(item).flatMap(([name, value]): [string, string][] => {
          if (value === null) return [[name, ""]];
          return typeof value === "string" || typeof value === "number" ? [[name, String(value)]] : [];
        }),
      ),
    );
  } catch {
    return undefined;
  }
}

function fromForm(form: string): Fields {
  return pick(splitPairs(form, names).map(([name, value]) => [name, decodePercent(value.replace(/\+/g, " "))]));
}

/** Names in any case of letters; the first of equal names that has a value counts. */
function pick(pairs: readonly (readonly [string, string])[]): Fields {
  const fields: Fields = {};
  for (const [name, value] of pairs) {
    const known = names.find((one) => one === name.trim().toLowerCase());
    if (known && !fields[known]) fields[known] = value;
  }
  return fields;
}

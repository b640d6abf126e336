import { type Found, isWord, phraseAt, type Written, whole } from "./tokens.ts";
import { numbers, type Unit, units } from "./words.ts";

/** A time from now on: `+1h30m`, `in two days`, «یک ساعت و نیم دیگر». Days keep the hour, and are counted apart. */
export interface Span {
  readonly days: number;
  readonly ms: number;
}

const minuteMs = 60_000;
const msOf: Readonly<Record<Unit, number>> = { minute: minuteMs, hour: 60 * minuteMs, day: 0, week: 0 };
const daysOf: Readonly<Record<Unit, number>> = { minute: 0, hour: 0, day: 1, week: 7 };

/** A span with the word that makes it one; `bare` where that is missing: "2 hours" may be anything. */
export function spanAt(written: Written, at: number): Found<Span | "bare"> | undefined {
  const opens = openerAt(written, at);
  const amount = amountAt(written, opens ?? at);
  if (!amount) return opens !== undefined && isWord(written, at, "+") ? bareAfter(written, opens) : undefined;
  const closes = closerAt(written, amount.next);
  if (opens === undefined && closes === undefined) return { value: "bare", next: amount.next };
  return whole(written, { value: amount.value, next: closes ?? amount.next });
}

/** A sign, and the number behind it that names no unit. */
function bareAfter(written: Written, sign: number): Found<"bare"> {
  return { value: "bare", next: /^\d/.test(written.tokens[sign]?.text ?? "") ? sign + 1 : sign };
}

function openerAt(written: Written, at: number): number | undefined {
  if (isWord(written, at, "+", "in")) return at + 1;
  return isWord(written, at, "بعد") && isWord(written, at + 1, "از") ? at + 2 : undefined;
}

function closerAt(written: Written, at: number): number | undefined {
  if (isWord(written, at, "دیگر", "دیگه", "later", "بعد")) return at + 1;
  return isWord(written, at, "from") && isWord(written, at + 1, "now") ? at + 2 : undefined;
}

function amountAt(written: Written, at: number): Found<Span> | undefined {
  let sum = pieceAt(written, at);
  while (sum) {
    const joins = isWord(written, sum.next, "و", "and") ? sum.next + 1 : sum.next;
    const fraction = isWord(written, joins, "نیم") ? 0.5 : isWord(written, joins, "ربع") ? 0.25 : undefined;
    if (fraction !== undefined && joins > sum.next)
      return add(sum, { days: 0, ms: fraction * 60 * minuteMs }, joins + 1);
    if (joins > sum.next && isWord(written, joins, "a") && isWord(written, joins + 1, "half")) {
      return add(sum, { days: 0, ms: 30 * minuteMs }, joins + 2);
    }
    const more = pieceAt(written, joins);
    if (!more) return sum;
    sum = add(sum, more.value, more.next);
  }
  return undefined;
}

function pieceAt(written: Written, at: number): Found<Span> | undefined {
  if (isWord(written, at, "نیمساعت")) return { value: { days: 0, ms: 30 * minuteMs }, next: at + 1 };
  if (isWord(written, at, "نیم") && isWord(written, at + 1, "ساعت")) {
    return { value: { days: 0, ms: 30 * minuteMs }, next: at + 2 };
  }
  if (isWord(written, at, "half")) {
    const next = at + (isWord(written, at + 1, "an", "a") ? 2 : 1);
    return isWord(written, next, "hour") ? { value: { days: 0, ms: 30 * minuteMs }, next: next + 1 } : undefined;
  }
  const quarter = at + (isWord(written, at, "یک", "یه") ? 1 : 0);
  if (isWord(written, quarter, "ربع") && !isWord(written, quarter + 1, "به")) {
    return {
      value: { days: 0, ms: 15 * minuteMs },
      next: quarter + (isWord(written, quarter + 1, "ساعت") ? 2 : 1),
    };
  }
  const number = numberAt(written, at);
  const unit = number && phraseAt(written, number.next, units);
  if (!number || !unit) return undefined;
  const { value } = number;
  const isWhole = Number.isInteger(value) || unit.value === "hour";
  return isWhole
    ? { value: { days: value * daysOf[unit.value], ms: value * msOf[unit.value] }, next: unit.next }
    : undefined;
}

function numberAt(written: Written, at: number): Found<number> | undefined {
  const text = written.tokens[at]?.text ?? "";
  if (/^\d{1,5}(\.\d{1,2})?$/.test(text)) return { value: Number(text), next: at + 1 };
  return phraseAt(written, at, numbers);
}

function add({ value }: Found<Span>, more: Span, next: number): Found<Span> {
  return { value: { days: value.days + more.days, ms: value.ms + more.ms }, next };
}

import { toAsciiDigits } from "./text.ts";

/** A one-time code in an SMS, and where it stands. */
export interface CodePlace {
  /** In Latin digits and without what parts them, as a form wants it. */
  readonly code: string;
  readonly at: number;
  readonly length: number;
}

/** What a line says right before a number, or right behind it. */
type Label = "code" | "surely" | "other";

const hidden = "•";
/** How far before a number its label may stand. */
const reach = 80;

/** Four to eight digits, or two halves of three or four; never a piece of a longer number, a price, a date or a time. */
const numbers =
  /(?<![\dA-Za-z.,٬٫/\\*+=?&_~%$€])(?<!\d[\s:\-–])(?<!(?:[A-FH-Z]|[A-Z]G)-)(?:\d{4,8}|\d{3}[- ]\d{3})(?![\d\w%*=/\\]|[.,٬٫:\-–]\d| \d|\s?(?:[$€£﷼]|(?:تومان|تومن|ریال|هزار|میلیون|میلیارد|درصد|عدد|نفر|کیلو|گرم|متر|دقیقه|ثانیه|ساعت|روز|ماه|سال|امتیاز|گیگ|مگ|toman|tomans|rial|rials|irr|irt|usd|eur|gb|mb|points?|minutes?|min|seconds?|sec|hours?|days?|years?)(?![\p{L}\p{M}])))/giu;

const edge = "(?<![\\p{L}\\p{M}\\u200c])";
const end = "(?![\\p{L}\\p{M}\\u200c])";
const surely = [
  "(?:کد|رمز|گذرواژه)[\\s\\u200c]*(?:تایید|تأیید|تائید|فعال|ورود|احراز|امنیت|یک[\\s\\u200c]?بار|موقت|پویا|عبور|دوم)[\\p{L}\\u200c]*",
  "one[- ]time (?:code|password|passcode|pin)",
  "(?:verification|verify|security|login|log-in|sign-in|authentication|access|activation|confirmation|2fa) (?:code|pin)",
  "passcode|otp",
].join("|");
const code = "(?:کد|رمز|گذرواژه|پسورد|code|password|pin)(?:[\\s\\u200c]?(?:تان|شما|ت))?";
const other = [
  "پیگیری|رهگیری|سفارش|فاکتور|تخفیف|پستی|ملی|مرجع|ارجاع|اشتراک|مشتری|محصول|کالا|شعبه|معرف|معرفی|دعوت|اقتصادی|مالیاتی|شهاب|پرسنلی|نوبت|رزرو|بلیت|بلیط|قبض|پرونده",
  "شماره|تلفن|تماس|موبایل|پیامک|مبلغ|مانده|موجودی|قیمت|خرید|برداشت|واریز|قسط|بدهی|اعتبار|جایزه|تاریخ|سال|مورخ|پلاک|حساب|کارت|دستوری",
  "(?:order|tracking|invoice|reference|ref|discount|promo|promotion|coupon|gift|postal|zip|area|country|error|product|item|customer|account|card|branch|booking|ticket|flight|room|gate)(?:[ -](?:code|pin))?",
  "phone|call|tel|number|no|amount|balance|price|total|date|year|since|sms|text",
].join("|");
const labels = new RegExp(`${edge}(?:(?<surely>${surely})|(?<other>${other})|(?<code>${code}))${end}`, "giu");
/** Between a label and its number nothing else is said. */
const touching = /^[\s:：؛.\-–—=#،,'"«»()‎‏\u200c\u2066-\u2069]*(?:(?:شما|تان|is|are|of)[\s:：]*)?$/iu;
const behind = new RegExp(
  `^[\\s،,:：)\\-–—»"'.]*(?:(?:is|as)\\s+(?:your|the)\\s[^.!?\\d\\n]{0,40}?${edge}(?:code|otp|pin|password|passcode)${end}|[^.!؟\\d\\n]{0,12}?${edge}(?:${surely})${end})`,
  "iu",
);
const ahead = /(?:^|[^\p{L}])(?:enter|use|type|وارد کنید)\s*[:：]?\s*$/iu;
const wanted = /^\s*(?:to (?:verify|confirm|log ?in|sign ?in|activate)|برای (?:تایید|تأیید|ورود|فعال))/iu;
/** The last line of an SMS that a browser fills in by itself: `@shop.example #12345`. */
const forBrowsers = /^@[\w.-]+\.\w+ (?:%\S+ )?#$/;

/**
 * Finds the one-time codes of a text, Persian or English, by what stands beside each number: a number alone is no code, and what
 * calls itself an order, a price, a date or a telephone is none. A code that is repeated is found at each of its places.
 */
export function findCodes(text: string): readonly CodePlace[] {
  const plain = toAsciiDigits(text);
  const found = [...plain.matchAll(numbers)].filter(({ index, 0: written }) => isCode(plain, index, written.length));
  const codes = new Set(found.map(({ 0: written }) => written));
  return [...plain.matchAll(numbers)]
    .filter(({ 0: written }) => codes.has(written))
    .map(({ index, 0: written }) => ({ code: written.replace(/\D/g, ""), at: index, length: written.length }));
}

/** The same text without its one-time codes. It keeps its length, so that what stands elsewhere in it stays where it is. */
export function hideCodes(text: string): string {
  return findCodes(text).reduce(
    (shown, { at, length }) => shown.slice(0, at) + hidden.repeat(length) + shown.slice(at + length),
    text,
  );
}

function isCode(plain: string, at: number, length: number): boolean {
  const before = lineBefore(plain, at);
  if (forBrowsers.test(before)) return true;
  const label = labelOf(before);
  if (label === "code" || label === "surely") return true;
  const after = plain.slice(at + length).split("\n", 1)[0] ?? "";
  if (label === "other") return false;
  return behind.test(after) || (ahead.test(before) && wanted.test(after));
}

/** The words before a number, in its own line; where it begins one, in the line above. */
function lineBefore(plain: string, at: number): string {
  const before = plain.slice(Math.max(0, at - reach), at);
  const own = before.slice(before.lastIndexOf("\n") + 1);
  if (/[\p{L}\p{N}@]/u.test(own)) return own;
  const above = before.slice(0, before.length - own.length).trimEnd();
  return above.slice(above.lastIndexOf("\n") + 1);
}

/** The nearest label rules, but what is surely a code stays one where no other word touches the number. */
function labelOf(before: string): Label | undefined {
  const found = [...before.matchAll(labels)];
  const last = found.at(-1);
  if (last?.groups === undefined) return undefined;
  if (last.groups.other === undefined) return last.groups.surely === undefined ? "code" : "surely";
  const isTouching = touching.test(before.slice(last.index + last[0].length));
  const isSure = found.some(({ groups }) => groups?.surely !== undefined);
  return isSure && !isTouching ? "surely" : "other";
}

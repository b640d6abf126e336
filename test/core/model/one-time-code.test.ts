import { expect, test } from "vitest";
import { findCodes, hideCodes } from "../../../src/core/model/one-time-code.ts";

test.each([
  ["کد تایید شما: 12345", "12345"],
  ["کد تأیید شما: ۱۲۳۴۵", "12345"],
  ["کد تائید شما ٤٥٦٧٨٩ است", "456789"],
  ["کد ورود: 4821\nآن را به کسی ندهید.", "4821"],
  ["کد ورود شما به دیجی‌کالا:\n482193", "482193"],
  ["کد فعال‌سازی ۷۷۲۱۰۹", "772109"],
  ["کد:12345", "12345"],
  ["کد12345", "12345"],
  ["رمز پویا: 84736251\nمبلغ: 1,250,000 ریال\nزمان 12:30", "84736251"],
  ["خرید\nمبلغ 1250000 ریال\nرمز 482193\n1404/09/12", "482193"],
  ["رمز دوم یکبار مصرف: ۴۸۲۱۹۳ برای کارت ۶۰۳۷۹۹۱۱۲۲۳۳۴۴۵۵", "482193"],
  ["رمز عبور موقت شما 90214", "90214"],
  ["کد یک‌بار مصرف: 55120", "55120"],
  ["کد احراز هویت شما ۹۹۲۰۱۷ می‌باشد", "992017"],
  ["کد تایید سفارش شما: 7431", undefined],
  ["کد تایید برای سفارش جدید شما در فروشگاه: 7431", "7431"],
  ["۱۲۳۴۵ کد تایید شماست", "12345"],
  ["۱۲۳۴۵\nکد ورود شما", undefined],
  ["Code: 1234\n@shop.ir #1234", "1234"],
  ["رمز ورود شما:\n63219\n\n@bank.example #63219", "63219"],
  ["به همراه من خوش آمدید\n@my.example #48213", "48213"],
  ["Your verification code is 123456.", "123456"],
  ["123456 is your WhatsApp code. Don't share it", "123456"],
  ["Your WhatsApp code: 123-456", "123456"],
  ["WhatsApp code 123 456", "123456"],
  ["G-482193 is your Google verification code.", "482193"],
  ["Use 4821 as your login code", "4821"],
  ["Enter 482193 to verify your account", "482193"],
  ["OTP 482193", "482193"],
  ["Your one-time password is: 48219374", "48219374"],
  ["PIN: 4821", "4821"],
  ["code 1404", "1404"],
  // Two that differ: both.
  ["کد ورود: 1111\nرمز دوم: 2222", "1111 2222"],
])("finds the code in %j", (text, wanted) => {
  const codes = [...new Set(findCodes(text).map(({ code }) => code))];
  expect(codes.join(" ") || undefined).toBe(wanted);
});

test.each([
  "سلام، هستید؟",
  "قیمت 12500 تومان",
  "کد 12500 تومان تخفیف دارد",
  "مبلغ 125000 ریال واریز شد",
  "کد تخفیف: 12345",
  "با کد تخفیف ۱۴۰۴ خرید کنید",
  "کد پیگیری: 482193",
  "کد رهگیری پست: 48219374",
  "کد سفارش شما 48213 ثبت شد",
  "سفارش 48213 ارسال شد. کد را به پیک بدهید",
  "کد پستی شما ۱۹۹۱۷۴۳۵",
  "کد ملی 00123456",
  "کد مرجع 482193",
  "کدام شماره 48213؟",
  "کدخدا 1234 را زد",
  "بارکد 48219374",
  "رمزارز 48213 شد",
  "تماس: 88776655",
  "کد را از 02188776655 بپرسید",
  "کد برای 09121234567 فرستاده شد",
  "کد تا 1404/09/12 اعتبار دارد",
  "کد تا 1404-09-12 اعتبار دارد",
  "کد ساعت 12:30:45 تمام می‌شود",
  "برای کد دستوری *780*1234# را بگیرید",
  "رمز کارت 6037991122334455",
  "رمز 10 رقمی 1234567890",
  "کد 123",
  "کد 50% تخفیف 5000 امتیاز",
  "Order 48213 has shipped",
  "Your order code is DKP48213",
  "Tracking code 482193",
  "Promo code: 2025",
  "Use promo code SAVE2025 and get $5000",
  "Total 12500 USD",
  "Call 4821 9374 now",
  "Your code costs 12.5000",
  "See https://shop.example/code/48213",
  "Error code 5001",
  "Zip code 90210",
  "Dress code: black. Doors 1900-2300",
  "No code needed. Party since 2019",
  "12345",
])("finds none in %j", (text) => {
  expect(findCodes(text)).toEqual([]);
});

test("hides a code wherever it stands, and nothing else", () => {
  const text = "کد: ۱۲۳۴۵\nمبلغ 125000 ریال\n@shop.ir #12345";
  expect(hideCodes(text)).toBe("کد: •••••\nمبلغ 125000 ریال\n@shop.ir #•••••");
  expect(hideCodes(hideCodes(text))).toBe(hideCodes(text));
  expect(hideCodes("سلام ۱۲۳۴۵")).toBe("سلام ۱۲۳۴۵");
});

test("tells where it stands in the text as it was written", () => {
  const text = "رمز ۱۲۳-۴۵۶ است";
  const [place] = findCodes(text);
  expect(place).toEqual({ code: "123456", at: 4, length: 7 });
  expect(text.slice(4, 11)).toBe("۱۲۳-۴۵۶");
});

import { expect, test } from "vitest";
import { readWhen, type WhenProblem } from "../../../src/telegram/when/read-when.ts";

/** Thursday, 5 Azar 1405, ten in the morning in Tehran. */
const thursday = "2026-11-26T10:00:00+03:30";

function read(written: string, now = thursday, zone = "Asia/Tehran") {
  const when = readWhen(written, Date.parse(now), zone);
  if (when.kind === "refused") return when.why;
  const shown = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "short" });
  return when.text === "" ? shown.format(when.at) : `${shown.format(when.at)} | ${when.text}`;
}

const readings: readonly (readonly [written: string, moment: string])[] = [
  // As the issue has them.
  ["۹ صبح شنبه", "2026-11-28 09:00"],
  ["فردا عصر", "2026-11-27 17:00"],
  ["tomorrow 9", "2026-11-27 09:00"],
  ["1405/09/12 18:30", "2026-12-03 18:30"],
  ["+2h", "2026-11-26 12:00"],
  ["نیم ساعت دیگر", "2026-11-26 10:30"],
  ["پس‌فردا ۱۰", "2026-11-28 10:00"],
  ["شنبه بعد ساعت ۴ عصر", "2026-11-28 16:00"],
  ["tonight", "2026-11-26 20:00"],
  // Days.
  ["امروز ۱۸:۳۰", "2026-11-26 18:30"],
  ["امروز عصر", "2026-11-26 17:00"],
  ["امشب", "2026-11-26 20:00"],
  ["امشب ۹", "2026-11-26 21:00"],
  ["امشب ساعت ۹ و نیم", "2026-11-26 21:30"],
  ["فردا ساعت ۹", "2026-11-27 09:00"],
  ["فردا صبح", "2026-11-27 09:00"],
  ["صبح فردا ساعت ۸", "2026-11-27 08:00"],
  ["فردا شب", "2026-11-27 20:00"],
  ["فرداشب ۱۰", "2026-11-27 22:00"],
  ["پسفردا ظهر", "2026-11-28 12:00"],
  ["پس فردا ساعت ۷ صبح", "2026-11-28 07:00"],
  ["today 3pm", "2026-11-26 15:00"],
  ["3 pm", "2026-11-26 15:00"],
  ["at 18:30", "2026-11-26 18:30"],
  ["tonight at 9", "2026-11-26 21:00"],
  ["this evening", "2026-11-26 18:00"],
  ["tomorrow morning", "2026-11-27 09:00"],
  ["tomorrow at 7 in the evening", "2026-11-27 19:00"],
  ["9am tomorrow", "2026-11-27 09:00"],
  ["TOMORROW 9:15 AM", "2026-11-27 09:15"],
  ["9 a.m. tomorrow", "2026-11-27 09:00"],
  ["the day after tomorrow at noon", "2026-11-28 12:00"],
  ["day after tomorrow 16:00", "2026-11-28 16:00"],
  // Days of the week.
  ["شنبه ۹", "2026-11-28 09:00"],
  ["یک‌شنبه ۱۰ صبح", "2026-11-29 10:00"],
  ["یکشنبه ساعت ۱۰", "2026-11-29 10:00"],
  ["دوشنبه ۱۱:۴۵", "2026-11-30 11:45"],
  ["سه‌شنبه عصر", "2026-12-01 17:00"],
  ["سه شنبه ۱۰", "2026-12-01 10:00"],
  ["۴شنبه ۱۰", "2026-12-02 10:00"],
  ["چهار شنبه ظهر", "2026-12-02 12:00"],
  ["جمعه شب", "2026-11-27 20:00"],
  ["ساعت ۹ روز شنبه", "2026-11-28 09:00"],
  ["شنبه‌ی بعد ساعت ۹", "2026-11-28 09:00"],
  ["شنبه هفته‌ی بعد ساعت ۹", "2026-11-28 09:00"],
  ["پنجشنبه بعد ۹", "2026-12-03 09:00"],
  ["پنج‌شنبه‌ی آینده ۹", "2026-12-03 09:00"],
  ["دوشنبه بعد از ظهر", "2026-11-30 15:00"],
  ["دوشنبه بعدازظهر ساعت ۵", "2026-11-30 17:00"],
  ["monday 9am", "2026-11-30 09:00"],
  ["9:30 on Mon", "2026-11-30 09:30"],
  ["دوشنبه بعد ۹", "2026-11-30 09:00"],
  ["next monday 9am", "2026-11-30 09:00"],
  ["next saturday at 10", "2026-11-28 10:00"],
  ["next thursday 8 pm", "2026-12-03 20:00"],
  ["wednesday next week 10:00", "2026-12-02 10:00"],
  ["next week on friday at noon", "2026-12-04 12:00"],
  // Dates.
  ["۱۴۰۵/۹/۱۲ ساعت ۹", "2026-12-03 09:00"],
  ["1405-09-12 09:05", "2026-12-03 09:05"],
  ["٠٩:٠٥ ١٤٠٥/٠٩/١٢", "2026-12-03 09:05"],
  ["2026-12-03 18:30", "2026-12-03 18:30"],
  ["18:30 2026/12/3", "2026-12-03 18:30"],
  ["۱۲ آذر ساعت ۹", "2026-12-03 09:00"],
  ["۱۲ اذر ۱۴۰۵ عصر", "2026-12-03 17:00"],
  ["۱۲ام آذر ۱۸:۳۰", "2026-12-03 18:30"],
  ["اول دی ظهر", "2026-12-22 12:00"],
  ["۵ فروردین ۱۰ صبح", "2027-03-25 10:00"],
  ["۳ دسامبر ۱۰", "2026-12-03 10:00"],
  ["3 December 10:00", "2026-12-03 10:00"],
  ["Dec 3rd, 2026 at 9am", "2026-12-03 09:00"],
  ["the 3rd of december at 9", "2026-12-03 09:00"],
  ["12 azar 9:00", "2026-12-03 09:00"],
  // From now on.
  ["+30m", "2026-11-26 10:30"],
  ["+1h30m", "2026-11-26 11:30"],
  ["+1d", "2026-11-27 10:00"],
  ["+۲ ساعت", "2026-11-26 12:00"],
  ["in 2 hours", "2026-11-26 12:00"],
  ["in half an hour", "2026-11-26 10:30"],
  ["in an hour and a half", "2026-11-26 11:30"],
  ["20 minutes from now", "2026-11-26 10:20"],
  ["in 3 days at 9am", "2026-11-29 09:00"],
  ["in a week", "2026-12-03 10:00"],
  ["۲ ساعت دیگر", "2026-11-26 12:00"],
  ["یک ساعت و نیم دیگه", "2026-11-26 11:30"],
  ["یک ساعت و ۲۰ دقیقه بعد", "2026-11-26 11:20"],
  ["یه ربع دیگه", "2026-11-26 10:15"],
  ["نیم‌ساعت دیگر", "2026-11-26 10:30"],
  ["سه روز دیگر ساعت ۹ صبح", "2026-11-29 09:00"],
  ["دو هفته دیگر", "2026-12-10 10:00"],
  // Hours.
  ["ساعت ۱۱", "2026-11-26 11:00"],
  ["ساعت یازده", "2026-11-26 11:00"],
  ["فردا نه صبح", "2026-11-27 09:00"],
  ["فردا ساعت نه و ربع", "2026-11-27 09:15"],
  ["فردا ۹ و ۲۰ دقیقه", "2026-11-27 09:20"],
  ["فردا یک ربع به ۹", "2026-11-27 08:45"],
  ["tomorrow half past 9", "2026-11-27 09:30"],
  ["tomorrow quarter to ten", "2026-11-27 09:45"],
  ["tomorrow 9 o'clock", "2026-11-27 09:00"],
  ["فردا ۱ ظهر", "2026-11-27 13:00"],
  ["فردا ۱۲ ظهر", "2026-11-27 12:00"],
  ["فردا ۱۲", "2026-11-27 12:00"],
  ["tomorrow 12pm", "2026-11-27 12:00"],
  ["فردا ۵ عصر", "2026-11-27 17:00"],
  ["فردا ۴ بعد از ظهر", "2026-11-27 16:00"],
  ["فردا ۳ ب.ظ", "2026-11-27 15:00"],
  ["فردا ۷ شب", "2026-11-27 19:00"],
  ["فردا ۰۴:۳۰", "2026-11-27 04:30"],
  ["فردا ۴ بامداد", "2026-11-27 04:00"],
  ["tomorrow 00:00", "2026-11-27 00:00"],
  ["midnight", "2026-11-27 00:00"],
  ["امشب ۱۲", "2026-11-27 00:00"],
  ["امشب نیمه‌شب", "2026-11-27 00:00"],
  ["۱۲ شب", "2026-11-27 00:00"],
  // Letters of an Arabic keyboard.
  ["يكشنبه ٩", "2026-11-29 09:00"],
];

test.each(readings)("%s is %s", (written, moment) => {
  expect(read(written)).toBe(moment);
});

const refusals: readonly (readonly [written: string, why: WhenProblem])[] = [
  ["", "nothing"],
  ["سلام", "no-time"],
  ["hello tomorrow 9", "no-time"],
  ["1830", "no-time"],
  ["یکي دیگر", "no-time"],
  ["فردا", "no-hour"],
  ["tomorrow your order is ready", "no-hour"],
  ["شنبه سلام", "no-hour"],
  ["فردا ۴", "hour-twice"],
  ["شنبه بعد ساعت ۴", "hour-twice"],
  ["tomorrow at 7", "hour-twice"],
  ["فردا ۷:۳۰", "hour-twice"],
  ["پنج‌شنبه ۱۸:۰۰", "weekday-today"],
  ["thursday 18:00", "weekday-today"],
  ["هفته بعد ۹", "no-weekday"],
  ["next week 9am", "no-weekday"],
  ["9/12 18:30", "date-unclear"],
  ["12/3/2026 9am", "date-unclear"],
  ["05/09/12 9:00", "date-unclear"],
  ["۱۴۰۵/۷/۳۱ ۹:۰۰", "day-impossible"],
  ["۳۰ اسفند ۱۴۰۵ ۹ صبح", "day-impossible"],
  ["۳۰ اسفند ۹ صبح", "day-impossible"],
  ["1405/13/01 9:00", "day-impossible"],
  ["2027-02-29 10:00", "day-impossible"],
  ["31 november 10:00", "day-impossible"],
  ["۱۲ آذر ۲۰۲۶ ۹:۰۰", "day-impossible"],
  ["فردا ۲۵:۰۰", "hour-impossible"],
  ["tomorrow 24:00", "hour-impossible"],
  ["فردا ۹:۷۵", "hour-impossible"],
  ["فردا ۹ ظهر", "hour-impossible"],
  ["شنبه ۹ بعد از ظهر", "hour-impossible"],
  ["tomorrow 18:00 in the morning", "hour-impossible"],
  ["فردا ۱۲ شب", "midnight"],
  ["tomorrow midnight", "midnight"],
  ["saturday 12am", "midnight"],
  ["فردا ۲ شب", "after-midnight"],
  ["ساعت ۹", "past"],
  ["امروز ۹ صبح", "past"],
  ["دیروز ۹", "past"],
  ["yesterday 9am", "past"],
  ["1405/09/05 09:59", "past"],
  ["1405/09/05 10:00", "past"],
  ["۴ آذر ۱۲:۰۰", "past"],
  ["2026-01-01 10:00", "past"],
  ["+0m", "past"],
  ["1410/01/01 10:00", "too-far"],
  ["+900d", "too-far"],
  ["۲ ساعت", "span-open"],
  ["2 hours your order is ready", "span-open"],
  ["+90", "span-open"],
  ["tomorrow 9 2 boxes are ready", "end-unclear"],
  ["tomorrow 9 to 11 we are closed", "end-unclear"],
  ["فردا ۹ تا ۱۱ بسته‌ایم", "end-unclear"],
  ["فردا ۹ شنبه تعطیلیم", "end-unclear"],
  ["tomorrow 9 30", "end-unclear"],
  ["tomorrow 9kg of sugar", "no-hour"],
  ["فردا ۱۰ ساعت کار", "no-hour"],
];

test.each(refusals)("%s is refused: %s", (written, why) => {
  expect(read(written)).toBe(why);
});

test("a refusal names the whole of what was read as a time", () => {
  const now = Date.parse("2026-11-26T10:00:00+03:30");
  expect(readWhen("+90 hello", now, "Asia/Tehran")).toMatchObject({ why: "span-open", written: "+90" });
});

test.each([
  ["tomorrow 9 Your order is ready", "2026-11-27 09:00 | Your order is ready"],
  ["tomorrow 9: your order is ready", "2026-11-27 09:00 | your order is ready"],
  ["فردا ۹ صبح بخیر، سفارش شما آماده است", "2026-11-27 09:00 | صبح بخیر، سفارش شما آماده است"],
  ["فردا ۹\n۲ بسته آماده است", "2026-11-27 09:00 | ۲ بسته آماده است"],
  ["فردا ۹\nشنبه تعطیلیم\n\nممنون", "2026-11-27 09:00 | شنبه تعطیلیم\n\nممنون"],
  ["+2h در مغازه باز است", "2026-11-26 12:00 | در مغازه باز است"],
  ["فردا ۹ شب‌نشینی داریم", "2026-11-27 09:00 | شب‌نشینی داریم"],
  ["فردا ۹ عصرانه بدهید", "2026-11-27 09:00 | عصرانه بدهید"],
  ["in 2 hours  at our shop", "2026-11-26 12:00 | at our shop"],
] as const)("the text begins behind the time: %s", (written, expected) => {
  expect(read(written)).toBe(expected);
});

test("30 Esfand is a day of leap years only", () => {
  // 1408 is one, 1405, 1406 and 1407 are none; nor is 1409.
  const winter = "2030-03-01T10:00:00+03:30";
  expect(read("۳۰ اسفند ۱۴۰۸ ۹ صبح", winter)).toBe("2030-03-20 09:00");
  expect(read("۳۰ اسفند ۹ صبح", winter)).toBe("2030-03-20 09:00");
  expect(read("1408/12/30 18:00", winter)).toBe("2030-03-20 18:00");
  expect(read("1409/12/30 18:00", winter)).toBe("day-impossible");
  expect(read("1403/12/30 18:00", "2025-03-01T10:00:00+03:30")).toBe("2025-03-20 18:00");
  expect(read("29 february 10:00", "2028-02-01T10:00:00+03:30")).toBe("2028-02-29 10:00");
});

test("'next' is refused where two days can be meant", () => {
  const saturday = "2026-11-28T10:00:00+03:30";
  expect(read("دوشنبه بعد ۹", saturday)).toBe("weekday-twice");
  expect(read("next monday 9am", saturday)).toBe("weekday-twice");
  expect(read("دوشنبه هفته بعد ۹", saturday)).toBe("2026-12-07 09:00");
  expect(read("شنبه بعد ۹", saturday)).toBe("2026-12-05 09:00");
});

test("days are those of the desk's zone", () => {
  const justAfterMidnight = "2026-11-27T00:30:00+03:30";
  expect(read("فردا ۹", justAfterMidnight)).toBe("2026-11-28 09:00");
  expect(read("tomorrow 9", justAfterMidnight, "Europe/London")).toBe("2026-11-27 09:00");
});

test("an hour that summer time leaves out does not exist, and a day later is the same hour", () => {
  const beforeSummer = "2027-03-27T10:00:00+01:00";
  expect(read("tomorrow 02:30", beforeSummer, "Europe/Berlin")).toBe("hour-impossible");
  expect(read("+1d", beforeSummer, "Europe/Berlin")).toBe("2027-03-28 10:00");
  expect(read("31 october 2027 02:30", "2027-10-01T10:00:00+02:00", "Europe/Berlin")).toBe("2027-10-31 02:30");
});

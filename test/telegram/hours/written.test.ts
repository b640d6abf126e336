import { describe, expect, test } from "vitest";
import { readHoliday } from "../../../src/telegram/hours/read-holiday.ts";
import { isWholeDay, readDays, readSpans } from "../../../src/telegram/hours/read-week.ts";
import { awayOf } from "../../../src/telegram/hours/rules.ts";
import { createNextSpelling } from "../../../src/telegram/hours/spell-next.ts";
import { withoutDirection } from "../../../src/telegram/texts/direction.ts";
import { openPhrases } from "../../../src/telegram/texts/i18n.ts";

const [sun, mon, tue, wed, thu, fri, sat] = [0, 1, 2, 3, 4, 5, 6];

describe("days of the week", () => {
  test.each([
    ["thu", [thu]],
    ["Thursday", [thu]],
    ["sat-wed", [sat, sun, mon, tue, wed]],
    ["sat – wed", [sat, sun, mon, tue, wed]],
    ["Saturday to Wednesday", [sat, sun, mon, tue, wed]],
    ["mon-fri", [mon, tue, wed, thu, fri]],
    ["thu-sun", [thu, fri, sat, sun]],
    ["sat, mon and wed", [sat, mon, wed]],
    ["sat-mon, thu", [sat, sun, mon, thu]],
    ["daily", [sun, mon, tue, wed, thu, fri, sat]],
    ["every day", [sun, mon, tue, wed, thu, fri, sat]],
    ["شنبه تا چهارشنبه", [sat, sun, mon, tue, wed]],
    ["شنبه-چهار شنبه", [sat, sun, mon, tue, wed]],
    ["پنج‌شنبه", [thu]],
    ["پنجشنبه", [thu]],
    ["پنج شنبه", [thu]],
    ["سه‌شنبه و جمعه", [tue, fri]],
    ["شنبه، دوشنبه", [sat, mon]],
    ["یكشنبه", [sun]],
    ["۳شنبه", [tue]],
    ["هر روز", [sun, mon, tue, wed, thu, fri, sat]],
  ])("%s", (written, days) => expect(readDays(written)).toEqual({ value: days }));

  test.each(["", "weekdays", "sat-", "sat-mon-wed", "s", "شن", "1405/01/01"])("%j is no day", (written) => {
    expect(readDays(written)).toHaveProperty("problem");
  });
});

describe("hours of a day", () => {
  test.each([
    ["9-17", [[540, 1020]]],
    ["9 - 17", [[540, 1020]]],
    ["09:30-17:45", [[570, 1065]]],
    [
      "9-13, 16-20",
      [
        [540, 780],
        [960, 1200],
      ],
    ],
    [
      "9 to 13 and 16 to 20",
      [
        [540, 780],
        [960, 1200],
      ],
    ],
    [
      "۹ تا ۱۳ و ۱۶ تا ۲۰:۳۰",
      [
        [540, 780],
        [960, 1230],
      ],
    ],
    ["از ۹ تا ۱۷", [[540, 1020]]],
    ["ساعت ۹ تا ۱۷", [[540, 1020]]],
    ["0-24", [[0, 1440]]],
    ["20-2", [[1200, 1560]]],
    ["22-8", [[1320, 1920]]],
    ["18-24", [[1080, 1440]]],
    ["23-00:00", [[1380, 1440]]],
  ])("%s", (written, spans) => {
    expect(readSpans(written)).toEqual({ value: spans.map(([from, to]) => ({ from, to })) });
  });

  test.each([
    "",
    "9",
    "9-",
    "9-5",
    "9-25",
    "9:60-17",
    "17-9:00:00",
    "24-8",
    "9-9",
    "closed",
    "9am-5pm",
    "9-13-17",
    "11-10",
  ])("%j is not understood", (written) => expect(readSpans(written)).toHaveProperty("problem"));

  test.each([
    [[{ from: 0, to: 1440 }], true],
    [
      [
        { from: 1320, to: 1920 },
        { from: 480, to: 1320 },
      ],
      true,
    ],
    [
      [
        { from: 1320, to: 1920 },
        { from: 481, to: 1320 },
      ],
      false,
    ],
    [[{ from: 1320, to: 1920 }], false],
  ])("whether %j leaves nothing of a day: %s", (spans, isWhole) => expect(isWholeDay(spans)).toBe(isWhole));
});

describe("holidays", () => {
  const day = (calendar: string, from: object, to: object = from) => ({ value: { calendar, from, to } });
  test.each([
    ["1405/01/13", day("persian", { year: 1405, month: 1, day: 13 })],
    ["۱۴۰۵/۰۱/۱۳", day("persian", { year: 1405, month: 1, day: 13 })],
    ["1405-1-13", day("persian", { year: 1405, month: 1, day: 13 })],
    ["2026-12-25", day("gregorian", { year: 2026, month: 12, day: 25 })],
    ["01/13", day("persian", { month: 1, day: 13 })],
    ["۱۳ فروردین", day("persian", { month: 1, day: 13 })],
    ["13 Farvardin", day("persian", { month: 1, day: 13 })],
    ["22 بهمن 1405", day("persian", { year: 1405, month: 11, day: 22 })],
    ["25 December", day("gregorian", { month: 12, day: 25 })],
    ["Dec 25", day("gregorian", { month: 12, day: 25 })],
    ["1 Jan 2027", day("gregorian", { year: 2027, month: 1, day: 1 })],
    ["1405/01/01 to 1405/01/04", day("persian", { year: 1405, month: 1, day: 1 }, { year: 1405, month: 1, day: 4 })],
    ["1405/01/01-1405/01/04", day("persian", { year: 1405, month: 1, day: 1 }, { year: 1405, month: 1, day: 4 })],
    [
      "2026-12-24 - 2026-12-26",
      day("gregorian", { year: 2026, month: 12, day: 24 }, { year: 2026, month: 12, day: 26 }),
    ],
    ["۱ تا ۴ فروردین", day("persian", { month: 1, day: 1 }, { month: 1, day: 4 })],
    ["29 Esfand to 4 Farvardin", day("persian", { month: 12, day: 29 }, { month: 1, day: 4 })],
    ["۲۹ اسفند - ۴ فروردین", day("persian", { month: 12, day: 29 }, { month: 1, day: 4 })],
    ["30 اسفند", day("persian", { month: 12, day: 30 })],
    ["1403/12/30", day("persian", { year: 1403, month: 12, day: 30 })],
    ["29 Feb", day("gregorian", { month: 2, day: 29 })],
  ])("%s", (written, read) => expect(readHoliday(written)).toEqual(read));

  test.each([
    ["", "not understood"],
    ["Nowruz", "not understood"],
    ["12/25/2026", "not understood"],
    ["1405/01", "not understood"],
    ["13 فروردین 2026", "not understood"],
    ["1405/01/01 to 1405/01/04 to 1405/01/06", "not understood"],
    ["1405/12/30", "not a day"],
    ["1405/07/31", "not a day"],
    ["2027-02-29", "not a day"],
    ["13/1", "not a day"],
    ["1405/01/04 to 1405/01/01", "ends before"],
    ["25 December to 4 دی", "one calendar"],
    ["1405/01/01 to 4 فروردین", "one end only"],
  ])("%j: %s", (written, problem) => {
    expect(readHoliday(written)).toEqual({ problem: expect.stringContaining(problem) });
  });
});

describe("when a desk opens, in the words of a reader", () => {
  const at = (written: string) => Date.parse(`${written}:00+03:30`);
  const now = at("2026-11-21T20:00");
  test.each([
    ["2026-11-21T21:30", "امروز ساعت ۲۱:۳۰", "today at 21:30"],
    ["2026-11-22T09:00", "فردا ساعت ۹", "tomorrow at 9:00"],
    ["2026-11-22T09:05", "فردا ساعت ۹:۰۵", "tomorrow at 9:05"],
    ["2026-11-24T09:00", "سه‌شنبه ساعت ۹", "on Tuesday at 9:00"],
    ["2026-11-27T16:00", "جمعه ساعت ۱۶", "on Friday at 16:00"],
    ["2026-11-28T09:00", "۷ آذر ساعت ۹", "on 28 November at 9:00"],
    ["2027-03-25T09:00", "۵ فروردین ساعت ۹", "on 25 March at 9:00"],
  ])("%s: %s, %s", (then, fa, en) => {
    const spell = (language: "fa" | "en") =>
      withoutDirection(createNextSpelling(openPhrases(language), "Asia/Tehran")(at(then), now));
    expect([spell("fa"), spell("en")]).toEqual([fa, en]);
  });

  test("an away text is told in its own language, without marks that only a screen needs", () => {
    const tell = (text: string, opensAt?: number) =>
      awayOf({ text, everySeconds: 60 }, "Asia/Tehran").textAt(now, opensAt);
    expect(tell("بسته‌ایم؛ از {opens} در خدمتیم", at("2026-11-22T09:30"))).toBe("بسته‌ایم؛ از فردا ساعت ۹:۳۰ در خدمتیم");
    expect(tell("We open {opens}. Back {opens}!", at("2026-11-22T09:30"))).toBe(
      "We open tomorrow at 9:30. Back tomorrow at 9:30!",
    );
    expect(tell("We open {opens}")).toBe("We open soon");
    expect(tell("Closed")).toBe("Closed");
  });
});

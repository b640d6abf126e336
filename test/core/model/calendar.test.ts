import { describe, expect, it } from "vitest";
import { persianToGregorian, toEpochMs } from "../../../src/core/model/calendar.ts";

const dayMs = 86_400_000;

describe("persianToGregorian", () => {
  it("agrees with Intl on every day from 1990 to 2060, and on the length of every month", () => {
    const format = new Intl.DateTimeFormat("en-u-ca-persian-nu-latn", {
      timeZone: "UTC",
      year: "numeric",
      month: "numeric",
      day: "numeric",
    });
    const wrong: string[] = [];
    let before = { year: 0, month: 0, day: 0 };
    for (let at = Date.UTC(1990, 0, 1); at < Date.UTC(2061, 0, 1); at += dayMs) {
      const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
      const { year = 0, month = 0, day = 0 } = parts;
      const made = persianToGregorian({ year, month, day });
      const date = new Date(at);
      const expected = `${date.getUTCFullYear()}-${date.getUTCMonth() + 1}-${date.getUTCDate()}`;
      const isAfterMonth = before.month !== 0 && before.month !== month;
      if (isAfterMonth && persianToGregorian({ ...before, day: before.day + 1 }))
        wrong.push(`after ${before.year}/${before.month}`);
      before = { year, month, day };
      if (!made || `${made.year}-${made.month}-${made.day}` !== expected) wrong.push(expected);
    }
    expect(wrong).toEqual([]);
  });

  it.each([
    { year: 1403, month: 0, day: 1 },
    { year: 1403, month: 13, day: 1 },
    { year: 1403, month: 7, day: 31 },
    { year: 1404, month: 12, day: 30 },
  ])("knows that $year/$month/$day does not exist", (day) => {
    expect(persianToGregorian(day)).toBeUndefined();
  });

  it("knows the leap day of 1403", () => {
    expect(persianToGregorian({ year: 1403, month: 12, day: 30 })).toEqual({ year: 2025, month: 3, day: 20 });
  });
});

describe("toEpochMs", () => {
  const wall = Date.UTC(2026, 10, 22, 10, 35, 9);

  it.each([
    ["2026-11-22 14:05:09"],
    ["2026/11/22 14:05:09"],
    ["2026-11-22T14:05:09"],
    ["2026-11-22T14:05:09.000"],
    ["2026-11-22T10:35:09Z"],
    ["2026-11-22T14:05:09+03:30"],
    ["2026-11-22T14:05:09+0330"],
    ["20261122140509"],
    ["1405/09/01 14:05:09"],
    ["1405-9-1 14:05:09"],
    ["۱۴۰۵/۰۹/۰۱ ۱۴:۰۵:۰۹"],
    [" 2026-11-22  14:05:09 "],
    [String(wall / 1000)],
    [String(wall)],
  ])("understands %s as the wall time of Tehran", (time) => {
    expect(toEpochMs(time)).toBe(wall);
  });

  it("takes a date alone as its midnight in Tehran", () => {
    expect(toEpochMs("1405/09/01")).toBe(Date.UTC(2026, 10, 21, 20, 30));
  });

  it("takes the sample of the Asanak manual as Gregorian", () => {
    expect(toEpochMs("2012-10-31 11:56:04")).toBe(Date.UTC(2012, 9, 31, 8, 26, 4));
  });

  it.each([
    "",
    "0000-00-00",
    "1970-01-01 03:30:00",
    "0001-01-01T00:00:00",
    "1348/10/11 03:30",
    "0000-00-00 00:00:00",
    "2026-02-30 10:00:00",
    "2026-13-01",
    "2026-11-22 24:00:00",
    "1405/12/30",
    "22/11/2026",
    "2026-11/22",
    "yesterday",
    "12345",
  ])("does not guess at %j", (time) => {
    expect(toEpochMs(time)).toBeUndefined();
  });
});

import { describe, expect, test } from "vitest";
import {
  afterOpenMs,
  type Holiday,
  type Hours,
  isOpenAt,
  nextOpening,
  openingAt,
  openSecondsBetween,
} from "../../../src/core/model/hours.ts";

const hour = 60;
const split = [
  { from: 9 * hour, to: 13 * hour },
  { from: 16 * hour, to: 20 * hour },
];
const morning = [{ from: 9 * hour, to: 13 * hour }];
const every = (calendar: Holiday["calendar"], month: number, day: number, to = { month, day }): Holiday => ({
  calendar,
  from: { month, day },
  to,
});
/** Saturday to Wednesday 9-13 and 16-20, Thursday 9-13, Friday never. */
const shop: Hours = {
  timeZone: "Asia/Tehran",
  week: [split, split, split, split, morning, [], split],
  holidays: [
    every("persian", 1, 13),
    every("persian", 12, 29, { month: 1, day: 4 }),
    every("gregorian", 12, 25),
    { calendar: "persian", from: { year: 1405, month: 9, day: 10 }, to: { year: 1405, month: 9, day: 11 } },
  ],
};
/** Every evening until two at night. */
const restaurant: Hours = {
  timeZone: "Asia/Tehran",
  week: Array(7).fill([{ from: 18 * hour, to: 26 * hour }]),
  holidays: [],
};
const night: Hours = { ...restaurant, week: Array(7).fill([{ from: 22 * hour, to: 32 * hour }]) };

/** The wall clock of Tehran. */
const at = (written: string) => Date.parse(`${written.replace(" ", "T")}:00+03:30`);
const tehran = (moment: number | undefined) =>
  moment === undefined ? undefined : new Date(moment + 3.5 * 3_600_000).toISOString().slice(0, 16).replace("T", " ");

describe("when a desk is open, and when it opens next", () => {
  // 2026-11-21 is a Saturday, 30 Aban 1405.
  test.each([
    ["shop", "2026-11-21 08:59", false, "2026-11-21 09:00"],
    ["shop", "2026-11-21 09:00", true, "2026-11-21 16:00"],
    ["shop", "2026-11-21 12:59", true, "2026-11-21 16:00"],
    ["shop", "2026-11-21 13:00", false, "2026-11-21 16:00"],
    ["shop", "2026-11-21 20:00", false, "2026-11-22 09:00"],
    ["shop", "2026-11-26 10:00", true, "2026-11-28 09:00"],
    ["shop", "2026-11-26 13:00", false, "2026-11-28 09:00"],
    ["shop", "2026-11-27 10:00", false, "2026-11-28 09:00"],
    // 10 and 11 Azar 1405 are Tuesday, 1 December, and Wednesday.
    ["shop", "2026-11-30 20:00", false, "2026-12-03 09:00"],
    ["shop", "2026-12-01 10:00", false, "2026-12-03 09:00"],
    ["shop", "2026-12-02 19:00", false, "2026-12-03 09:00"],
    // Not of another year.
    ["shop", "2025-12-01 10:00", true, "2025-12-01 16:00"],
    ["shop", "2026-12-25 10:00", false, "2026-12-26 09:00"],
    ["shop", "2027-12-25 10:00", false, "2027-12-26 09:00"],
    // 29 Esfand 1404 is Friday, 20 March 2026; 4 Farvardin 1405 is 24 March.
    ["shop", "2026-03-19 13:00", false, "2026-03-25 09:00"],
    ["shop", "2026-03-24 10:00", false, "2026-03-25 09:00"],
    // 1403 was a leap year: 30 Esfand, 20 March 2025, lies within.
    ["shop", "2025-03-20 10:00", false, "2025-03-25 09:00"],
    // Sizdah Bedar, 13 Farvardin 1405, is Thursday, 2 April 2026; Friday is closed, too.
    ["shop", "2026-04-02 10:00", false, "2026-04-04 09:00"],
    ["shop", "2027-04-02 10:00", false, "2027-04-03 09:00"],
    ["restaurant", "2026-11-21 17:59", false, "2026-11-21 18:00"],
    ["restaurant", "2026-11-21 23:59", true, "2026-11-22 18:00"],
    ["restaurant", "2026-11-22 01:59", true, "2026-11-22 18:00"],
    ["restaurant", "2026-11-22 02:00", false, "2026-11-22 18:00"],
  ] as const)("%s at %s: open %s, next %s", (which, when, isOpen, next) => {
    const hours = which === "shop" ? shop : restaurant;
    expect([isOpenAt(hours, at(when)), tehran(nextOpening(hours, at(when)))]).toEqual([isOpen, next]);
  });

  test("a desk that never opens has no next opening", () => {
    const never = { ...shop, week: Array(7).fill([]) };
    expect([isOpenAt(never, at("2026-11-21 10:00")), nextOpening(never, at("2026-11-21 10:00"))]).toEqual([
      false,
      undefined,
    ]);
  });

  test("what follows without a gap is one opening", () => {
    expect(tehran(openingAt(night, at("2026-11-21 23:00"))?.to)).toBe("2026-11-22 08:00");
    expect(tehran(openingAt(night, at("2026-11-22 07:59"))?.to)).toBe("2026-11-22 08:00");
    expect(openingAt(night, at("2026-11-22 08:00"))).toBeUndefined();
    const parts = [
      { from: 0, to: 8 * hour },
      { from: 22 * hour, to: 24 * hour },
    ];
    const inTwo = { ...night, week: Array(7).fill(parts) };
    expect(tehran(openingAt(inTwo, at("2026-11-21 23:00"))?.to)).toBe("2026-11-22 08:00");
  });

  test("an hour that summer time leaves out, or brings twice, costs nothing but itself", () => {
    const berlin: Hours = {
      timeZone: "Europe/Berlin",
      week: Array(7).fill([{ from: 150, to: 9 * hour }]),
      holidays: [],
    };
    expect(openingAt(berlin, Date.UTC(2026, 2, 29, 3))).toEqual({
      from: Date.UTC(2026, 2, 29, 1, 30),
      to: Date.UTC(2026, 2, 29, 7),
    });
    expect(openingAt(berlin, Date.UTC(2026, 9, 25, 3))).toEqual({
      from: Date.UTC(2026, 9, 25, 0, 30),
      to: Date.UTC(2026, 9, 25, 8),
    });
  });
});

describe("open time", () => {
  test.each([
    ["2026-11-21 09:00", "2026-11-21 10:00", 3600],
    ["2026-11-21 12:00", "2026-11-21 17:00", 7200],
    ["2026-11-21 20:00", "2026-11-22 09:00", 0],
    ["2026-11-21 19:30", "2026-11-22 09:30", 3600],
    ["2026-11-26 12:00", "2026-11-28 10:00", 7200],
    ["2026-11-27 00:00", "2026-11-28 00:00", 0],
    ["2026-11-21 00:00", "2026-11-28 00:00", 5 * 8 * 3600 + 4 * 3600],
    ["2026-11-22 09:00", "2026-11-21 09:00", 0],
  ])("between %s and %s: %i seconds", (from, to, seconds) => {
    expect(openSecondsBetween(shop, at(from), at(to))).toBe(seconds);
  });

  test.each([
    ["2026-11-21 10:00", 600, "2026-11-21 10:10"],
    ["2026-11-21 12:55", 600, "2026-11-21 16:05"],
    ["2026-11-21 22:00", 600, "2026-11-22 09:10"],
    ["2026-11-26 12:00", 7200, "2026-11-28 10:00"],
    ["2026-11-21 09:00", 4 * 3600, "2026-11-21 13:00"],
  ])("%s and %i open seconds on is %s", (from, seconds, then) => {
    expect(tehran(afterOpenMs(shop, at(from), seconds * 1000))).toBe(then);
    expect(openSecondsBetween(shop, at(from), at(then))).toBe(seconds);
  });

  test("never comes where nothing opens", () => {
    expect(afterOpenMs({ ...shop, week: Array(7).fill([]) }, at("2026-11-21 10:00"), 1)).toBeUndefined();
  });
});

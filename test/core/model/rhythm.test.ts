import { expect, test } from "vitest";
import { createRhythm } from "../../../src/core/model/rhythm.ts";
import { createWallClock } from "../../../src/core/model/zone.ts";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
/** Midnight at the beginning of Sunday 1 November 2026, in Tehran. */
const start = Date.UTC(2026, 9, 31, 20, 30);
const tehran = createWallClock("Asia/Tehran");
const at = (days: number, hours: number) => start + days * day + hours * hour;

/** An SMS every half hour from nine to six, but on Fridays. */
function office({ days = 14, every = 0.5, without = [] as number[] } = {}) {
  const rhythm = createRhythm(tehran);
  for (let n = 0; n < days; n++) {
    const isFriday = n % 7 === 5;
    if (isFriday || without.includes(n)) continue;
    for (let hours = 9; hours <= 18; hours += every) rhythm.note(at(n, hours));
  }
  return rhythm;
}

test("what is usual depends on the hour: little by day, a whole night, or Friday with it, in the morning", () => {
  const rhythm = office();
  expect(rhythm.usualMs(at(14, 12.5))).toBe(30 * minute);
  expect(rhythm.usualMs(at(15, 8.5))).toBe(39 * hour);
  expect(rhythm.usualMs(at(15, 9.5))).toBe(39 * hour);
  expect(rhythm.usualMs(at(15, 10.1))).toBe(30 * minute);
  expect(rhythm.usualMs(at(15, 20.5))).toBe(3 * hour);
});

test("a day of the week on which nothing ever comes is no surprise, and its silence is none of the other days'", () => {
  const rhythm = office({ days: 19 });
  expect(rhythm.usualMs(at(19, 12.5))).toBeGreaterThan(18 * hour);
  expect(rhythm.usualMs(at(18, 12.5))).toBe(30 * minute);
});

test("holidays, and one day on which the bridge was down for hours, do not make silence usual", () => {
  expect(office({ without: [8, 9] }).usualMs(at(14, 12.5))).toBe(30 * minute);
  const rhythm = createRhythm(tehran);
  for (let n = 0; n < 14; n++) {
    for (let hours = 9; hours <= 18; hours += 0.5) if (n !== 10 || hours < 11 || hours > 14) rhythm.note(at(n, hours));
  }
  expect(rhythm.usualMs(at(15, 12.5))).toBe(30 * minute);
  // But on that day of the week nobody knows.
  expect(rhythm.usualMs(at(17, 12.5))).toBeGreaterThan(2 * hour);
});

test("a young line, and one that is rarely used, have no rhythm", () => {
  expect(office({ days: 7 }).usualMs(at(7, 12))).toBeUndefined();
  expect(office({ days: 8 }).usualMs(at(8, 12))).toBe(30 * minute);
  expect(office({ every: 4.5 }).usualMs(at(14, 12))).toBeUndefined();
  expect(createRhythm(tehran).usualMs(start)).toBeUndefined();
});

test("what is older than two weeks is forgotten", () => {
  const rhythm = office({ days: 14, every: 2 });
  for (let n = 14; n < 30; n++) for (let hours = 9; hours <= 18; hours += 0.25) rhythm.note(at(n, hours));
  expect(rhythm.usualMs(at(30, 12.1))).toBe(15 * minute);
});

test("the wall clock follows summer time and zones with half hours", () => {
  expect(tehran(0) % hour).toBe(30 * minute);
  const berlin = createWallClock("Europe/Berlin");
  const change = Date.UTC(2026, 9, 25, 1);
  expect([berlin(change - 1) - (change - 1), berlin(change) - change]).toEqual([2 * hour, hour]);
});

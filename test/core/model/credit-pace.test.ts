import { expect, test } from "vitest";
import { type CreditCourse, daysLeftOf, dueWarning, withSample } from "../../../src/core/model/credit-pace.ts";

const hour = 3_600_000;
const day = 24 * hour;

/** Amounts read an hour apart. */
const hourly = (...amounts: number[]) => amounts.map((amount, n) => ({ at: n * hour, amount }));
/** So much is spent every hour, from an amount on. */
const falling = (from: number, perHour: number, hours: number) =>
  hourly(...Array.from({ length: hours + 1 }, (_, n) => from - n * perHour));

function follow(samples: readonly { at: number; amount: number }[], start: CreditCourse = { samples: [] }) {
  let course = start;
  const warnings: [at: number, days: number][] = [];
  for (const sample of samples) {
    course = withSample(course, sample);
    const due = dueWarning(course);
    if (due === undefined) continue;
    warnings.push([sample.at / hour, due]);
    course = { ...course, warnedAt: due };
  }
  return { course, warnings };
}

test("a pace is known after a day, and counts what was spent, not what was bought", () => {
  expect(daysLeftOf(falling(1000, 10, 23))).toBeUndefined();
  expect(daysLeftOf(falling(1000, 10, 24))).toBeCloseTo(760 / 240);
  const bought = [
    ...falling(1000, 10, 12),
    ...falling(5000, 10, 12).map(({ at, amount }) => ({ at: at + 13 * hour, amount })),
  ];
  expect(daysLeftOf(bought)).toBeCloseTo((4880 * 25) / 240 / 24);
});

test("where nothing is spent nothing is foretold, and what is used up lasts no time", () => {
  expect(daysLeftOf(falling(1000, 0, 100))).toBeUndefined();
  expect(daysLeftOf(falling(240, 10, 24))).toBe(0);
  expect(daysLeftOf([])).toBeUndefined();
});

test("a panel that says 0 for a while, as to a wrong login, makes no pace of it", () => {
  const samples = falling(1000, 10, 48).map((sample, n) => (n === 20 ? { ...sample, amount: 0 } : sample));
  expect(daysLeftOf(samples)).toBeCloseTo(520 / 240);
});

test("only the last week makes the pace", () => {
  const busy = falling(100_000, 100, 7 * 24);
  const calm = falling(83_200, 1, 8 * 24).map(({ at, amount }) => ({ at: at + 7 * day, amount }));
  const { course } = follow([...busy, ...calm]);
  expect(daysLeftOf(course.samples)).toBeCloseTo((83_200 - 8 * 24) / 24, -1);
});

test("each warning comes once on the way down", () => {
  // Ten days at this pace.
  const { warnings } = follow(falling(2400, 10, 240));
  expect(warnings).toEqual([
    [72, 7],
    [168, 3],
    [216, 1],
  ]);
});

test("who is first seen with little left gets one warning, the most urgent", () => {
  expect(follow(falling(700, 10, 40)).warnings).toEqual([[24, 3]]);
});

test("once credit rises above them the warnings count again, and a small refund does not", () => {
  const low = follow(falling(1200, 10, 96));
  expect([low.warnings.at(-1), low.course.warnedAt]).toEqual([[96, 1], 1]);
  const refunded = withSample(low.course, { at: 97 * hour, amount: 241 });
  expect([refunded.warnedAt, dueWarning(refunded)]).toEqual([1, undefined]);
  const halfway = withSample(low.course, { at: 97 * hour, amount: 1000 });
  expect([halfway.warnedAt, dueWarning(halfway)]).toEqual([7, undefined]);
  const full = withSample(low.course, { at: 97 * hour, amount: 50_000 });
  expect(full.warnedAt).toBeUndefined();
});

test("a pace that changes warns of nothing twice while credit only falls", () => {
  const { course } = follow(falling(1200, 10, 72));
  const calmer = falling(480, 1, 80).map(({ at, amount }) => ({ at: at + 73 * hour, amount }));
  expect(follow(calmer, course).warnings).toEqual([]);
});

import { expect, test } from "vitest";
import { suggestTimes } from "../../../src/telegram/when/suggest.ts";

const at = (written: string) => Date.parse(`2026-11-${written}+03:30`);
const tehran = (moment: number) => new Date(moment + 3.5 * 3_600_000).toISOString().slice(8, 16);

test.each([
  ["22T10:00", ["22T11:00", "22T20:00", "23T09:00", "23T20:00"]],
  ["22T18:30", ["22T19:30", "22T20:00", "23T09:00", "23T20:00"]],
  ["22T18:31", ["22T19:31", "23T09:00", "23T20:00", "24T09:00"]],
  ["22T23:50", ["23T00:50", "23T09:00", "23T20:00", "24T09:00"]],
  ["23T01:00", ["23T02:00", "23T09:00", "23T20:00", "24T09:00"]],
])("at %s these times are offered: %j", (now, times) => {
  expect(suggestTimes(at(now), "Asia/Tehran").map(tehran)).toEqual(times);
});

test("they are whole minutes, and in the hours of the zone", () => {
  const [inAnHour, ...slots] = suggestTimes(at("22T10:00:12.345"), "Europe/Berlin");
  expect(tehran(inAnHour ?? 0)).toBe("22T11:01");
  // In November 9 and 20 o'clock of Berlin are 8 and 19 of Greenwich.
  expect(slots.map((slot) => new Date(slot).getUTCHours())).toEqual([19, 8, 19]);
});

import { expect, test } from "vitest";
import { dailyAt } from "../../src/support/daily.ts";

const at = (iso: string) => Date.parse(iso);
const morning = dailyAt("8:30", "Asia/Tehran");

test("a time of day is that of the zone", () => {
  expect(morning.next(at("2026-11-26T04:59:59Z"))).toBe(at("2026-11-26T05:00:00Z"));
  expect(morning.next(at("2026-11-26T05:00:00Z"))).toBe(at("2026-11-27T05:00:00Z"));
});

test("the latest is the one just now, or yesterday's", () => {
  expect(morning.latest(at("2026-11-26T05:00:00Z"))).toBe(at("2026-11-26T05:00:00Z"));
  expect(morning.latest(at("2026-11-26T04:59:59Z"))).toBe(at("2026-11-25T05:00:00Z"));
  expect(morning.latest(at("2026-11-26T20:00:00Z"))).toBe(at("2026-11-26T05:00:00Z"));
});

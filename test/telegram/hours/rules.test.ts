import { expect, test } from "vitest";
import { isOpenAt } from "../../../src/core/model/hours.ts";
import { deskConfig } from "../../../src/telegram/config.ts";
import { deskHours, quietHours } from "../../../src/telegram/hours/config.ts";
import { openingRules } from "../../../src/telegram/hours/rules.ts";

const at = (written: string) => Date.parse(`2026-11-${written}:00+03:30`);
const zone = "Asia/Tehran";

test("a desk without hours is always open; with holidays alone, on all other days", () => {
  expect(deskHours(deskConfig.parse({}), zone)).toBeUndefined();
  expect(deskHours(deskConfig.parse({ hours: { daily: "0-24" } }), zone)).toBeUndefined();
  const hours = deskHours(deskConfig.parse({ holidays: ["1 آذر"] }), zone);
  const open = ["21T23:59", "22T00:00", "22T23:59", "23T00:00"].map((one) => hours && isOpenAt(hours, at(one)));
  expect(open).toEqual([true, false, false, true]);
});

test("a desk's hours and its away text become rules", () => {
  const { hours, away } = openingRules(
    deskConfig.parse({ hours: { "sat-wed": "9-17" }, away: { text: "{opens}", everySeconds: 60 } }),
    zone,
  );
  expect(hours && [isOpenAt(hours, at("22T09:00")), isOpenAt(hours, at("26T09:00"))]).toEqual([true, false]);
  expect(away).toMatchObject({ everyMs: 60_000 });
  expect(openingRules(deskConfig.parse({}), zone)).toEqual({});
});

test("a line's quiet hours are those of every day", () => {
  expect(quietHours(undefined, zone)).toBeUndefined();
  const quiet = quietHours([{ from: 1320, to: 1920 }], zone);
  const open = ["22T21:59", "22T22:00", "23T07:59", "23T08:00"].map((one) => quiet && isOpenAt(quiet, at(one)));
  expect(open).toEqual([false, true, true, false]);
});

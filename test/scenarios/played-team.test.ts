import { expect, test } from "vitest";
import { playDay } from "../../team/day.ts";

// The short version of `npm run team`.
test("a team of six shares one number for a day, with kills, a campaign and a night, and the panel's ledger agrees with all they saw", async () => {
  const figures = await playDay({ seed: 6, seconds: 6, kills: 1, customers: 12 });
  expect(figures.filter(({ isHeld }) => !isHeld)).toEqual([]);
}, 600_000);

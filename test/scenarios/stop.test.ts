import { expect, test } from "vitest";
import { runCrash } from "../../crash/run.ts";

// How long a stop takes is measured by `npm run crash`; here only that it is no longer waited for than was promised.
const timed = /^slowest/;

test("asked to stop under load with SMS on the wire, it exits 0 and says of each that nobody knows; a second signal ends it at once and loses nothing", async () => {
  const { figures } = await runCrash({
    panels: ["asanak", "mydnspanel"],
    aimed: [],
    random: 0,
    stops: 4,
    seed: 5,
    customers: 6,
  });
  expect(figures.filter(({ figure, isHeld }) => !isHeld && !timed.test(figure))).toEqual([]);
  expect(figures.filter(({ figure }) => timed.test(figure))).toHaveLength(2);
}, 400_000);

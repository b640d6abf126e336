import { expect, test } from "vitest";
import { type Aim, nameOf } from "../../crash/aims.ts";
import { runCrash } from "../../crash/run.ts";

// The short version of `npm run crash`: a boundary of each flow and of each side of a commit, and one random moment.
const aimed: readonly Aim[] = [
  { point: "sms accepted", when: "after", mostNth: 3 },
  { point: "sms answered", when: "after", mostNth: 3 },
  { point: "list stored", when: "before", mostNth: 1 },
  { point: "post", when: "answered", mostNth: 3 },
  { point: "answer accepted", when: "after", mostNth: 3 },
  { point: "claim", when: "after", mostNth: 3 },
  { point: "send", when: "sent", mostNth: 3 },
  { point: "receipt", when: "before", mostNth: 3 },
  { point: "mark", when: "answered", mostNth: 3 },
];

test("killed ten times under load, it loses nothing, sends nothing twice and keeps every order", async () => {
  const { kills, figures } = await runCrash({
    panels: ["asanak", "mydnspanel"],
    aimed,
    random: 1,
    stops: 0,
    seed: 4,
    customers: 6,
  });
  expect(figures.filter(({ isHeld }) => !isHeld)).toEqual([]);
  for (const aim of aimed) expect(kills.get(nameOf(aim)), nameOf(aim)).toBe(1);
  expect([...kills.values()].reduce((sum, count) => sum + count, 0)).toBe(10);
}, 400_000);

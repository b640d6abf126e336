import { expect, test } from "vitest";
import { parseConfig } from "../../src/config/load.ts";
import { forPlay } from "../../src/sandbox/bridge-config-for-play.ts";
import { hoursChoices } from "../../src/sandbox/choice.ts";
import { languages } from "../../src/sandbox/language.ts";
import { openPage } from "./open-page.ts";

const hourMs = 3_600_000;
const midnight = Date.UTC(2026, 10, 26, 20, 30);

test("at every hour of the day a bridge takes it, in each language, open, closed and quiet", async () => {
  const { world } = await openPage({});
  const chief = world.operators[0]?.id;
  for (let hour = 0; hour < 24; hour += 1) {
    for (const hours of hoursChoices) {
      for (const language of languages) {
        const play = { operators: world.operators, language, hours, now: midnight + hour * hourMs, digestAt: "08:30" };
        const written = JSON.stringify(forPlay(world.bridgeConfig(), play));
        const { config } = parseConfig(written, { file: "sandbox.json", env: {} });
        const { support } = config.desks;
        expect(support).toMatchObject({ chiefs: [chief], reminderSeconds: [120, 300, 600], digestAt: "08:30" });
        expect(support?.away !== undefined, `${hours} at ${hour}`).toBe(hours === "closed");
        const [line] = Object.values(config.lines);
        expect(line?.quiet !== undefined, `${hours} at ${hour}`).toBe(hours === "quiet");
      }
    }
  }
});

test("closed is closed now, and quiet is quiet now", async () => {
  const { world } = await openPage({});
  const play = { operators: world.operators, language: "fa", now: midnight + 9 * hourMs, digestAt: "08:30" } as const;
  const closed = forPlay(world.bridgeConfig(), { ...play, hours: "closed" });
  expect(Object.values(closed.desks)).toMatchObject([{ hours: { "sat-fri": "21-22" } }]);
  const quiet = forPlay(world.bridgeConfig(), { ...play, hours: "quiet" });
  expect(Object.values(quiet.lines)).toMatchObject([{ quiet: "9-15" }]);
});

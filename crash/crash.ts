/**
 * `npm run crash`: kills the bridge under load, first at every commit boundary and then at random moments, and compares what went in
 * with what came out. `-- --kills N` for another number than 200, `-- --seed N` to repeat the choices of a run.
 */
import { parseArgs } from "node:util";
import { aims, nameOf } from "./aims.ts";
import { runFrozen } from "./frozen.ts";
import { atRandom, runCrash } from "./run.ts";
import { tableOf } from "./table.ts";

const { values } = parseArgs({
  options: {
    kills: { type: "string", default: "200" },
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
  },
});
const kills = Number(values.kills);
const seed = Number(values.seed);
if (!Number.isInteger(kills) || kills < 1 || !Number.isInteger(seed)) throw new Error("--kills and --seed are numbers");

// Every point as often as the others, and the rest, from 74 kills on at least half, at random moments.
const rounds = Math.max(1, Math.floor(kills / 2 / aims.length));
const aimed = Array.from({ length: rounds }, () => aims)
  .flat()
  .slice(0, kills);

console.log(`${kills} kills, seed ${seed}, node ${process.version}`);
const startedAt = performance.now();
const crash = await runCrash({
  panels: ["asanak", "soap-panel", "mydnspanel"],
  aimed,
  random: kills - aimed.length,
  stops: Math.ceil(kills / 20),
  seed,
  customers: 9,
  tell: (line) => console.log(`  ${Math.round((performance.now() - startedAt) / 1000)} s: ${line}`),
});
console.log("kills");
for (const aim of new Set(aimed.map(nameOf))) console.log(`  ${String(crash.kills.get(aim) ?? 0).padStart(4)}  ${aim}`);
console.log(`  ${String(crash.kills.get(atRandom) ?? 0).padStart(4)}  ${atRandom}`);

const figures = [...crash.figures, ...(await runFrozen())];
console.log(`\n${tableOf(figures)}`);
console.log(`${Math.round((performance.now() - startedAt) / 1000)} s`);
process.exitCode = figures.every(({ isHeld }) => isHeld) ? 0 : 1;

/**
 * `npm run team`: a team of six shares one number for some minutes, while their bridge is killed again and again; then what each
 * did and saw is held against the panel's ledger. `-- --seconds N` for each half of the day, `-- --kills N` in each of them,
 * `-- --seed N` to repeat the choices of a run.
 */
import { parseArgs } from "node:util";
import { tableOf } from "../crash/table.ts";
import { playDay } from "./day.ts";

const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "120" },
    kills: { type: "string", default: "6" },
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
  },
});
const [seconds = 0, kills = 0, seed = 0] = [values.seconds, values.kills, values.seed].map(Number);
if (!(seconds > 0) || !Number.isInteger(kills) || kills < 0 || !Number.isInteger(seed)) {
  throw new Error("--seconds, --kills and --seed are numbers");
}

console.log(`2 × ${seconds} s with ${kills} kills, seed ${seed}, node ${process.version}`);
const startedAt = performance.now();
const sinceStart = () => `${Math.round((performance.now() - startedAt) / 1000)} s`;
const figures = await playDay({
  seconds,
  kills,
  seed,
  customers: 16,
  tell: (line) => console.log(`  ${sinceStart()}: ${line}`),
});
console.log(`\n${tableOf(figures)}`);
console.log(sinceStart());
process.exitCode = figures.every(({ isHeld }) => isHeld) ? 0 : 1;

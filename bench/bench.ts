/**
 * `npm run bench`: every figure of the design next to its bar and to the bare forwarder, measured in the same run; exits 1 when a
 * bar is missed. `-- --quick` takes less than a minute with fewer samples and leaves out growth and crash. `-- --only storm,bulk`
 * measures these parts alone, `-- --write` puts the table into docs/performance.md.
 */
import { readFile, writeFile } from "node:fs/promises";
import { cpus, loadavg } from "node:os";
import { parseArgs } from "node:util";
import { measureAccept } from "./accept.ts";
import { measureBulk } from "./bulk.ts";
import { measureCrash } from "./crash.ts";
import { measureBoth } from "./delays.ts";
import { measureFailures } from "./failures.ts";
import { measureGrowth } from "./growth.ts";
import * as rows from "./rows.ts";
import { countLostInStorm, measureStorm } from "./storm.ts";
import { type Row, renderTable } from "./table.ts";

const { values } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    only: { type: "string" },
    write: { type: "boolean", default: false },
  },
});
const isQuick = values.quick;
const chat = -1001234567890;
const asanakTakes = 100;

const parts: Readonly<Record<string, () => Promise<readonly Row[]>>> = {
  async accept() {
    return rows.acceptRows(await measureAccept({ chat, rounds: isQuick ? 2 : 5, seconds: isQuick ? 2 : 6 }));
  },
  async delays() {
    const { bridge, forwarder } = await measureBoth({ chat, samples: isQuick ? 80 : 1000 });
    return rows.delayRows(bridge, forwarder);
  },
  async bulk() {
    const receivers = isQuick ? 1000 : 10_000;
    const one = await measureBulk("one text", { receivers, chat });
    const many = await measureBulk("different texts", { receivers, chat });
    return [rows.bulkRow("one text", one, asanakTakes), rows.bulkRow("different texts", many, asanakTakes)];
  },
  async storm() {
    const pace = isQuick ? 40 : 6;
    // At once: Telegram's limits take the time, not the processor.
    const [lost, known, fresh] = await Promise.all([
      countLostInStorm(),
      measureStorm({ hasTopics: true, pace }),
      measureStorm({ hasTopics: false, pace }),
    ]);
    return [...rows.stormRows(known, "topics exist", 8, lost), ...rows.stormRows(fresh, "all new", 4, lost)];
  },
  async failures() {
    return rows.failureRows(await measureFailures({ chat, sms: isQuick ? 20 : 100 }));
  },
  async growth() {
    const options = { chat, rounds: 3, samples: 400, messages: 1_000_000, threads: 100_000 };
    return rows.growthRows(await measureGrowth(options), options);
  },
  async crash() {
    return [rows.crashRow(await measureCrash(40))];
  },
};
const leftOut = isQuick ? ["growth", "crash"] : [];
const wanted = values.only?.split(",") ?? Object.keys(parts).filter((part) => !leftOut.includes(part));

const asked = process.argv.slice(2).filter((argument) => argument !== "--write");
const command = ["npm run bench", ...(asked.length > 0 ? ["--", ...asked] : [])].join(" ");
const before = load();
const startedAt = performance.now();
const table: Row[] = [];
for (const part of wanted) {
  process.stderr.write(`  ${elapsed()} s: ${part}\n`);
  table.push(...(await measure(part)));
}
const without = Object.keys(parts).filter((part) => !wanted.includes(part));
const [cpu] = cpus();
const report = [
  `\`${command}\`, ${new Date().toISOString().slice(0, 10)}, node ${process.version}, ${cpus().length} × ${cpu?.model.trim()}:`,
  renderTable(table),
  ...(without.length > 0 ? [`Left out: ${without.join(", ")}.`] : []),
  `Took ${elapsed()} s; load of the machine ${before} before, ${load()} after.`,
].join("\n\n");
console.log(`\n${report}`);
if (values.write) await writeFigures("docs/performance.md", report);
process.exitCode = table.every(({ isHeld }) => isHeld) ? 0 : 1;

/** Between its two marks. */
async function writeFigures(file: string, text: string): Promise<void> {
  const page = await readFile(file, "utf8");
  await writeFile(
    file,
    page.replace(/(<!-- figures -->).*(<!-- end of figures -->)/s, (_, from, to) => `${from}\n${text}\n${to}`),
  );
}

async function measure(part: string): Promise<readonly Row[]> {
  const of = parts[part];
  if (!of) throw new Error(`--only knows ${Object.keys(parts).join(", ")}`);
  try {
    return await of();
  } catch (error) {
    return [rows.failedRow(part, error)];
  }
}

function elapsed(): number {
  return Math.round((performance.now() - startedAt) / 1000);
}

function load(): string {
  return (loadavg()[0] ?? 0).toFixed(1);
}

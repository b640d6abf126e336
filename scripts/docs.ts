import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { renderCheckDocs } from "./check-docs.ts";
import { renderConfigDocs, renderConfigSchema } from "./config-docs.ts";
import { renderMetricsDocs } from "./metrics-docs.ts";

// Writes the pages that are made from the code; with --check only tells whether they are fresh.

const pages: Readonly<Record<string, string>> = {
  "docs/check.md": renderCheckDocs(),
  "docs/config.md": renderConfigDocs(),
  "docs/config.schema.json": renderConfigSchema(),
  "docs/metrics.md": renderMetricsDocs(),
};

const isCheck = process.argv.includes("--check");
let stale = 0;
for (const [path, wanted] of Object.entries(pages)) {
  const file = fileURLToPath(new URL(`../${path}`, import.meta.url));
  const found = await readFile(file, "utf8").catch(() => "");
  if (found === wanted) continue;
  stale += 1;
  if (isCheck) console.error(`${path} is stale${firstDifference(found, wanted)}`);
  else {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, wanted);
    console.log(`${path} written`);
  }
}
if (isCheck && stale > 0) {
  console.error("Run `npm run docs` and commit what it writes.");
  process.exitCode = 1;
}

function firstDifference(found: string, wanted: string): string {
  const [before, after] = [found.split("\n"), wanted.split("\n")];
  const line = after.findIndex((text, index) => text !== before[index]);
  if (found === "" || line < 0) return "";
  return `, first in line ${line + 1}:\n- ${before[line] ?? "(the end)"}\n+ ${after[line]}`;
}

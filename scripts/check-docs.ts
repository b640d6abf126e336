import { type CodeEntry, findingCodes } from "../src/cli/check/codes.ts";

const signs: Readonly<Record<CodeEntry["kind"], string>> = { good: "✓", bad: "✗", note: "·" };

/** docs/check.md */
export function renderCheckDocs(): string {
  const entries = [...findingCodes].map(([code, entry]) => ({ code, ...entry }));
  const faults = entries.filter(({ kind }) => kind === "bad");
  const others = entries.filter(({ kind }) => kind !== "bad");
  return `${[
    "# What `chapar check` says",
    "",
    "Made by `npm run docs` from the code; do not edit. How to read it, and the document of `--json`, are in",
    "[operating.md](operating.md#what-chapar-check-says). Codes stay as they are; others may be added.",
    "",
    "## What is wrong",
    "",
    "Each makes the exit code 2. Where a finding knows better what to do, it says that instead.",
    "",
    "| code | means | why it matters | what to do |",
    "|---|---|---|---|",
    ...faults.map(({ code, says, why = "", advice = "" }) => toRow([`\`${code}\``, says, why, advice])),
    "",
    "## What is right, and what is worth knowing",
    "",
    "| | code | means |",
    "|---|---|---|",
    ...others.map(({ code, kind, says }) => toRow([signs[kind], `\`${code}\``, says])),
  ].join("\n")}\n`;
}

function toRow(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}

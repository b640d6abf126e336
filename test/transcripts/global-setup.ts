import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findLeaks, transcriptShape } from "./leaks.ts";

/** Names the folder where the tests of this run leave their transcripts. */
export const folderVariable = "CHAPAR_TEST_TRANSCRIPTS";

/** Called by vitest once before all tests; what it gives back, once after them. A leak fails the run. */
export function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), "chapar-transcripts-"));
  process.env[folderVariable] = folder;
  return () => {
    const records = readdirSync(folder).map((name) =>
      transcriptShape.parse(JSON.parse(readFileSync(join(folder, name), "utf8"))),
    );
    rmSync(folder, { recursive: true, force: true });
    const leaks = findLeaks(records);
    if (leaks.length === 0) return;
    // vitest tells of what is thrown here, and would call the run a success.
    process.exitCode = 1;
    throw new Error(`secrets were shown or logged:\n  ${leaks.join("\n  ")}`);
  };
}

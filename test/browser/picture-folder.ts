import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { onTestFinished } from "vitest";

/** Small enough for a page that people read on a phone. */
export const mostBytes = 300_000;

/** Where pictures go: into the repository with CHAPAR_PICTURES, otherwise nowhere that stays. */
export async function pictureFolder(): Promise<string> {
  const kept = process.env.CHAPAR_PICTURES;
  if (kept) return resolve(import.meta.dirname, "../..", kept);
  const passing = await mkdtemp(join(tmpdir(), "chapar-pictures-"));
  onTestFinished(() => rm(passing, { recursive: true, force: true }));
  return passing;
}

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, it, onTestFinished } from "vitest";
import { UsageError } from "../../src/cli/arguments.ts";
import { readMoment } from "../../src/cli/moment.ts";
import { call } from "../cli/start-world.ts";
import { longRun, wildText } from "./arbitraries.ts";

const words = fc.oneof(
  fc.constantFrom(
    "--config",
    "--line",
    "--to",
    "--key",
    "--wait",
    "--delivered",
    "--at",
    "--days",
    "--post",
    "--unread",
    "--show-urls",
    "--read-inbox",
    "--log-level",
    "--help",
    "-h",
    "--",
    "-",
    "--nonsense",
    "--wait=-1",
    "--days=1e999",
    "--log-level=debug",
    "30001234",
    "09121234567",
    "سلام",
    "",
  ),
  wildText(4),
  longRun(2_000),
);

it("whatever a command is called with, it ends with an exit code and a sentence", async () => {
  const folder = await mkdtemp(join(tmpdir(), "chapar-fuzz-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const missing = join(folder, "none.json");
  // `run` and `sandbox` are left out, for they serve where their arguments let them.
  const names = fc.oneof(
    fc.constantFrom("send", "check", "import", "backup", "help", "--help", "--version"),
    fc.string({ minLength: 1 }).map((name) => `x${name}`),
  );
  await fc.assert(
    fc.asyncProperty(names, fc.array(words, { maxLength: 6 }), async (name, argv) => {
      const { code, out, err } = await call([
        name,
        "--config",
        missing,
        ...argv.filter((word) => !word.startsWith("--config")),
      ]);
      expect([0, 1, 2, 3]).toContain(code);
      expect(`${out}${err}`.trim()).not.toBe("");
      expect(`${out}${err}`).not.toMatch(/\n\s+at |node_modules|unexpected/);
      // Nothing can have been sent, and that is never called uncertain.
      expect(code).not.toBe(3);
    }),
    { numRuns: 200 },
  );
});

it("a moment is read or refused in words", () => {
  fc.assert(
    fc.property(fc.oneof(wildText(4), longRun(2_000)), (written) => {
      try {
        expect(Number.isFinite(readMoment("at", written, { now: 1_800_000_000_000, mostDays: 30 }))).toBe(true);
      } catch (error) {
        expect(error).toBeInstanceOf(UsageError);
      }
    }),
    { numRuns: 300 },
  );
});

import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "..");
const run = promisify(execFile);
const read = (file: string) => readFileSync(join(root, file), "utf8");

test("the generated docs are those of the present code", async () => {
  await run(process.execPath, ["--import", "tsx", "scripts/docs.ts", "--check"], { cwd: root });
}, 30_000);

test("no suite is skipped, narrowed or left for later", () => {
  const marks = /\b(?:it|test|describe)\.(?:skip|only|todo|fails)\b/;
  const files = readdirSync(join(root, "test"), { recursive: true, encoding: "utf8" }).filter((file) =>
    file.endsWith(".ts"),
  );
  expect(files.filter((file) => file !== "repository.test.ts" && marks.test(read(join("test", file))))).toEqual([]);
});

test("the README's two commands are those that CI calls", () => {
  for (const command of ["npm ci && npm run sandbox", "npm ci && npm test"]) {
    expect(read("README.md")).toContain(command);
    expect(read(".ci/run")).toContain(command);
  }
});

test("every file that the architecture names is there", () => {
  const named = [
    ...read("docs/architecture.md").matchAll(/`((?:core|providers|telegram|store|web)\/[\w/-]+\.(?:ts|ftl))`/g),
  ];
  expect(named.length).toBeGreaterThan(10);
  expect(named.map(([, file = ""]) => `src/${file}`).filter((file) => !exists(file))).toEqual([]);
});

test("versions are exact, so that a fresh clone is what was tested", () => {
  const { dependencies, devDependencies } = JSON.parse(read("package.json")) as Record<string, Record<string, string>>;
  const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(([, version]) => !/^\d/.test(version));
  expect(loose).toEqual([]);
});

function exists(file: string): boolean {
  try {
    readdirSync(join(root, file));
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "ENOTDIR";
  }
}

import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "..");
const src = join(root, "src");

const files = readdirSync(src, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts"))
  .map((file) => file.replaceAll("\\", "/"));

const importedBy = (file: string): string[] =>
  [...readFileSync(join(src, file), "utf8").matchAll(/(?:from|import\()\s*"([^"]+)"/g)].map(([, name = ""]) => name);

/** The first folder of a source file, or its own name at the top. */
const roomOf = (file: string): string => file.split("/")[0] ?? file;
const targetOf = (file: string, name: string): string => relative(src, join(src, dirname(file), name));

const own = files.flatMap((file) =>
  importedBy(file)
    .filter((name) => name.startsWith("."))
    .map((name) => ({ file, target: targetOf(file, name) })),
);
const foreign = files.flatMap((file) =>
  importedBy(file)
    .filter((name) => !name.startsWith("."))
    .map((name) => ({ file, name })),
);
const show = (list: readonly { file: string; target?: string; name?: string }[]) =>
  list.map(({ file, target, name }) => `${file} imports ${target ?? name}`);

const allowed: Readonly<Record<string, readonly string[]>> = {
  support: ["support"],
  core: ["core", "support"],
  providers: ["providers", "core", "support"],
  store: ["store", "core", "support"],
  telegram: ["telegram", "core", "support"],
  web: ["web", "core", "support"],
  sandbox: ["sandbox", "support"],
  config: ["config", "providers", "store", "telegram", "web", "core", "support"],
  "app.ts": ["providers", "store", "telegram", "web", "config", "core", "support"],
  cli: ["cli", "app.ts", "sandbox", "config", "providers", "store", "telegram", "web", "core", "support"],
  "cli.ts": ["cli", "support"],
};

test("every source file is in a room that the rules know", () => {
  expect(files.filter((file) => allowed[roomOf(file)] === undefined)).toEqual([]);
});

test("imports point inwards", () => {
  expect(show(own.filter(({ file, target }) => !allowed[roomOf(file)]?.includes(roomOf(target))))).toEqual([]);
});

test("config takes only the config pieces of the adapters", () => {
  const adapters = ["providers", "store", "telegram", "web"];
  const crossing = own.filter(({ file, target }) => roomOf(file) === "config" && adapters.includes(roomOf(target)));
  const pieces = /\/(config|index|kind|uri)\.ts$/;
  expect(show(crossing.filter(({ target }) => !pieces.test(target)))).toEqual([]);
});

test("a panel's folder imports no other panel's", () => {
  const panelOf = (path: string) => /^providers\/([^/]+)\//.exec(path)?.[1];
  expect(
    show(own.filter(({ file, target }) => panelOf(file) && panelOf(target) && panelOf(file) !== panelOf(target))),
  ).toEqual([]);
});

test("panels know nothing of the list they are in", () => {
  const fromPanels = own.filter(({ file }) => /^providers\/[^/]+\//.test(file));
  expect(show(fromPanels.filter(({ target }) => target === "providers/index.ts"))).toEqual([]);
});

test("only the list names a panel", () => {
  const panels = readdirSync(join(src, "providers"), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  for (const { name } of panels) {
    const naming = own.filter(
      ({ file, target }) => target.startsWith(`providers/${name}/`) && !file.startsWith(`providers/${name}/`),
    );
    expect(naming.map(({ file }) => file)).toEqual(["providers/index.ts"]);
  }
});

test.each([
  ["grammy", "telegram"],
  ["express", "web"],
  ["keyv", "store"],
  ["@keyv/sqlite", "store"],
  ["sqlite3", "store"],
  ["soap", "providers"],
  ["@clack/prompts", "cli"],
])("%s stays in %s", (name, room) => {
  const users = foreign.filter((entry) => entry.name === name || entry.name.startsWith(`${name}/`));
  // The sandbox serves its page and controls with express, for it is a product of its own.
  const elsewhere = users.filter(({ file }) => ![room, "sandbox"].includes(roomOf(file)));
  expect(elsewhere.map(({ file }) => file)).toEqual([]);
});

test("core is made of the language, phone numbers, patterns and hashing alone", () => {
  const used = new Set(foreign.filter(({ file }) => roomOf(file) === "core").map(({ name }) => name));
  expect([...used].sort()).toEqual(["libphonenumber-js/max", "node:crypto", "re2js"]);
});

test("time, chance and the environment come from outside below the composition root", () => {
  const outer = new Set(["cli", "cli.ts", "app.ts", "sandbox"]);
  const keepers = ["support/system-clock.ts", "support/logger.ts"];
  const ambient = /\b(Date\.now\(|new Date\(\)|Math\.random\(|process\.env\b)/;
  const users = files
    .filter((file) => !outer.has(roomOf(file)) && !keepers.includes(file))
    .filter((file) => ambient.test(withoutComments(readFileSync(join(src, file), "utf8"))));
  expect(users).toEqual([]);
});

test("vendor words stop at the panels' own folders", () => {
  const words = /recid|msgid|sendid|msgbody/i;
  const leaks = files
    .filter((file) => ["core", "telegram", "web", "config"].includes(roomOf(file)))
    .filter((file) => words.test(readFileSync(join(src, file), "utf8")));
  expect(leaks).toEqual([]);
});

test("core holds no sentence in Persian", () => {
  const persian = /[\u0600-\u06ff]/;
  const core = files.filter((file) => roomOf(file) === "core");
  const texts = core.filter((file) => persian.test(withoutComments(readFileSync(join(src, file), "utf8"))));
  // Words that customers write, and those that stand beside codes; nobody is shown them.
  expect(texts).toEqual(["core/model/one-time-code.ts", "core/model/opt-out.ts"]);
});

function withoutComments(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\//g, "").replace(/^\s*\/\/.*$/gm, "");
}

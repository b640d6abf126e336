import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "..");
const read = (file: string) => readFileSync(join(root, file), "utf8");
const documents = ["", "docs", "docs/providers", "docs/decisions"].flatMap((folder) =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith(".md"))
    .map((name) => join(folder, name)),
);

test("every file and heading that a document links to is there", () => {
  const missing = documents.flatMap((file) =>
    linksIn(read(file))
      .filter((link) => !leadsSomewhere(file, link))
      .map((link) => `${file}: ${link}`),
  );
  expect(missing).toEqual([]);
});

test("both READMEs have the same parts, commands, tables and links", () => {
  const [english, persian] = [read("README.md"), read("README.fa.md")];
  expect(english).toContain("(README.fa.md)");
  expect(persian).toContain("(README.md)");
  expect(shapeOf(persian)).toEqual(shapeOf(english));
});

test("the Persian README stands from right to left, and its code from left to right", () => {
  const persian = read("README.fa.md");
  expect(persian.startsWith('<div dir="rtl">\n\n')).toBe(true);
  const turned = [...persian.matchAll(/<div dir="ltr">\n\n *```\n[^<]*```\n\n *<\/div>/g)];
  expect(turned.length).toBe(codeIn(persian).length);
  // A slash or a dot at its beginning would jump to the other end.
  expect(persian.match(/(?<!`)`[/.@][^`\n]*`/g)).toBeNull();
});

function linksIn(text: string): string[] {
  return [...withoutCode(text).matchAll(/\]\((?!https?:)([^)\s]+)\)/g)].map(([, target = ""]) => target);
}

function leadsSomewhere(file: string, link: string): boolean {
  const [path = "", anchor] = link.split("#");
  const target = path === "" ? file : join(file, "..", path);
  if (!existsSync(join(root, target))) return false;
  return anchor === undefined || headingsIn(read(target)).some(({ title }) => toAnchor(title) === anchor);
}

function shapeOf(text: string): object {
  // There is one of each in each language.
  const own = /README|pictures|guide\.(?:fa|en)/;
  return {
    headings: headingsIn(text).map(({ level }) => level),
    code: codeIn(text),
    tables: tablesIn(text),
    links: linksIn(text).filter((link) => !own.test(link)),
    steps: [...text.matchAll(/^(?:\d+\.|-) /gm)].map(([mark]) => mark),
  };
}

function headingsIn(text: string): { level: number; title: string }[] {
  return [...withoutCode(text).matchAll(/^(#+) (.+)$/gm)].map(([, marks = "", title = ""]) => ({
    level: marks.length,
    title,
  }));
}

function codeIn(text: string): string[] {
  return [...text.matchAll(/^ *```\w*\n(.*?)^ *```$/gms)].map(([, code = ""]) => code.replace(/^ +/gm, ""));
}

/** Of each table, what stands as code in each of its rows, and how many cells there are. */
function tablesIn(text: string): string[] {
  return [...text.matchAll(/^\|.*\|$/gm)].map(([row]) => {
    const sameEverywhere = row.replace(/<code dir="ltr">(.*?)<\/code>/g, "`$1`").match(/`[^`]+`/g) ?? [];
    return `${row.split("|").length} ${sameEverywhere.join(" ")}`;
  });
}

function withoutCode(text: string): string {
  return text.replace(/^ *```.*?^ *```$/gms, "");
}

/** As GitHub makes it of a heading. */
function toAnchor(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, "")
    .replace(/ /g, "-");
}

import { InputFile } from "grammy";
import { FormData } from "undici";
import { expect, test } from "vitest";
import type { Exported } from "../../../src/core/keeping/export.ts";
import { midnightBefore } from "../../../src/core/model/zone.ts";
import { csvRow } from "../../../src/support/csv-row.ts";
import { bodyOf } from "../../../src/telegram/calls/upload.ts";
import { parseExport } from "../../../src/telegram/journal/export-command.ts";
import { filesOf } from "../../../src/telegram/journal/export-file.ts";
import { createStamp } from "../../../src/telegram/texts/stamp.ts";
import { createTexts } from "../../../src/telegram/texts/texts.ts";

const day = 86_400_000;
const texts = createTexts("fa");
const stamp = createStamp("fa", "Asia/Tehran");

async function* sms(count: number): AsyncGenerator<Exported> {
  for (let seq = 1; seq <= count; seq++) {
    const place = { id: `i${seq}`, desk: "support", thread: "support/+989120000000", provider: "panel" };
    const numbers = { line: "30001234", peer: "+989120000000" };
    yield {
      direction: "in",
      message: { ...place, ...numbers, text: `پیام ${seq}`, at: Date.UTC(2026, 10, 26, 9), seq, repeats: 0 },
    };
  }
}

async function allFiles(count: number, form: "csv" | "json", greatest?: number) {
  const files = [];
  const more = greatest === undefined ? {} : { greatest };
  for await (const file of filesOf(sms(count), { form, name: "x", texts, stamp, ...more })) files.push(file);
  return files;
}

test.each([
  ["=1+1", "'=1+1"],
  ["+98912", "'+98912"],
  ["+447700900123", "+447700900123"],
  ["-2", "'-2"],
  ["@sum", "'@sum"],
  [" =1", "' =1"],
  ["\t=1", "'\t=1"],
  ["سلام", "سلام"],
  ["a,b", '"a,b"'],
  ["a;b", '"a;b"'],
  ['a"b', '"a""b"'],
  ["a\nb", '"a\nb"'],
])("a cell %j stands in a CSV as %j", (cell, written) => {
  expect(csvRow([cell, "x"])).toBe(`${written},x\r\n`);
});

test("an export that is longer than a file may be goes into several, each whole by itself", async () => {
  const csv = await allFiles(10, "csv", 300);
  expect(csv.map(({ name }) => name)).toEqual(csv.map((_, index) => `x-${index + 1}.csv`));
  expect(csv.length).toBeGreaterThan(1);
  expect(csv.reduce((sum, { messages }) => sum + messages, 0)).toBe(10);
  for (const { content } of csv) expect(content.toString()).toMatch(/^\ufeffزمان,/);
  const json = await allFiles(10, "json", 300);
  expect(json.length).toBeGreaterThan(1);
  const all = json.flatMap(({ content }) => JSON.parse(content.toString()) as { text: string }[]);
  expect(all.map(({ text }) => text)).toEqual(Array.from({ length: 10 }, (_, index) => `پیام ${index + 1}`));
});

test("one file has no number in its name, and nothing makes no file", async () => {
  expect((await allFiles(1, "json")).map(({ name }) => name)).toEqual(["x.json"]);
  expect(await allFiles(0, "csv")).toEqual([]);
});

test("days of either calendar are read, both included, in any digits", () => {
  const tehran = (year: number, month: number, date: number) => Date.UTC(year, month - 1, date) - 3.5 * 3_600_000;
  expect(parseExport("")).toEqual({ kind: "export", form: "csv" });
  expect(parseExport("JSON")).toEqual({ kind: "export", form: "json" });
  const azar = { kind: "export", form: "csv", from: tehran(2026, 11, 22), to: tehran(2026, 11, 23) + day - 1 };
  expect(parseExport("1405/09/01 1405/09/02")).toEqual(azar);
  expect(parseExport("۱۴۰۵/۹/۱ 2026-11-23 csv")).toEqual(azar);
  expect(parseExport("2026-11-22")).toEqual({ kind: "export", form: "csv", from: azar.from });
  expect(parseExport("1405/09/02 1405/09/01")).toEqual({ kind: "backwards" });
  for (const written of ["xml", "1405/13/01", "1700000000"]) {
    expect(parseExport(written)).toEqual({ kind: "unreadable", written });
  }
});

test("moments are in the calendar of the desk, in digits that sort", () => {
  const at = Date.UTC(2026, 10, 26, 20, 30, 5);
  expect(stamp(at)).toBe("1405/09/06 00:00:05");
  expect(createStamp("en", "Asia/Tehran")(at)).toBe("2026-11-27 00:00:05");
  expect(midnightBefore(at + 123, "Asia/Tehran")).toBe(Date.UTC(2026, 10, 26, 20, 30));
});

test("a call with a file leaves as a form, any other as JSON", async () => {
  const plain = await bodyOf({ chat_id: 1, text: "x", entities: undefined });
  expect(plain).toEqual({ body: '{"chat_id":1,"text":"x"}', headers: { "content-type": "application/json" } });
  const { body, headers } = await bodyOf({
    chat_id: 1,
    caption: "سلام",
    reply_parameters: { message_id: 2 },
    document: new InputFile(Buffer.from("متن"), "x.csv"),
  });
  if (!(body instanceof FormData)) return expect.unreachable();
  expect(headers).toEqual({});
  expect(body.get("chat_id")).toBe("1");
  expect(body.get("reply_parameters")).toBe('{"message_id":2}');
  const file = body.get("document");
  expect(typeof file === "object" && file !== null ? [file.name, await file.text()] : file).toEqual(["x.csv", "متن"]);
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseNumbers, parseRows } from "../../src/cli/send/lists.ts";
import { parseCsv } from "../../src/support/csv.ts";

describe("CSV", () => {
  test("comes back as it was written, whatever the fields hold", () => {
    const quoted = (field: string) => `"${field.replaceAll('"', '""')}"`;
    const write = (field: string) => (/[",\r\n#]/.test(field) || field === "" ? quoted(field) : field);
    const field = fc.oneof(fc.string(), fc.stringMatching(/^[",\r\n#a ]{0,6}$/), fc.constant('سلام، "خوبی"؟\nآمدم'));
    const rows = fc.array(fc.array(field, { minLength: 1, maxLength: 4 }));
    fc.assert(
      fc.property(rows, fc.constantFrom("\n", "\r\n"), fc.boolean(), (written, end, endsWithLineEnd) => {
        const text = written.map((row) => row.map(write).join(",")).join(end) + (endsWithLineEnd ? end : "");
        expect(parseCsv(text).map((row) => ("fields" in row ? row.fields : row.problem))).toEqual(written);
      }),
    );
  });

  test("lines are counted through quoted line ends, empty lines and comments", () => {
    const text = '# who,"what\n\n1,"a\nb\r\nc"\r\n\r\n2,d\n#end';
    expect(parseCsv(text)).toEqual([
      { line: 3, fields: ["1", "a\nb\r\nc"] },
      { line: 7, fields: ["2", "d"] },
    ]);
  });

  test("what is wrong is told with its line, and the rows after it are read all the same", () => {
    expect(parseCsv('1,a"b\n2,"c"d\n3,e\n4,"never closed\n5,f')).toEqual([
      { line: 1, problem: "a quote stands inside a field that has none around it" },
      { line: 2, problem: "something follows a closing quote" },
      { line: 3, fields: ["3", "e"] },
      { line: 4, problem: "a quote is opened and never closed" },
    ]);
  });

  test("no text makes it throw or run for ever", () => {
    fc.assert(fc.property(fc.string({ maxLength: 300 }), (text) => Array.isArray(parseCsv(text))));
    expect(parseCsv('"'.repeat(100_001))).toHaveLength(1);
  });
});

test("numbers may be written in any way, with comments and empty lines between", () => {
  const { found, problems } = parseNumbers(
    "09121234567\r\n\n# the others\n+98 912 123 4568 # Sara\n۰۹۱۲۱۲۳۴۵۶۹\n00989121234570\n+4915123456789\n",
  );
  expect(problems).toEqual([]);
  expect(found).toEqual([
    { peer: "+989121234567", line: 1 },
    { peer: "+989121234568", line: 4 },
    { peer: "+989121234569", line: 5 },
    { peer: "+989121234570", line: 6 },
    { peer: "+4915123456789", line: 7 },
  ]);
});

test("every line that is no number is told", () => {
  const { problems } = parseNumbers("Sara\n09121234567\n3000\n0912123456\n");
  expect(problems.map(({ line }) => line)).toEqual([1, 3, 4]);
  expect(problems[0]?.what).toBe('"Sara" is not a telephone number');
});

test("rows of JSON", () => {
  const good = '\n{"to":"0912 123 4567","text":"سلام\\nسارا"}\n{"to":9121234568,"text":"hi"}\n';
  expect(parseRows(good)).toEqual({
    found: [
      { peer: "+989121234567", text: "سلام\nسارا", line: 2 },
      { peer: "+989121234568", text: "hi", line: 3 },
    ],
    problems: [],
  });
  const bad = [
    '{"to":"Sara","text":"hi"}',
    '{"to":"09121234567","text":" "}',
    '{"to":"09121234567","text":"hi","sendAt":"tomorrow"}',
    '{"to":"09121234567"',
    "09121234567,hi",
    "null",
  ];
  expect(parseRows(bad.join("\n")).problems.map(({ line }) => line)).toEqual([1, 2, 3, 4, 5, 6]);
});

test("rows of CSV, with or without a header", () => {
  const found = [
    { peer: "+989121234567", text: "سلام، سارا, hi", line: 2 },
    { peer: "+989121234568", text: 'two "words"', line: 3 },
  ];
  const rows = '09121234567,"سلام، سارا, hi"\r\n۹۱۲۱۲۳۴۵۶۸,"two ""words"""\r\n';
  expect(parseRows(`Number,Text\r\n${rows}`)).toEqual({ found, problems: [] });
  expect(parseRows(`\n${rows}`)).toEqual({ found, problems: [] });
  const bad = '09121234567\n09121234567,a,b\n09121234567,\nSara,hi\n09121234567,"x\n';
  expect(parseRows(bad).problems.map(({ line }) => line)).toEqual([1, 2, 3, 4, 5]);
});

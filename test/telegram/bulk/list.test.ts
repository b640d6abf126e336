import { expect, test } from "vitest";
import { findColumns, parseBulkList, textColumn } from "../../../src/telegram/bulk/list.ts";

const peersOf = (text: string) => parseBulkList(text).rows.map(({ row, peer, written }) => `${row} ${peer ?? written}`);

test.each([
  ["commas", "number,name\n09121111111,Sara\n"],
  ["semicolons", "Number;Name\r\n09121111111;Sara\r\n"],
  ["tabs", "Mobile\tFull name\n0912 111 1111\tSara"],
  ["Persian commas and titles", "شماره، نام\n۰۹۱۲۱۱۱۱۱۱۱، Sara"],
  ["a byte order mark and quotes", '\ufeff"شماره موبایل","نام"\n"+98 912 111 1111","Sara"'],
  ["Arabic letters and digits", "شماره;نام\n٠٩١٢١١١١١١١;Sara"],
  ["another order, and empty rows", "نام;شهر;شماره\n;;\nSara;قم;9121111111\n;;\n"],
])("a list with %s is read", (_what, text) => {
  const { titles, rows } = parseBulkList(text);
  expect(rows).toHaveLength(1);
  expect(rows[0]?.peer).toBe("+989121111111");
  const found = findColumns(titles, ["name", "نام"]);
  expect("places" in found && found.places.map((place) => rows[0]?.cells[place])).toEqual(["Sara", "Sara"]);
});

test("bare numbers need no title, and a wrong one at the head is none", () => {
  expect(peersOf("09121111111\n0912 222 2222\n")).toEqual(["1 +989121111111", "2 +989122222222"]);
  expect(peersOf("0912111111\n09122222222")).toEqual(["1 0912111111", "2 +989122222222"]);
  const { titles, rows } = parseBulkList("09121111111,سارا\n09122222222,رضا");
  expect(rows).toHaveLength(2);
  expect(findColumns(titles, ["نام"])).toEqual({ places: [1] });
});

test("a cell in quotes may hold separators and lines, and rows are named by the line where they begin", () => {
  const { rows } = parseBulkList('number,text\n09121111111,"سلام، ""سارا""\nخوبی, خوشی؟"\n0912,بد\n09122222222,"باز');
  expect(rows[0]?.cells[1]).toBe('سلام، "سارا"\nخوبی, خوشی؟');
  expect(rows.map(({ row, peer }) => [row, peer !== undefined])).toEqual([
    [2, true],
    [4, false],
    [5, false],
  ]);
});

test("a field that no column has is named; titles are found however they are spelled", () => {
  const { titles } = parseBulkList("شماره,نام مشتری,كد_تخفیف\n09121111111,سارا,A1");
  expect(findColumns(titles, ["کد تخفیف", "نام‌مشتری"])).toEqual({ places: [2, 1] });
  expect(findColumns(titles, ["نام مشتری", "مبلغ"])).toEqual({ unknown: "مبلغ" });
  expect(textColumn(titles)).toBeUndefined();
  expect(textColumn(["شماره", "متن"])).toBe("متن");
});

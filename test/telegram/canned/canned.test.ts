import { expect, test } from "vitest";
import type { CannedAnswer } from "../../../src/core/canned.ts";
import { parseCanned } from "../../../src/telegram/canned/command.ts";
import { createFieldValues, fieldList, unknownFieldOf } from "../../../src/telegram/canned/fields.ts";
import { encodeCannedPress, parseCannedPress } from "../../../src/telegram/canned/press.ts";
import { cannedMenu, cannedView } from "../../../src/telegram/canned/render.ts";
import { createTexts } from "../../../src/telegram/texts/texts.ts";

test.each([
  ["", { kind: "menu" }],
  ["list", { kind: "list" }],
  ["فهرست", { kind: "list" }],
  ["لیست", { kind: "list" }],
  ["hours", { kind: "use", name: "hours" }],
  ["ساعت کار", { kind: "use", name: "ساعت کار" }],
  ["«ساعت کار»", { kind: "use", name: "ساعت کار" }],
  ["add hours 9 to 5\nevery day", { kind: "add", name: "hours", text: "9 to 5\nevery day" }],
  ["Add hours\n9 to 5", { kind: "add", name: "hours", text: "9 to 5" }],
  ["افزودن «ساعت کار» ۹ تا ۵", { kind: "add", name: "ساعت کار", text: "۹ تا ۵" }],
  ["اضافه نشانی", { kind: "add", name: "نشانی" }],
  ["add hours …", { kind: "add", name: "hours" }],
  ["تغيير نشانی خیابان", { kind: "change", name: "نشانی", text: "خیابان" }],
  ["show opening hours", { kind: "show", name: "opening hours" }],
  ["نمایش نشانی", { kind: "show", name: "نشانی" }],
  ["حذف ساعت کار", { kind: "remove", name: "ساعت کار" }],
  ["remove", { kind: "no-name", verb: "remove" }],
  ["add", { kind: "no-name", verb: "add" }],
  ["add \u2800 text", { kind: "no-name", verb: "add" }],
  ["add - text", { kind: "no-name", verb: "add" }],
  ["additional", { kind: "use", name: "additional" }],
])("/canned %j is read", (args, command) => {
  expect(parseCanned(args)).toEqual(command);
});

test("buttons are short, come back as they went, and nothing else is taken for one", () => {
  for (const press of [
    { kind: "send", id: 999_999_999, peer: "+989121234567" },
    { kind: "page", page: 3, peer: "30001234" },
    { kind: "page", page: 0 },
    { kind: "view", id: 7 },
    { kind: "remove", id: 7 },
  ] as const) {
    const data = encodeCannedPress(press);
    expect(Buffer.byteLength(data)).toBeLessThanOrEqual(64);
    expect(parseCannedPress(data)).toEqual(press);
  }
  for (const other of ["a:s:1", "a:s:1:+0912", "a:s:1:09121234567", "a:q:1", "p:c:0:abc", "a:l:x", "", undefined]) {
    expect(parseCannedPress(other), other).toBeUndefined();
  }
});

// 1405/09/05, 14:05 in Tehran.
const now = Date.UTC(2026, 10, 26, 10, 35);

test.each([
  ["fa", ["سارا", "۰۹۱۲۱۲۳۴۵۶۷", "رضا", "۵ آذر ۱۴۰۵", "۱۴:۰۵"]],
  ["en", ["سارا", "09121234567", "رضا", "26 November 2026", "14:05"]],
] as const)(
  "fields are filled in the calendar and the digits of the desk, in either language's words (%s)",
  (language, values) => {
    const facts = { name: "سارا\u202e", peer: "+989121234567", operator: "رضا", now };
    const find = createFieldValues(language, "Asia/Tehran")(facts);
    for (const written of [
      ["نام", "شماره", "همکار", "تاریخ", "ساعت"],
      ["Name", "number", "operator", "DATE", "time"],
      ["اسم", "شماره", "اپراتور", "تاريخ", "ساعت"],
    ])
      expect(written.map(find)).toEqual(values);
    expect(find("nick")).toBeUndefined();
    expect(createFieldValues(language, "Asia/Tehran")({ ...facts, name: undefined })("name")).toBeUndefined();
    for (const field of fieldList(language)) expect(unknownFieldOf(field)).toBeUndefined();
    expect(unknownFieldOf("{name} {nick|x}")).toBe("nick");
  },
);

const answers = Array.from(
  { length: 20 },
  (_, index): CannedAnswer => ({
    id: index + 1,
    name: `n${index + 1}`,
    text: index === 0 ? "سلام\nدوم ".repeat(40) : "hello",
    by: { id: "1", name: "Sara" },
    at: now,
    uses: 20 - index,
  }),
);
const labels = (menu: { keyboard?: { text: string }[][] }) =>
  (menu.keyboard ?? []).map((row) => row.map(({ text }) => text));

test("a menu has eight a page, two a row, with a way on and back; a page that is gone is the last", () => {
  const texts = createTexts("en");
  const first = cannedMenu(texts, answers, { title: "Which?", peer: "+989121234567" });
  expect(labels(first)).toEqual([["n1", "n2"], ["n3", "n4"], ["n5", "n6"], ["n7", "n8"], ["Next"]]);
  expect(first.text.split("\n")[2]?.length).toBeLessThan(80);
  expect(first.text).toContain("Page 1 of 3");
  const middle = cannedMenu(texts, answers, { title: "Which?", page: 1 });
  expect(labels(middle).at(-1)).toEqual(["Previous", "Next"]);
  const last = cannedMenu(texts, answers, { title: "Which?", page: 99 });
  expect(labels(last)).toEqual([["n17", "n18"], ["n19", "n20"], ["Previous"]]);
  expect(labels(cannedMenu(texts, answers.slice(0, 1), { title: "Which?" }))).toEqual([["n1"]]);
});

test.each([
  [
    "fa",
    "«ساعت کار» · ۱ بخش · \u2068Sara\u2069، \u206814:05\u2069\n\n۹ تا ۵\n\nهنوز برای کسی نرفته. برای عوض کردن متنش:",
  ],
  ["en", "“\u2068ساعت کار\u2069” · 1 part · Sara, 14:05\n\n۹ تا ۵\n\nNot sent to anybody yet. To change its text:"],
] as const)("one is shown in full, with who wrote it and how its text is changed (%s)", (language, shown) => {
  const answer = { id: 3, name: "ساعت کار", text: "۹ تا ۵", by: { id: "1", name: "Sara" }, at: now, uses: 0 };
  const view = cannedView(createTexts(language), answer, () => "14:05");
  const { offset = 0, length = 0 } = view.entities?.[0] ?? {};
  expect(view.text).toContain(shown);
  expect(view.text.slice(offset, offset + length)).toBe('/canned change "ساعت کار" …');
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { parseTemplate } from "../../../src/telegram/templates/command.ts";
import { quoted, readValues } from "../../../src/telegram/written-values.ts";

const mobile = "+989121234567";
const customer = "+989350000000";
const order = { name: "order-ready", values: ["name", "code"], line: "30001234" };
const code = { name: "code", values: ["code"], line: "30001234" };
const bare = { name: "bye", values: [], line: "30001234" };
const templates = [order, code, bare];

test.each([
  ["order-ready 09121234567 سارا A12", ["سارا", "A12"]],
  ["order-ready ۰۹۱۲ ۱۲۳ ۴۵۶۷ سارا ۱۲", ["سارا", "۱۲"]],
  ["Order-Ready +98 912 123 4567 Sara A12", ["Sara", "A12"]],
  ['order-ready 0912-123-4567 "Sara Ahmadi" A12', ["Sara Ahmadi", "A12"]],
  ["order-ready 09121234567 «سارا احمدی» «۱۲ الف»", ["سارا احمدی", "۱۲ الف"]],
  ["order-ready 09121234567 “Sara Ahmadi” ”A 12”", ["Sara Ahmadi", "A 12"]],
  ["order-ready 09121234567\nSara Ahmadi\nA 12", ["Sara Ahmadi", "A 12"]],
  ["order-ready\n0912 123 4567\n\nSara Ahmadi\n«A 12»\n", ["Sara Ahmadi", "A 12"]],
  ["order-ready 0912 123 4567 12 34", ["12", "34"]],
  ['order-ready 09121234567 27" 5\u0000', ['27"', "5"]],
])("%j is a template to 0912 123 4567", (args, values) => {
  expect(parseTemplate(args, { templates })).toEqual({ kind: "template", offered: order, peer: mobile, values });
});

test("one value on a line of its own may have spaces, and a template may have no values", () => {
  expect(parseTemplate("code 09121234567\n12 34", { templates })).toMatchObject({ values: ["12 34"] });
  expect(parseTemplate("bye 09121234567", { templates })).toMatchObject({ kind: "template", values: [] });
});

test("where there is a customer, what begins with no number goes to them", () => {
  const at = { templates, customer };
  expect(parseTemplate("code 1234", at)).toMatchObject({ peer: customer, values: ["1234"] });
  expect(parseTemplate("order-ready Sara 12", at)).toMatchObject({ peer: customer, values: ["Sara", "12"] });
  expect(parseTemplate("code\n12 34", at)).toMatchObject({ peer: customer, values: ["12 34"] });
  expect(parseTemplate("bye", at)).toMatchObject({ peer: customer });
  expect(parseTemplate('code "09121234567"', at)).toMatchObject({ peer: customer, values: ["09121234567"] });
  expect(parseTemplate("code 09121234567 1234", at)).toMatchObject({ peer: mobile, values: ["1234"] });
  // A number in full is where it goes, never a value: a forgotten value must not make one of it.
  expect(parseTemplate("code 09121234567", at)).toMatchObject({ kind: "too-few", missing: ["code"] });
});

test.each([
  ["", { kind: "empty" }],
  ["nosuch 09121234567 x", { kind: "unknown-name", written: "nosuch" }],
  ["order-ready", { kind: "no-number", offered: order }],
  ["order-ready 0912123 Sara A12", { kind: "bad-number", offered: order, written: "0912123" }],
  ["order-ready Sara A12", { kind: "bad-number", offered: order, written: "Sara" }],
  ["order-ready 30001234 Sara A12", { kind: "bad-number", offered: order, written: "30001234" }],
  ["code +49 30 1234567 5", { kind: "ambiguous", offered: code }],
  ["order-ready 09121234567", { kind: "too-few", offered: order, missing: ["name", "code"] }],
  ["order-ready 09121234567 Sara", { kind: "too-few", offered: order, missing: ["code"] }],
  ['order-ready 09121234567 "" A12', { kind: "too-few", offered: order, missing: ["code"] }],
  ["order-ready 09121234567 Sara Ahmadi A12", { kind: "too-many", offered: order }],
  ["bye 09121234567 now", { kind: "too-many", offered: bare }],
  ['order-ready 09121234567 "Sara A12', { kind: "open-quote", offered: order }],
])("%j says what is wrong with it", (args, problem) => {
  expect(parseTemplate(args, { templates })).toEqual(problem);
});

test("values that are spelled with quotation marks where they need them are read as they were", () => {
  const word = fc.stringMatching(/^[a-zآ-ی0-9۰-۹]{1,8}( [a-zآ-ی0-9۰-۹]{1,8}){0,2}$/);
  fc.assert(
    fc.property(fc.array(word, { maxLength: 5 }), (values) => {
      expect(readValues(values.map(quoted).join(" "))).toEqual(values);
      if (values.length > 0) expect(readValues(`\n${values.join("\n")}`)).toEqual(values);
    }),
  );
});

test("no text whatever makes it throw, and whatever it sends has a number in full and each value", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'+0912۰٣ \n"«»“”سa\u0000\ud800'), maxLength: 24 }), (args) => {
      const command = parseTemplate(`order-ready ${args}`, { templates });
      if (command.kind !== "template") return;
      expect(command.peer).toMatch(/^\+\d{7,15}$/);
      expect(command.values).toHaveLength(2);
      for (const value of command.values) expect(value.trim()).not.toBe("");
    }),
  );
});

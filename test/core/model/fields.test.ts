import { expect, test } from "vitest";
import { fieldsOf, fillFields } from "../../../src/core/model/fields.ts";

const values: Readonly<Record<string, string>> = { name: "Sara", نام: "سارا" };
const fill = (text: string) => fillFields(text, (field) => values[field]);

test.each([
  ["no field", "no field"],
  ["Hello { name }, {name}!", "Hello Sara, Sara!"],
  ["سلام {نام|دوست عزیز}", "سلام سارا"],
  ["Hello {nick | dear friend}!", "Hello dear friend!"],
  ["Hello{nick|}!", "Hello!"],
  ["{} {\n} {a {name} b}", "{} {\n} {a Sara b}"],
  ["{$&|$&}", "$&"],
])("%j becomes %j", (text, filled) => {
  expect(fill(text)).toEqual({ kind: "filled", text: filled });
});

test("a field without a value leaves no hole: what is missing is told, each once", () => {
  expect(fill("{nick} {name} {nick} {age} {age|9}")).toEqual({ kind: "missing", fields: ["nick", "age"] });
  expect(fieldsOf("{ age | 9 }")).toEqual([{ name: "age", otherwise: "9" }]);
});

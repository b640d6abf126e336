import { expect, test } from "vitest";
import { parseContact } from "../../../src/telegram/contacts/contact-command.ts";

const peer = "+989121234567";
const customer = "+989350000000";
const known = ["name", "شهر", "last name"];

test.each([
  ["09121234567", {}],
  ["۰۹۱۲ ۱۲۳ ۴۵۶۷", {}],
  ["0912 123 4567 name=Sara", { name: "Sara" }],
  ["09121234567 Name = Sara شهر=تهران", { name: "Sara", شهر: "تهران" }],
  ['09121234567 name="Sara Ahmadi" شهر=«بندر عباس»', { name: "Sara Ahmadi", شهر: "بندر عباس" }],
  ["09121234567 last name=Ahmadi", { "last name": "Ahmadi" }],
  ["09121234567 name: Sara Ahmadi", { name: "Sara Ahmadi" }],
  ["09121234567\nname: Sara Ahmadi\nشهر: بندر عباس", { name: "Sara Ahmadi", شهر: "بندر عباس" }],
  ["09121234567\nname=Sara شهر=تهران\nlast name: a=b", { name: "Sara", شهر: "تهران", "last name": "a=b" }],
])("%j is a contact with 0912 123 4567", (args, fields) => {
  expect(parseContact(args, { known })).toEqual({ kind: "contact", peer, fields });
});

test("a number in groups ends where the fields begin", () => {
  expect(parseContact("+49 30 1234567 name=Sara", { known })).toMatchObject({ peer: "+49301234567" });
});

test("where there is a customer the number may be left out, but a wrong number is never taken for them", () => {
  expect(parseContact("", { known, customer })).toEqual({ kind: "contact", peer: customer, fields: {} });
  expect(parseContact("name=Sara", { known, customer })).toMatchObject({ peer: customer, fields: { name: "Sara" } });
  expect(parseContact("09121234567", { known, customer })).toMatchObject({ peer });
  expect(parseContact("0912123 name=Sara", { known, customer })).toEqual({ kind: "bad-number", written: "0912123" });
});

test.each([
  ["", { kind: "empty" }],
  ["Sara", { kind: "bad-number", written: "Sara" }],
  ["name=Sara", { kind: "bad-number", written: "name=Sara" }],
  ["09121234567 age=7", { kind: "unknown-field", written: "age" }],
  ["09121234567\nage: 7", { kind: "unknown-field", written: "age" }],
  ["09121234567 Sara", { kind: "unreadable", written: "Sara" }],
  ["09121234567 12 name=Sara", { kind: "unknown-field", written: "12 name" }],
  ["09121234567 name=Sara Ahmadi", { kind: "unreadable", written: "Ahmadi" }],
  ['09121234567 name="Sara', { kind: "unreadable", written: 'name="Sara' }],
  ["09121234567 name=", { kind: "unreadable", written: "name=" }],
])("%j says what is wrong with it", (args, problem) => {
  expect(parseContact(args, { known })).toEqual(problem);
});

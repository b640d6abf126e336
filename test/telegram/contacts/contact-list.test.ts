import { expect, test } from "vitest";
import { parseContactList } from "../../../src/telegram/contacts/contact-list.ts";

const namesIn = (text: string) => Object.fromEntries(parseContactList(text).names);
const refusedIn = (text: string) => parseContactList(text).refused.map(({ line, why }) => `${line} ${why}`);

test("a vCard of an Android telephone: 2.1, quoted-printable, folded, several numbers", () => {
  const card = [
    "BEGIN:VCARD",
    "VERSION:2.1",
    "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=D8=A7=D8=AD=D9=85=D8=AF=DB=8C;=D8=B3=D8=A7=D8=B1=D8=A7;;;",
    "FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=D8=B3=D8=A7=D8=B1=D8=A7=20=",
    "=D8=A7=D8=AD=D9=85=D8=AF=DB=8C",
    "TEL;CELL;PREF:0912-000-0001",
    "TEL;HOME:+982164063188",
    "END:VCARD",
  ].join("\r\n");
  expect(namesIn(card)).toEqual({ "+989120000001": "سارا احمدی", "+982164063188": "سارا احمدی" });
});

test("vCards 3.0 and 4.0: groups, tel: addresses, escapes, a name from its parts, an organisation", () => {
  const cards = [
    "BEGIN:VCARD\nVERSION:3.0\nN:Ahmadi;Reza;;;\nitem1.TEL;type=CELL:۰۹۱۲ ۰۰۰ ۰۰۰۲\nEND:VCARD",
    'BEGIN:VCARD\nVERSION:4.0\nFN:Kiani\\, Ali\nTEL;VALUE=uri;TYPE="voice,cell":tel:+98-912-000-0003\nEND:VCARD',
    "BEGIN:VCARD\nVERSION:3.0\nN:;;;;\nORG:Nan o Namak;Sales\nTEL:09120000004\nEND:VCARD",
  ];
  expect(namesIn(cards.join("\n"))).toEqual({
    "+989120000002": "Reza Ahmadi",
    "+989120000003": "Kiani, Ali",
    "+989120000004": "Nan o Namak",
  });
});

test("of a vCard without a number, or without a name, the line where it begins is told", () => {
  const cards = "BEGIN:VCARD\nFN:No Number\nEND:VCARD\nBEGIN:VCARD\nTEL:09120000001\nEND:VCARD";
  expect(refusedIn(cards)).toEqual(["1 no-number", "4 no-name"]);
});

test.each([
  ["plain, the number first", "09120000001,سارا\n9120000002,رضا"],
  ["the name first, with semicolons", "سارا;0912 000 0001\nرضا;+98 912 000 0002"],
  ["Persian titles", "ردیف,نام,شماره موبایل\n1,سارا,۰۹۱۲۰۰۰۰۰۰۱\n2,رضا,۰۹۱۲۰۰۰۰۰۰۲"],
  [
    "of Google",
    "First Name,Last Name,Phone 1 - Label,Phone 1 - Value\nسارا,,Mobile,09120000001\nرضا,,Mobile,00989120000002",
  ],
  ["with a mark of Excel, and quotes", '\uFEFF"number","name"\r\n"09120000001","سارا"\r\n"09120000002","رضا"\r\n'],
])("a table, %s", (_what, table) => {
  expect(namesIn(table)).toEqual({ "+989120000001": "سارا", "+989120000002": "رضا" });
});

test("bad rows of a table are told by their lines, and the others count; one number in two spellings is one", () => {
  const table = 'number,name\n0912,سارا\n09120000001,\n09120000002,"رضا\n';
  expect(refusedIn(table)).toEqual(["2 no-number", "3 no-name", "4 unreadable"]);
  expect(namesIn("09120000001,سارا\n+989120000001,سارا احمدی")).toEqual({ "+989120000001": "سارا احمدی" });
});

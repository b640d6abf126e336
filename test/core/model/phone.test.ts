import fc from "fast-check";
import { expect, test } from "vitest";
import { foldNumber, isTelephone, maskNumber, spellNumber, toNational } from "../../../src/core/model/phone.ts";

const spellingsOfOneMobile = [
  "09121234567",
  "9121234567",
  "989121234567",
  "+989121234567",
  "00989121234567",
  "0912 123 4567",
  "0912-123-4567",
  "(0912) 1234567",
  "۰۹۱۲۱۲۳۴۵۶۷",
  "٠٩١٢١٢٣٤٥٦٧",
  "+۹۸ ۹۱۲ ۱۲۳ ۴۵۶۷",
  "\u200e+98 912 123 4567\u200f",
  "\u2066۰۹۱۲‌۱۲۳‌۴۵۶۷\u2069",
];

test.each(spellingsOfOneMobile)("%s folds to one peer", (written) => {
  expect(foldNumber(written)).toBe("+989121234567");
});

test.each([
  ["02164063188", "+982164063188"],
  ["982164063188", "+982164063188"],
  ["+982164063188", "+982164063188"],
  ["009802164063188", "+982164063188"],
  ["+4915123456789", "+4915123456789"],
  ["30001234", "30001234"],
  ["9830001234", "30001234"],
  ["+9830001234", "30001234"],
  ["۳۰۰۰۱۲۳۴", "30001234"],
  ["+30001234", "30001234"],
  ["+1100000000", "+1100000000"],
  ["+9123456789", "+9123456789"],
  ["50004321", "50004321"],
  ["110", "110"],
  ["", ""],
])("%s folds to %s", (written, folded) => {
  expect(foldNumber(written)).toBe(folded);
});

test("an alphanumeric sender stays as it is, without its direction marks", () => {
  expect(foldNumber("\u200fV.I.P-TAXI ")).toBe("V.I.P-TAXI");
  expect(foldNumber("همراه اول")).toBe("همراه اول");
});

test("folding what is folded changes nothing", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[+0-9۰-۹ ]{3,16}$/)), (written) => {
      const folded = foldNumber(written);
      expect(foldNumber(folded)).toBe(folded);
    }),
    { examples: [["+1۱۰0۰۰۰000"]] },
  );
});

test("every Iranian mobile number is one peer however it is written", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^9[0-79]\d{8}$/), (national) => {
      const spellings = [`0${national}`, national, `98${national}`, `+98${national}`, `0098${national}`];
      expect(new Set(spellings.map(foldNumber))).toEqual(new Set([`+98${national}`]));
    }),
  );
});

test("numbers are spelled for panels, for people and for logs", () => {
  expect(toNational("+989121234567")).toBe("09121234567");
  expect(toNational("30001234")).toBe("30001234");
  expect(spellNumber("+989121234567")).toBe("0912 123 4567");
  expect(spellNumber("30001234")).toBe("30001234");
  expect(spellNumber("+9000000000")).toBe("+9000000000");
  expect(isTelephone("+989121234567")).toBe(true);
  expect(isTelephone("30001234")).toBe(false);
  expect(maskNumber("+989121234567")).toBe("+989***67");
  expect(maskNumber("110")).toBe("***");
});

test("what was folded once folds to the same again, however many came in between", () => {
  const written = ["982164063188", "+441234567890", "02188776655", "110", "+99912345678901234567890123456789"];
  const before = written.map(foldNumber);
  for (let n = 0; n < 3000; n++) foldNumber(`021${String(n).padStart(8, "0")}`);
  expect(written.map(foldNumber)).toEqual(before);
  expect(written.map(foldNumber)).toEqual(before);
});

test("a name keeps nothing that no wire can carry", () => {
  expect(foldNumber("Ban\ud83dk\u0000 \u202eir")).toBe("Ban\ufffdk ir");
  expect(foldNumber("\udc00")).toBe("\ufffd");
  expect(foldNumber("\u00000912 123 4567")).toBe("+989121234567");
});

import { describe, expect, it, test } from "vitest";
import { foldNumber } from "../../../src/core/model/phone.ts";
import { createRule, findRoute } from "../../../src/core/model/rule.ts";
import { parseSenderPattern } from "../../../src/core/model/sender-pattern.ts";
import { parseTextPattern } from "../../../src/core/model/text-pattern.ts";

describe("the sender of a rule", () => {
  it.each([
    ["not-mobile", ["30001234", "983000505", "DigiKala", "2181", "021 6406 3188", "", "1000000"], true],
    ["not-mobile", ["09121234567", "+989121234567", "+49 1512 3456789", "+1 202 555 0143"], false],
    ["30001234", ["30001234", "9830001234", "+98 3000 1234", "۳۰۰۰۱۲۳۴"], true],
    ["98 3000 1234", ["30001234"], true],
    ["30001234", ["300012345", "3000"], false],
    ["0912 123 4567", ["+989121234567", "9121234567"], true],
    ["3000*", ["30001234", "9830001234"], true],
    ["۳۰۰۰*", ["30001234"], true],
    ["983000*", ["30001234"], true],
    ["3000*", ["10003000", "09123000000"], false],
    ["0912*", ["+989121234567"], true],
    ["+98912*", ["09121234567"], true],
    ["0912*", ["09351234567"], false],
    ["digikala", ["DigiKala"], true],
    ["Digi*", ["DIGIKALA"], true],
    ["Digi*", ["MyDigi"], false],
    ["*", ["DigiKala", "09121234567", ""], true],
  ])("%j and %j: %s", (written, senders, isMeant) => {
    const pattern = parseSenderPattern(written);
    expect(senders.map((sender) => [sender, pattern(foldNumber(sender))])).toEqual(
      senders.map((sender) => [sender, isMeant]),
    );
  });
});

describe("the pattern of a rule", () => {
  it.each([
    ["تخفیف ویژه", "امروز  تخفیف\nویژه داریم", true],
    ["تخفيف", "تخفیف ویژه", true],
    ["کد", "بارکد", true],
    ["می‌خواهیم", "میخواهیم", true],
    ["Sale", "BIG SALE today", true],
    ["a.c", "abc", false],
    ["/a.c/", "xABCx", true],
    ["/^(?:حراج|تخفيف)/", "تخفیف ۵۰ درصدی", true],
    ["/^حراج/", "آغاز حراج", false],
    ["/\\d{4}/", "سال ۱۴۰۴", true],
    ["/^$/", "", true],
    ["/", "a/b", true],
  ])("%j in %j: %s", (written, text, isMeant) => {
    expect(parseTextPattern(written)(text)).toBe(isMeant);
  });

  it.each(["/(/", "/(?=a)/", "/(a)\\1/", "/.{900}.{900}/", "/(a{900}){900}/"])("refuses %j", (written) => {
    expect(() => parseTextPattern(written)).toThrow(SyntaxError);
  });

  it("takes no longer for what makes other engines take for ever", () => {
    const isMeant = parseTextPattern("/^(a+)+$/");
    // Backtracking would try two to the power of this many ways.
    expect(isMeant(`${"a".repeat(1500)}!`)).toBe(false);
  });
});

test("the first rule that fits decides, and all of its conditions must hold", () => {
  const rules = [
    { sender: ["3000*", "DigiKala"], pattern: "کد", maskCodesAfterSeconds: 60 },
    { sender: "not-mobile", line: "98 5000 1", topic: "تبلیغات", silent: true },
    { sender: "not-mobile", drop: true },
    { pattern: "فوری", desk: "oncall" },
  ].map(createRule);
  const route = (peer: string, text: string, line = "30001") => findRoute(rules, { peer, text, line });
  expect(route("30001234", "کد ۱۲۳۴")).toEqual({ hideCodesAfterMs: 60_000 });
  expect(route("DigiKala", "کد ۱۲۳۴", "50001")).toEqual({ hideCodesAfterMs: 60_000 });
  expect(route("30001234", "حراج", "50001")).toEqual({ topic: "تبلیغات", silent: true });
  expect(route("30001234", "حراج")).toEqual({ dropped: true });
  expect(route("+989121234567", "خیلی فوری است")).toEqual({ desk: "oncall" });
  expect(route("+989121234567", "سلام")).toBeUndefined();
});

import fc from "fast-check";
import { SegmentedMessage } from "sms-segments-calculator";
import { split } from "split-sms";
import { expect, test } from "vitest";
import { cleanText, countSegments, toAsciiDigits } from "../../../src/core/model/text.ts";

test.each([
  ["", "gsm7", 1],
  ["a".repeat(160), "gsm7", 1],
  ["a".repeat(161), "gsm7", 2],
  ["a".repeat(306), "gsm7", 2],
  ["a".repeat(307), "gsm7", 3],
  ["€".repeat(80), "gsm7", 1],
  ["€".repeat(81), "gsm7", 2],
  [`${"a".repeat(152)}€${"a".repeat(20)}`, "gsm7", 2],
  ["س".repeat(70), "ucs2", 1],
  ["س".repeat(71), "ucs2", 2],
  ["س".repeat(134), "ucs2", 2],
  ["س".repeat(135), "ucs2", 3],
  ["👨‍👩‍👧‍👦".repeat(6), "ucs2", 1],
  ["می‌خواهم", "ucs2", 1],
  ["it`s", "ucs2", 1],
])("%j leaves as %s in %i parts", (text, encoding, parts) => {
  expect(countSegments(text)).toMatchObject({ encoding, parts });
});

const gsm = "abc XYZ019@£$\n^{}[]~|€\\";
const persian = "سلام ۱۲۳ می‌شود؟،";
const letters = fc.array(fc.constantFrom(...gsm), { maxLength: 500 }).map((chars) => chars.join(""));
const mixed = fc
  .array(fc.constantFrom(...gsm, ...persian, "👍", "😀", "“"), { maxLength: 300 })
  .map((chars) => chars.join(""));

test("parts and units agree with two libraries that nobody here wrote", () => {
  fc.assert(
    fc.property(fc.oneof(letters, mixed), (text) => {
      const ours = countSegments(text);
      expect(ours.parts).toBe(split(text).parts.length);
      const twilio = new SegmentedMessage(text, "auto");
      expect(ours.encoding === "gsm7" ? "GSM-7" : "UCS-2").toBe(twilio.encodingName);
      expect(ours.parts).toBe(Math.max(1, twilio.segmentsCount));
    }),
    { numRuns: 300 },
  );
});

test("what is left in the last part really fits", () => {
  fc.assert(
    fc.property(letters, (text) => {
      const before = countSegments(text);
      expect(countSegments(text + "a".repeat(before.left)).parts).toBe(before.parts);
      expect(countSegments(text + "a".repeat(before.left + 1)).parts).toBeGreaterThan(before.parts);
    }),
  );
});

test("Persian and Arabic digits become ASCII and nothing else changes", () => {
  expect(toAsciiDigits("کد ۱۲۳۴۵۶۷۸۹۰ و ٠١٢٣٤٥٦٧٨٩")).toBe("کد 1234567890 و 0123456789");
});

test("what no wire can carry is removed, and what people write stays", () => {
  expect(cleanText("a\u0000b\u000bc\u001fd\ud800e\udc00f\r\ng\th")).toBe("abcd\ufffde\ufffdf\ng\th");
  expect(cleanText("می‌خواهم 👨‍👩‍👧 «سلام»")).toBe("می‌خواهم 👨‍👩‍👧 «سلام»");
});

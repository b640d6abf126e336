import fc from "fast-check";
import { expect, test } from "vitest";
import { parseSend } from "../../../src/telegram/contacts/send-command.ts";

const mobile = "+989121234567";

test.each([
  ["09121234567 hi", "hi"],
  ["۰۹۱۲۱۲۳۴۵۶۷ سلام", "سلام"],
  ["٠٩١٢ ١٢٣ ٤٥٦٧ سلام", "سلام"],
  ["0912 123 4567 hi", "hi"],
  ["+98 912 123 4567 hi", "hi"],
  ["0098-912-123-4567 hi", "hi"],
  ["(0912) 123.4567\nline one\nline two", "line one\nline two"],
  ["0912 123 4567 12 boxes", "12 boxes"],
  ["09121234567 - hi", "- hi"],
  ["\u20680912 123 4567\u2069 hi", "hi"],
  ["9121234567 ۲ عدد", "۲ عدد"],
])("%j is a message to 0912 123 4567", (args, text) => {
  expect(parseSend(args)).toEqual({ kind: "send", peer: mobile, text });
});

test("a number of another country may be written in one word, or in groups when its end is plain", () => {
  expect(parseSend("+4915123456789 hi")).toEqual({ kind: "send", peer: "+4915123456789", text: "hi" });
  expect(parseSend("+49 30 1234567\n5 boxes")).toMatchObject({ kind: "send", peer: "+49301234567", text: "5 boxes" });
  expect(parseSend("+49 30 1234567 5 boxes")).toEqual({ kind: "ambiguous" });
});

test("what is no reachable number, or has no text, says so", () => {
  expect(parseSend("")).toEqual({ kind: "empty" });
  expect(parseSend("  ")).toEqual({ kind: "empty" });
  expect(parseSend("09121234567")).toEqual({ kind: "no-text" });
  expect(parseSend("09121234567 \u0000 ")).toEqual({ kind: "no-text" });
  expect(parseSend("hello")).toEqual({ kind: "bad-number", written: "hello" });
  expect(parseSend("0912123 hello")).toMatchObject({ kind: "bad-number" });
  expect(parseSend("30001234 hello")).toMatchObject({ kind: "bad-number" });
});

test("an Iranian mobile number in any grouping takes exactly the text that follows it", () => {
  const gaps = fc.array(fc.constantFrom("", " ", "-"), { minLength: 10, maxLength: 10 });
  const digits = fc.stringMatching(/^09[123]\d{8}$/);
  const text = fc.stringMatching(/^[a-zA-Z0-9 ]{1,40}$/).filter((each) => each.trim() !== "");
  fc.assert(
    fc.property(digits, gaps, text, (number, between, written) => {
      const spelled = [...number].map((digit, at) => digit + (between[at] ?? "")).join("");
      expect(parseSend(`${spelled} ${written}`)).toEqual({
        kind: "send",
        peer: `+98${number.slice(1)}`,
        text: written.trim(),
      });
    }),
  );
});

test("no text whatever makes it throw, and whatever it sends has a number in full and a text", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(..."+0912۰۹٣ \n\t-()/سa\u2068\u0000\ud800"), maxLength: 24 }),
      (args) => {
        const command = parseSend(args);
        if (command.kind === "send") {
          expect(command.peer).toMatch(/^\+\d{7,15}$/);
          expect(command.text).not.toBe("");
        }
      },
    ),
  );
});

import fc from "fast-check";
import { expect, it } from "vitest";
import { foldNumber, isTelephone, spellNumber, toNational } from "../../src/core/model/phone.ts";
import { toAsciiDigits } from "../../src/core/model/text.ts";
import { normalizeCode } from "../../src/telegram/chat/pairing.ts";
import { parseSlash } from "../../src/telegram/commands.ts";
import { parseContact } from "../../src/telegram/contacts/contact-command.ts";
import { parseSend } from "../../src/telegram/contacts/send-command.ts";
import { readNumber } from "../../src/telegram/contacts/written-number.ts";
import { encodePress, parsePress } from "../../src/telegram/marks/press.ts";
import { parseTemplate } from "../../src/telegram/templates/command.ts";
import { quoted, readValues } from "../../src/telegram/written-values.ts";
import { longRun, wildText } from "./arbitraries.ts";

// Telegram lets a person write 4,096 characters. A parser that looks back too far would stand still on some of them, and the whole
// bridge with it: that shows as a test that does not end.
const numbers = fc.constantFrom(
  "09121234567",
  "+98 912 123 4567",
  "۰۹۱۲۱۲۳۴۵۶۷",
  "0049 1512 3456789",
  "30001234",
  "0912123456",
  "+",
  "09",
);
const argument = fc.oneof(
  wildText(20),
  longRun(4_000),
  fc
    .tuple(numbers, fc.constantFrom(" ", "\n", "  ", ""), fc.oneof(wildText(), longRun(4_000)))
    .map((parts) => parts.join("")),
);
const customer = fc.constantFrom(undefined, "+989351234567");
const offered = { name: "order", values: ["name", "code"], line: "+982164063188" };

it("whatever stands behind a command, it is read or one of its problems is told", () => {
  fc.assert(
    fc.property(argument, customer, (args, peer) => {
      const send = parseSend(args);
      if (send.kind === "send") expect([isTelephone(send.peer), send.text.trim() === ""]).toEqual([true, false]);
      const contact = parseContact(args, { known: ["birthday", "نام"], customer: peer });
      if (contact.kind === "contact")
        expect(Object.keys(contact.fields).every((name) => ["birthday", "نام"].includes(name))).toBe(true);
      const template = parseTemplate(`order ${args}`, { templates: [offered], customer: peer });
      if (template.kind === "template") expect(template.values).toHaveLength(2);
      const unknown = parseTemplate(args, { templates: [], customer: peer });
      expect(["empty", "unknown-name"]).toContain(unknown.kind);
      const slash = parseSlash(`/${args}`, "chapar_bot");
      expect(["note", "foreign", "command"]).toContain(slash?.kind);
      expect(normalizeCode(args)).toBe(normalizeCode(normalizeCode(args)));
    }),
    { numRuns: 400 },
  );
});

it("a message of spaces does not hold the bridge up", () => {
  expect(parseContact(`09121234567${" ".repeat(4_000)}b`, { known: ["b"] }).kind).toBe("unreadable");
  expect(parseContact(`09121234567${" ".repeat(4_000)}b = 1`, { known: ["b"] })).toMatchObject({ fields: { b: "1" } });
});

it("a number that is read stands at the beginning, and the rest is untouched", () => {
  fc.assert(
    fc.property(argument, fc.boolean(), (text, digitsFollow) => {
      const read = readNumber(text, { digitsFollow });
      if (read.kind !== "number") return;
      expect(text.trim().endsWith(read.rest)).toBe(true);
      const written = text.trim().slice(0, text.trim().length - read.rest.length);
      expect(foldNumber(written)).toBe(read.peer);
    }),
    { numRuns: 400 },
  );
});

it("folding a number twice changes nothing, nor does spelling it in between", () => {
  const digits = fc
    .array(fc.constantFrom(..."0123456789۰۱۲۳۴۵۶۷۸۹٠٩+ -()"), { maxLength: 18 })
    .map((chars) => chars.join(""));
  const prefixed = fc
    .tuple(fc.constantFrom("", "0", "98", "+98", "0098", "+", "00", "+49", "3000"), digits)
    .map((parts) => parts.join(""));
  fc.assert(
    fc.property(fc.oneof(prefixed, wildText(10), longRun(4_000)), (written) => {
      const folded = foldNumber(written);
      expect(foldNumber(folded)).toBe(folded);
      expect(foldNumber(toAsciiDigits(written))).toBe(folded);
      if (isTelephone(folded)) {
        expect(foldNumber(spellNumber(folded))).toBe(folded);
        if (folded.startsWith("+98")) expect(foldNumber(toNational(folded))).toBe(folded);
      }
    }),
    { numRuns: 500 },
  );
});

it("values that are spelled are read back", () => {
  const value = fc
    .array(fc.constantFrom("سلام", "a", "1", " ", "-", "'", "»", "،"), { minLength: 1, maxLength: 6 })
    .map((pieces) => pieces.join("").trim())
    .filter((text) => text !== "");
  fc.assert(
    fc.property(fc.array(value, { maxLength: 4 }), (values) => {
      expect(readValues(values.map(quoted).join(" "))).toEqual(values);
    }),
  );
  fc.assert(
    fc.property(fc.oneof(wildText(), longRun(4_000)), (text) => void readValues(text)),
    { numRuns: 300 },
  );
});

it("callback data is what we wrote, or nothing", () => {
  const actions = ["cancel", "undo", "send-now", "drop", "try-again", "send-again", "was-sent"] as const;
  const press = fc.record({
    action: fc.constantFrom(...actions),
    attempt: fc.nat(999_999_999),
    id: fc.stringMatching(/^[A-Za-z0-9_-]{1,43}$/),
  });
  fc.assert(
    fc.property(press, (one) => {
      const written = encodePress(one);
      expect(Buffer.byteLength(written)).toBeLessThanOrEqual(64);
      expect(parsePress(written)).toEqual(one);
    }),
  );
  const nearly = fc
    .tuple(fc.constantFrom("p", "q", ""), wildText(2), wildText(2), wildText(3))
    .map((parts) => parts.join(":"));
  fc.assert(
    fc.property(fc.oneof(wildText(), nearly, longRun(64)), (given) => {
      const read = parsePress(given);
      if (read) expect(encodePress(read)).toMatch(/^p:[a-z]:\d+:/);
    }),
    { numRuns: 300 },
  );
});

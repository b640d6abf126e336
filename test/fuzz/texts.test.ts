import fc from "fast-check";
import { expect, it } from "vitest";
import { toEpochMs } from "../../src/core/model/calendar.ts";
import { newConversation } from "../../src/core/model/conversation.ts";
import type { Inbound } from "../../src/core/model/message.ts";
import { foldNumber } from "../../src/core/model/phone.ts";
import { cleanText, countSegments } from "../../src/core/model/text.ts";
import { threadOf } from "../../src/core/model/thread.ts";
import { escapeXml, parseXml } from "../../src/providers/soap-panel/xml.ts";
import { isBlank, longestText, splitRendered } from "../../src/telegram/texts/split.ts";
import { createTexts } from "../../src/telegram/texts/texts.ts";
import type { Rendered } from "../../src/telegram/types.ts";
import { longRun, wildText } from "./arbitraries.ts";

const long = fc.oneof(
  wildText(),
  longRun(9_000),
  fc.tuple(wildText(), longRun(5_000), wildText()).map((parts) => parts.join("")),
);
const lone = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

function requireInside({ text, entities = [] }: Rendered): void {
  for (const { offset, length } of entities) {
    expect(offset).toBeGreaterThanOrEqual(0);
    expect(length).toBeGreaterThan(0);
    expect(offset + length).toBeLessThanOrEqual(text.length);
  }
}

it("a clean text can be carried by every wire, keeps its letters, and is clean already", () => {
  fc.assert(
    fc.property(long, (written) => {
      const clean = cleanText(written);
      expect(clean).not.toMatch(lone);
      expect(clean).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f\ufffe\uffff]/);
      expect(cleanText(clean)).toBe(clean);
      expect(Buffer.from(clean, "utf8").toString("utf8")).toBe(clean);
      expect(parseXml(`<a>${escapeXml(clean)}</a>`)?.text).toBe(clean);
      const letters = (text: string) => text.match(/[\p{L}\p{N}]/gu)?.join("");
      expect(letters(clean)).toBe(letters(written));
    }),
    { numRuns: 300 },
  );
});

it("a post holds the whole SMS, cut into messages that Telegram takes, with entities inside the text", () => {
  const settings = fc.record({
    language: fc.constantFrom("fa" as const, "en" as const),
    header: fc.boolean(),
    hasMoved: fc.boolean(),
  });
  fc.assert(
    fc.property(
      long,
      fc.oneof(wildText(4), longRun(300)),
      settings,
      (written, sender, { language, header, hasMoved }) => {
        const text = cleanText(written);
        const peer = foldNumber(sender);
        const message: Inbound = {
          id: "1",
          desk: "d",
          thread: "d/t",
          provider: "p",
          line: "30001234",
          peer,
          text,
          at: 1_800_000_000_000,
          panelTime: 1_700_000_000_000,
          past: true,
          seq: 1,
          repeats: 0,
        };
        const texts = createTexts(language);
        const name = texts.topicName({ peer });
        expect([name.length > 0, name.length <= 128]).toEqual([true, true]);
        expect([name, peer].join("|")).not.toMatch(lone);
        requireInside(texts.card({ ...newConversation(threadOf("support", peer), 1), line: "30001234" }));
        const whole = texts.post([{ message, ...(hasMoved ? { previousLine: "50004321" } : {}) }], { header });
        requireInside(whole);
        if (!isBlank(text)) expect(whole.text).toContain(text);
        const parts = splitRendered(whole);
        for (const part of parts) {
          requireInside(part);
          expect(part.text.length).toBeLessThanOrEqual(longestText);
          expect(isBlank(part.text)).toBe(false);
          expect(part.text).not.toMatch(lone);
        }
        const seen = (pieces: string) => pieces.replace(/[\s\p{Cc}\p{Cf}\u2800\ufffc]/gu, "");
        expect(seen(parts.map((part) => part.text).join(""))).toBe(seen(whole.text));
      },
    ),
    { numRuns: 200 },
  );
});

it("parts are counted without a gap, and a longer text never has fewer", () => {
  fc.assert(
    fc.property(long, fc.nat(), (written, at) => {
      const text = cleanText(written);
      const all = countSegments(text);
      expect(all.left).toBeGreaterThanOrEqual(0);
      expect(all.parts).toBeGreaterThanOrEqual(1);
      const begin = [...text].slice(0, at % (text.length + 1)).join("");
      const some = countSegments(begin);
      if (some.encoding === all.encoding) expect(some.parts).toBeLessThanOrEqual(all.parts);
    }),
    { numRuns: 200 },
  );
});

it("a time is a moment since 2000, or none", () => {
  const piece = fc.oneof(
    fc.integer({ min: 0, max: 99 }).map(String),
    fc.constantFrom("1405", "2026", "-", "/", ":", "T", " ", "Z", "+03:30", "۰۱", "."),
  );
  const nearly = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(""));
  fc.assert(
    fc.property(fc.oneof(nearly, wildText(5), longRun(4_000)), (written) => {
      const at = toEpochMs(written);
      if (at !== undefined) expect(Number.isFinite(at)).toBe(true);
    }),
    { numRuns: 500 },
  );
});

import fc from "fast-check";
import type { MessageEntity } from "grammy/types";
import { describe, expect, it } from "vitest";
import { longestText, splitRendered } from "../../../src/telegram/texts/split.ts";

const words = fc.string({ unit: fc.constantFrom("a", "ب", " ", "\n", "🙂", "👨‍👩‍👧"), maxLength: 300 });
const withoutBlanks = (text: string) => text.replace(/[\s\u200b\u200d]/g, "");

describe("a text too long for one message", () => {
  it("is left alone when it is not", () => {
    const whole = { text: "x".repeat(longestText), keyboard: [[{ text: "b", callback_data: "c" }]] };
    expect(splitRendered(whole)).toEqual([whole]);
  });

  it("comes back whole from its parts, none of them too long or cut within a character", () => {
    fc.assert(
      fc.property(words, fc.integer({ min: 2, max: 60 }), (text, longest) => {
        const parts = splitRendered({ text }, longest);
        expect(withoutBlanks(parts.map((part) => part.text).join(""))).toBe(withoutBlanks(text));
        for (const part of parts) {
          // Telegram refuses an empty text, and what stands behind it would never be shown.
          if (text.length > longest) expect(part.text.trim()).not.toBe("");
          expect(part.text.length).toBeLessThanOrEqual(longest);
          // A lone half of a pair does not survive UTF-8.
          expect(Buffer.from(part.text).toString()).toBe(part.text);
        }
      }),
    );
  });

  it("has no part of blanks between its words, and the keyboard under the last that is none", () => {
    const keyboard = [[{ text: "b", callback_data: "c" }]];
    const parts = splitRendered({ text: `a${" ".repeat(9000)}b${"\u200b".repeat(9000)}`, keyboard });
    expect(parts.map(({ text }) => withoutBlanks(text))).toEqual(["a", "b"]);
    expect(parts.map((part) => part.keyboard)).toEqual([undefined, keyboard]);
  });

  it("keeps every formatted character formatted", () => {
    const span = fc.record({ offset: fc.nat(250), length: fc.integer({ min: 1, max: 200 }) });
    fc.assert(
      fc.property(words, span, fc.integer({ min: 2, max: 60 }), (text, { offset, length }, longest) => {
        const entity: MessageEntity = { type: "bold", offset, length };
        let start = 0;
        const covered: number[] = [];
        for (const part of splitRendered({ text, entities: [entity] }, longest)) {
          start = text.indexOf(part.text, start);
          for (const { offset: from, length: long } of part.entities ?? []) {
            for (let i = 0; i < long; i += 1) covered.push(start + from + i);
          }
          start += part.text.length;
        }
        const wanted = Array.from({ length }, (_, i) => offset + i);
        const isSplit = text.length > longest;
        const isShown = (at: number) => !isSplit || withoutBlanks(text.charAt(at)) !== "";
        expect(covered.filter(isShown)).toEqual(wanted.filter(isShown));
      }),
    );
  });

  it("is cut after a line or a word where one is near, and has its keyboard under the last part", () => {
    const keyboard = [[{ text: "b", callback_data: "c" }]];
    const parts = splitRendered({ text: "one two three four", keyboard }, 10);
    expect(parts).toEqual([{ text: "one two " }, { text: "three four", keyboard }]);
  });
});

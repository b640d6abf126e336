import fc from "fast-check";
import { SegmentedMessage } from "sms-segments-calculator";
import { split } from "split-sms";
import { expect, test } from "vitest";
import { cheaperSpelling } from "../../../src/core/model/spelling.ts";
import { countSegments } from "../../../src/core/model/text.ts";

const latin = "a".repeat(100);
const half = "س".repeat(34);

// What is written, what is offered, how many parts that leaves, and which characters are to blame.
test.each([
  [`${latin}’s`, `${latin}'s`, 1, ["’"]],
  [`“${latin}”`, `"${latin}"`, 1, ["“", "”"]],
  [`«${latin}»`, `"${latin}"`, 1, ["«", "»"]],
  [`${latin}\u00a0b`, `${latin} b`, 1, ["\u00a0"]],
  [`${latin}\u202fb`, `${latin} b`, 1, ["\u202f"]],
  [`${latin}\tb`, `${latin} b`, 1, ["\t"]],
  [`${latin} – b — c`, `${latin} - b - c`, 1, ["–", "—"]],
  [`${latin}…`, `${latin}...`, 1, ["…"]],
  [`${latin}\u200c b`, `${latin} b`, 1, ["\u200c"]],
  [`\u200f${latin}`, latin, 1, ["\u200f"]],
  [`${latin}\u200b`, latin, 1, ["\u200b"]],
  [`${latin} ۱۲۳۴`, `${latin} 1234`, 1, ["۱", "۲", "۳", "۴"]],
  [`${latin} ٤٢`, `${latin} 42`, 1, ["٤", "٢"]],
  [`${latin}، b؟`, `${latin}, b?`, 1, ["،", "؟"]],
  [`${latin}e\u0301`, `${latin}é`, 1, ["\u0301"]],
  [`${"a".repeat(80)}  ${"a".repeat(79)}`, `${"a".repeat(80)} ${"a".repeat(79)}`, 1, []],
  [`${half}  ${half}س`, `${half} ${half}س`, 1, []],
  [`${half}\u00a0 ${half}س`, `${half} ${half}س`, 1, []],
  [`${half} \n\n\n${half}س`, undefined, 0, []],
  [`${half}\n\n\n${half}`, `${half}\n\n${half}`, 1, []],
  [`${half}\u200c\u200c${half}س`, `${half}\u200c${half}س`, 1, []],
  [`${half}\u200c، ${half}`, `${half}، ${half}`, 1, []],
  [`${half}ا\u0653${half}س`, `${half}آ${half}س`, 1, []],
  [`${half}\ufeff\u00ad${half}سس`, `${half}${half}سس`, 1, []],
  [`${half}ي  ك${half.slice(2)}س`, `${half}ی ک${half.slice(2)}س`, 1, []],
  [`${half}ة  ك${half.slice(2)}س`, `${half}ة ك${half.slice(2)}س`, 1, []],
] as const)("%j is offered as %j", (text, spelled, parts, because) => {
  expect(cheaperSpelling(text)).toEqual(spelled === undefined ? undefined : { text: spelled, parts, because });
});

test.each([
  ["what fits into one part however it is spelled", "“سلام”  ك"],
  ["an Arabic ی or ک, which costs the same", `${"ي".repeat(40)}${"ك".repeat(40)}`],
  ["a non-joiner that keeps two letters apart", `می\u200cخواهم ${"س".repeat(70)}`],
  ["quotes in a Persian text", `«${half}» «${half}»`],
  ["a letter that GSM-7 has not", `${latin}ç`],
  ["an emoji", `${latin} 👍`],
  ["a curly quote beside an emoji", `${latin}’s 👍`],
])("nothing is offered for %s", (_what, text) => {
  expect(cheaperSpelling(text)).toBeUndefined();
});

const chars = [
  ..."abc XYZ019@€[]  \n\t’“”«»–…٫٪،؛؟\u00a0\u200c\u200b\u200f\ufeff\u00ad",
  ..."سلامئيكیکة۱۲٣ێé\u0301\u0653\u0654👍",
];
const texts = fc.oneof(
  fc.array(fc.constantFrom(...chars), { maxLength: 320 }).map((letters) => letters.join("")),
  fc
    .array(fc.constantFrom(..."abc ’\u00a0–…۱", "  "), { minLength: 60, maxLength: 320 })
    .map((letters) => letters.join("")),
  fc.string({ unit: "binary", maxLength: 250 }),
);

test("whatever is offered has fewer parts, as two libraries count them, and is the last word", () => {
  let offers = 0;
  fc.assert(
    fc.property(texts, (text) => {
      const offered = cheaperSpelling(text);
      if (!offered) return;
      offers += 1;
      expect(offered.parts).toBe(countSegments(offered.text).parts);
      expect(offered.parts).toBeLessThan(countSegments(text).parts);
      expect(split(offered.text).parts.length).toBeLessThan(split(text).parts.length);
      expect(new SegmentedMessage(offered.text, "auto").segmentsCount).toBeLessThan(
        new SegmentedMessage(text, "auto").segmentsCount,
      );
      expect(cheaperSpelling(offered.text)).toBeUndefined();
    }),
    { numRuns: 1000 },
  );
  expect(offers).toBeGreaterThan(20);
});

test("no letter, digit, mark or emoji is lost, and none changes its place", () => {
  fc.assert(
    fc.property(texts, (text) => {
      expect(lettersOf(cheaperSpelling(text)?.text ?? text)).toBe(lettersOf(text));
    }),
    { numRuns: 1000 },
  );
});

/** What a reader reads, with the two spellings of a digit, of ی and of ک as one. */
function lettersOf(text: string): string {
  const composed = text.normalize("NFC").replaceAll("ي", "ی").replaceAll("ك", "ک");
  const digits = composed.replace(/[۰-۹٠-٩]/g, (digit) => String((digit.codePointAt(0) ?? 0) & 0xf));
  return (digits.match(/[\p{L}\p{M}\p{N}\p{Emoji}]/gu) ?? []).join("");
}

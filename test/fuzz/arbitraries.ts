import fc from "fast-check";

// What strangers, panels and people may hand over, shared by the fuzz tests. fast-check prints the seed of a failure.

/** Pieces that have broken parsers: controls, halves of pairs, marks of direction, signs that mean something to some syntax. */
const oddities = [
  "\u0000",
  "\u0007",
  "\u001b[2J",
  "\r\n",
  "\r",
  "\t",
  "\u00a0",
  "\u00ad",
  "\u200c",
  "\u200d",
  "\u200e",
  "\u200f",
  "\u202e",
  "\u2066",
  "\u2069",
  "\ufeff",
  "\ufffd",
  "\ufffe",
  "\uffff",
  "\ud800",
  "\udfff",
  "\ud83d\ude00",
  "👩‍👩‍👧‍👦",
  "🇮🇷",
  "ي",
  "ی",
  "۰۹۱۲",
  "٠٩",
  "%",
  "%zz",
  "%d8%b3",
  "%25D8",
  "+",
  "&",
  "&amp;",
  "&#0;",
  "&x;",
  "?",
  "=",
  ";",
  "<",
  ">",
  "]]>",
  "<!--",
  "<a>",
  "</",
  "'",
  '"',
  "\\",
  "\\u0000",
  "{",
  "}",
  "[",
  "]",
  "${",
  "$${A}",
  "//",
  "/*",
  "*/",
  ",",
  ":",
  "«",
  "»",
  "“",
  "„",
  "__proto__",
  "constructor",
  "null",
  "NaN",
  "-0",
  "1e999",
  "0912 345 6789",
  "+989121234567",
  "98",
  "0098",
  "9999999999999999999999",
] as const;

/** Text with everything in it. */
export const wildText = (maxLength = 60): fc.Arbitrary<string> =>
  fc
    .array(
      fc.oneof(
        { weight: 3, arbitrary: fc.constantFrom(...oddities) },
        { weight: 2, arbitrary: fc.string({ unit: "binary", maxLength: 8 }) },
        { weight: 2, arbitrary: fc.string({ maxLength: 8 }) },
        { weight: 1, arbitrary: fc.constantFrom("سلام، خوبید؟", "مبلغ ۱۲۰۰ ریال", " ") },
      ),
      { maxLength },
    )
    .map((pieces) => pieces.join(""));

/** A small piece again and again, as long as a message may be: what makes a parser slow that looks back too far. */
export const longRun = (length: number): fc.Arbitrary<string> =>
  fc
    .tuple(
      wildText(2),
      fc.constantFrom(" ", "a", "=", "a=", '"', "«", "\n", "0", "09 ", "%25", "&a=", "[", "<a>", ...oddities),
      wildText(2),
    )
    .map(([before, unit, after]) => before + unit.repeat(Math.floor(length / unit.length)) + after);

/** Bytes that may be UTF-8, nearly. */
export const wildBytes: fc.Arbitrary<Uint8Array> = fc.oneof(
  fc.uint8Array({ maxLength: 200 }),
  wildText().map((text) => new TextEncoder().encode(text)),
  fc.tuple(wildText(), fc.nat(50)).map(([text, cut]) => new TextEncoder().encode(text).slice(0, -cut || undefined)),
);

/** Any JSON, with the names and values that its reader looks for in likely and unlikely places. */
export function wildJson(names: readonly string[], values: readonly unknown[]): fc.Arbitrary<unknown> {
  const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
    tree: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      { weight: 4, arbitrary: fc.constantFrom(...values) },
      { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 1 }) },
      { weight: 1, arbitrary: wildText(6) },
      {
        weight: 5,
        arbitrary: fc
          .array(fc.tuple(fc.constantFrom(...names), tie("tree")), { maxLength: 4 })
          .map((pairs) => Object.fromEntries(pairs)),
      },
      { weight: 2, arbitrary: fc.array(tie("tree"), { maxLength: 4 }) },
    ),
  }));
  return tree;
}

/** Some of these texts, broken: cut off, with a piece taken out, or with something put in. */
export const damaged = (samples: readonly string[]): fc.Arbitrary<string> =>
  fc
    .tuple(fc.constantFrom(...samples), fc.nat(1_000), fc.nat(30), fc.oneof(fc.constant(""), wildText(3)))
    .map(([sample, at, length, added]) => {
      const start = at % (sample.length + 1);
      return sample.slice(0, start) + added + sample.slice(start + length);
    });

import { parseEnv } from "node:util";
import fc from "fast-check";
import { expect, test } from "vitest";
import { renderDotenv } from "../../src/cli/init/dotenv.ts";

const oddChars = fc.constantFrom(..." #'\"`\\=$\n\tبA0{}");
const odd = fc.oneof(fc.string(), fc.string({ unit: oddChars }));

test("whatever the secret, it is read again as it was, or nothing is written", () => {
  fc.assert(
    fc.property(odd, odd, odd, (before, first, second) => {
      const values = { ASANAK_PASSWORD: first, TELEGRAM_BOT_TOKEN: second };
      const text = renderDotenv(before, values);
      if (text !== undefined) expect({ ...parseEnv(text) }).toEqual({ ...parseEnv(before), ...values });
    }),
    { numRuns: 2_000 },
  );
});

test("passwords with signs in them are written, beside what was there", () => {
  const before = "# ours\nexport A=1\nPASS=old\nB='x # y'\n\n";
  for (const value of [
    "plain",
    "two words",
    "a#b",
    "it's",
    'say "hi"',
    `both ' and "`,
    "back\\slash",
    "$HOME",
    "رمز",
    "a=b",
  ]) {
    const text = renderDotenv(before, { PASS: value }) ?? "";
    expect(text).toMatch(/^# ours\nexport A=1\nB='x # y'\nPASS=/);
    expect(parseEnv(text)).toEqual({ A: "1", B: "x # y", PASS: value });
  }
  expect(renderDotenv("PASS='over\ntwo lines'\n", { PASS: "new" })).toBeUndefined();
});

import { expect, it } from "vitest";
import { createWords } from "../../src/providers/words.ts";

it("takes short secrets out of a panel's words in every spelling, too", () => {
  const words = createWords(["a&'b", ""]);
  for (const spelling of ["a&'b", "a&amp;'b", "a&amp;&apos;b", "a&amp;&#39;b", "a%26'b", "a%26%27b"]) {
    expect(words(`no <p>${spelling}</p>!`)).toBe("no <p>***</p>!");
  }
});

it("takes out the longest first, so that nothing is left of a secret that holds another one", () => {
  expect(createWords(["ab", "abcd"])("wrong: abcd")).toBe("wrong: ***");
});

it("takes a secret out before the words are cut", () => {
  const words = createWords(["the-secret"]);
  expect(words(`${"x".repeat(195)}the-secret`)).toBe(`${"x".repeat(195)}***`);
});

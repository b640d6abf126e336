import fc from "fast-check";
import { expect, test } from "vitest";
import { createRedactor } from "../../src/support/redact.ts";

const token = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1";

test("a bot token is hidden wherever it stands", () => {
  const { text } = createRedactor([]);
  expect(text(`https://api.telegram.org/bot${token}/getMe`)).toBe("https://api.telegram.org/bot***/getMe");
  expect(text(`token ${token}!`)).toBe("token ***!");
  expect(text("bot12:ab failed")).toBe("bot*** failed");
});

test("a secret is hidden in every spelling of a wire", () => {
  const secret = 'p&ss"w<rd/۱ 2';
  const { text } = createRedactor([secret]);
  const spellings = [
    secret,
    encodeURIComponent(secret),
    new URLSearchParams({ secret }).toString(),
    JSON.stringify({ secret }),
    "<password>p&amp;ss&quot;w&lt;rd/۱ 2</password>",
    '<password>p&amp;ss"w&lt;rd/۱ 2</password>',
    "<password>p&amp;ss&#34;w&lt;rd/۱ 2</password>",
    "s=p%26ss%22w%3crd%2f%db%b1%202",
    "s=p%26ss%22w%3crd%2f%db%b1+2",
  ];
  for (const spelling of spellings) {
    expect(text(spelling)).toContain("***");
    expect(text(spelling)).not.toMatch(/p(&|%26|&amp;)ss/);
  }
});

test("an apostrophe in a secret is hidden however XML writes it", () => {
  const { text } = createRedactor(["pa'ss<word"]);
  for (const spelling of ["pa'ss&lt;word", "pa&apos;ss&lt;word", "pa&#39;ss&lt;word"]) {
    expect(text(`<p>${spelling}</p>`)).toBe("<p>***</p>");
  }
});

test("shorter words are hidden where that is asked for, and never the empty one", () => {
  expect(createRedactor(["admin", ""], { shortest: 1 }).text("the admin page")).toBe("the *** page");
  expect(createRedactor([""], { shortest: 0 }).text("the page")).toBe("the page");
});

test("a secret inside a longer one leaves nothing of the longer one behind", () => {
  expect(createRedactor(["secret", "secret-and-more"]).text("it is secret-and-more")).toBe("it is ***");
});

test("words too short to be a secret are left alone", () => {
  expect(createRedactor(["admin"]).text("the admin page")).toBe("the admin page");
});

test("errors lose their secrets with their causes, their fields and their stack", () => {
  const cause = Object.assign(new Error("wrong password hunter22"), {
    config: { auth: ["hunter22"], url: new URL("http://a/hunter22") },
  });
  const error = new AggregateError([new Error("one hunter22")], "two hunter22", { cause });
  const value = createRedactor(["hunter22"]).value({ error, hunter22: 1 });
  expect(JSON.stringify(value)).not.toContain("hunter22");
  expect(value).toMatchObject({
    error: {
      type: "AggregateError",
      message: "two ***",
      cause: { message: "wrong password ***" },
      errors: [{ message: "one ***" }],
    },
  });
});

test("a cycle is cut", () => {
  const loop: { self?: unknown; name: string } = { name: "hunter22" };
  loop.self = loop;
  expect(createRedactor(["hunter22"]).value(loop)).toEqual({ name: "***", self: "[cut]" });
});

test("no secret survives in any text that holds it, and every value can be written as JSON", () => {
  fc.assert(
    fc.property(
      fc.string({ minLength: 6, maxLength: 20 }),
      fc.string(),
      fc.string(),
      fc.anything(),
      (secret, before, after, value) => {
        fc.pre(!"***".includes(secret) && !secret.includes("*"));
        const redactor = createRedactor([secret]);
        expect(
          redactor.text(`${before.replaceAll("*", "")}${secret}${after.replaceAll("*", "")}`).split("***").length,
        ).toBeGreaterThan(1);
        expect(() => JSON.stringify(redactor.value(value))).not.toThrow();
      },
    ),
    { numRuns: 200 },
  );
});

import { expect, test } from "vitest";
import { createRaw, load, problemsWith } from "./write-config.ts";

function createTwo() {
  const raw = createRaw();
  return {
    ...raw,
    providers: { ...raw.providers, panel: { ...raw.providers.asanak } },
    lines: {
      "982164063188": { provider: "asanak", desk: "support" },
      "30001234": { provider: "panel", desk: "oncall" },
    },
    desks: { support: { chat: -1001 }, oncall: { chat: 5 } },
  };
}

const line = (change: object) => ({ provider: "asanak", desk: "support", ...change });

test("a line's provider and desk must exist", async () => {
  const raw = createRaw();
  expect(
    await problemsWith({ ...raw, lines: { ...raw.lines, "30001234": { provider: "asanac", desk: "sales" } } }),
  ).toEqual([
    'lines.30001234.provider: there is no provider of this name — did you mean "asanak"?',
    "lines.30001234.desk: there is no desk of this name — there are: support",
  ]);
});

test("a fallback must be another line of the same desk, named once", async () => {
  const raw = createTwo();
  const fallback = ["982164063188", "30001234", "50001111", "30009999", "98 3000 9999"];
  expect(
    await problemsWith({
      ...raw,
      lines: { ...raw.lines, "982164063188": line({ fallback }), "30009999": line({}) },
      desks: { ...raw.desks, support: { chat: -1001, line: "021 6406 3188" } },
    }),
  ).toEqual([
    "lines.982164063188.fallback[0]: is the line itself — name another line",
    expect.stringMatching(/^lines\.982164063188\.fallback\[1\]: belongs to another desk than "982164063188" — /),
    "lines.982164063188.fallback[2]: is not one of the lines — list it under lines, or take it out",
    "lines.982164063188.fallback[4]: is named twice — keep one of them",
  ]);
});

test("fallbacks are folded as lines are", async () => {
  const raw = createRaw();
  const { config } = await load({
    ...raw,
    lines: { "02164063188": line({ fallback: ["98 3000 1234"] }), "30001234": line({}) },
    desks: { support: { line: "+98 21 64063188" } },
  });
  expect(config.lines["+982164063188"]?.fallback).toEqual(["30001234"]);
  expect(config.desks.support).toMatchObject({ line: "+982164063188", lines: ["30001234", "+982164063188"] });
});

test("a desk with several lines must name one of its own, one with none is a problem", async () => {
  const raw = createTwo();
  const lines = { "982164063188": line({}), "30001234": line({}) };
  expect(await problemsWith({ ...raw, lines })).toEqual([
    'desks.support.line: is missing, and this desk has several lines — name the one for /send: "30001234", "982164063188"',
    'desks.oncall: has no line — give a line the desk "oncall", or take the desk out',
  ]);
  expect(await problemsWith({ ...createTwo(), desks: { support: { line: "30001234" }, oncall: {} } })).toEqual([
    'desks.support.line: is not a line of this desk — name one of "982164063188"',
  ]);
});

test("two spellings of one line are told, and what is no number too", async () => {
  const raw = createRaw();
  const lines = { ...raw.lines, "02164063188": line({}), "+98 21 6406 3188": line({}), support: line({}) };
  expect((await problemsWith({ ...raw, lines })).slice(0, 3)).toEqual([
    'lines.02164063188: is the same line as "982164063188" — keep one of the two spellings',
    'lines["+98 21 6406 3188"]: is the same line as "982164063188" — keep one of the two spellings',
    "lines.support: is not a number — write the line as the panel shows it, digits only",
  ]);
});

test("a provider's desk is its own, else that of its first line, else the first one", async () => {
  const raw = createTwo();
  const deskOf = async (content: object) => (await load(content)).config.providers.panel?.desk;
  expect(
    await deskOf({ ...raw, providers: { ...raw.providers, panel: { ...raw.providers.panel, desk: "support" } } }),
  ).toBe("support");
  expect(await deskOf(raw)).toBe("oncall");
  const withoutLine = { ...raw, lines: { "982164063188": line({}), "30001234": line({ desk: "oncall" }) } };
  expect(await deskOf(withoutLine)).toBe("support");
  expect(
    await problemsWith({ ...raw, providers: { ...raw.providers, panel: { ...raw.providers.panel, desk: "x" } } }),
  ).toHaveLength(1);
});

test("the first line is the one written first, also where JavaScript would sort it to the back", async () => {
  const raw = createTwo();
  const lines = {
    "982164063188": { provider: "asanak", desk: "support" },
    "30001234": { provider: "asanak", desk: "oncall" },
  };
  const text = JSON.stringify({ ...raw, lines: "LINES" }).replace(
    '"LINES"',
    `{"982164063188":${JSON.stringify(lines["982164063188"])},"30001234":${JSON.stringify(lines["30001234"])}}`,
  );
  expect((await load(text)).config.providers.asanak?.desk).toBe("support");
});

test("two desks on one chat are a problem, two without a chat are not", async () => {
  const raw = createTwo();
  expect(await problemsWith({ ...raw, desks: { support: { chat: 5 }, oncall: { chat: 5 } } })).toEqual([
    'desks.oncall.chat: is also the chat of the desk "support" — give each desk its own chat',
  ]);
  expect(await problemsWith({ ...raw, desks: { support: {}, oncall: {} } })).toEqual([]);
});

test("Telegram's webhook needs a public https address", async () => {
  const raw = createRaw();
  const telegram = { ...raw.telegram, updates: "webhook" };
  expect(await problemsWith({ ...raw, telegram })).toEqual([
    expect.stringMatching(/^server\.publicUrl: is missing: .*webhook/),
  ]);
  expect(await problemsWith({ ...raw, telegram, server: { publicUrl: "http://a.example" } })).toHaveLength(1);
  expect(await problemsWith({ ...raw, telegram, server: { publicUrl: "https://a.example/" } })).toEqual([]);
});

test("names of providers and desks are short plain words", async () => {
  const raw = createRaw();
  expect(
    await problemsWith({
      ...raw,
      providers: { ...raw.providers, "a/b": raw.providers.asanak },
      desks: { ...raw.desks, ["x".repeat(33)]: {} },
      lines: { ...raw.lines, "30001234": { provider: "a/b", desk: "x".repeat(33) } },
    }),
  ).toEqual([
    'providers["a/b"]: this name must be 1 to 32 of the characters A-Z a-z 0-9 _ -',
    `desks.${"x".repeat(33)}: this name must be 1 to 32 of the characters A-Z a-z 0-9 _ -`,
  ]);
});

test("an inbox token must be long and fit into a URL", async () => {
  const raw = createRaw();
  const withToken = (inboxToken: string) => ({
    ...raw,
    providers: { asanak: { ...raw.providers.asanak, inboxToken } },
  });
  for (const bad of ["short", "has a blank in it, and is long", "سسسسسسسسسسسسسسسسسس", "a/b/c/d/e/f/g/h/i/j/k"]) {
    expect(await problemsWith(withToken(bad))).toEqual([
      expect.stringMatching(/^providers\.asanak\.inboxToken: .* — .*openssl/),
    ]);
  }
});

test("a template has a form for a known provider, as its panel needs it", async () => {
  const raw = createRaw();
  const templates = { ready: { asanak: { templateId: "x", parameters: [] }, other: {} } };
  expect(await problemsWith({ ...raw, templates })).toEqual([
    expect.stringMatching(/^templates\.ready\.other: there is no provider/),
    expect.stringMatching(/^templates\.ready\.asanak\.templateId: must be a/),
    expect.stringMatching(/^templates\.ready\.asanak\.parameters: must have at least 1 entry/),
  ]);
  expect(
    await problemsWith({ ...raw, templates: { ready: { asanak: { templateId: 12, parameters: ["name"] } } } }),
  ).toEqual([]);
});

import { expect, test } from "vitest";
import { parseConfig } from "../../src/config/load.ts";
import type { Simulators } from "../../src/sandbox/start.ts";
import { openPage } from "./open-page.ts";

const persian = /\p{Script=Arabic}/u;

test.each([
  [{}, "fa", "پشتیبانی", ["سارا", "رضا", "مینا"]],
  [{ language: "fa" }, "fa", "پشتیبانی", ["سارا", "رضا", "مینا"]],
  [{ language: "en" }, "en", "Support", ["Sara", "Reza", "Mina"]],
] as const)("a world with %j speaks %s, in the group %s", async (options, language, title, names) => {
  const { world } = await openPage(options);
  expect(world.group.chat.title).toBe(title);
  expect(world.operators.map(({ first_name }) => first_name)).toEqual(names);
  expect(world.operators.map(({ username }) => username)).toEqual(["sara", "reza", "mina"]);
  expect(languageOf(world)).toBe(language);
});

test("another language is the bot's from then on, and is seen at once; names and what was written stay", async () => {
  const { world, get, post, readState } = await openPage({ panels: ["mydnspanel"] });
  await post("/phones/09120000001/sms", { text: "سلام" });
  expect((await get("")).routes).toContainEqual(
    expect.stringMatching(/^POST \/sandbox\/language \{language: fa\|en\}/),
  );
  expect(await readState()).toMatchObject({ language: "fa", choice: "mydnspanel" });

  expect(await post("/language", { language: "en" })).toEqual({ status: 200, body: { language: "en" } });
  expect(world.language).toBe("en");
  expect(languageOf(world)).toBe("en");
  expect(await readState()).toMatchObject({
    language: "en",
    choice: "mydnspanel",
    handsets: [{ thread: [{ text: "سلام" }] }],
    telegram: { title: "پشتیبانی", operators: [{ name: "سارا" }, { name: "رضا" }, { name: "مینا" }] },
  });
  await post("/panels", { panel: "all" });
  expect(languageOf(world)).toBe("en");
  await post("/language", { language: "fa" });
  expect(languageOf(world)).toBe("fa");
});

test.each([{}, { language: "de" }, { language: "" }, { language: ["en"] }])(
  "/language refuses %j in words",
  async (body) => {
    const { world, post } = await openPage({});
    expect(await post("/language", body)).toEqual({ status: 400, body: { error: "language is one of fa, en" } });
    expect(languageOf(world)).toBe("fa");
  },
);

test("a customer in a hurry writes in the language that the bot speaks", async () => {
  const { world, url, post } = await openPage({});
  world.connect(url);
  await post("/phones/09120000001/burst", { count: 12 });
  await post("/language", { language: "en" });
  await post("/phones/09120000002/burst", { count: 12 });
  const textsOf = (number: string) => world.phones.phone(number).thread.map(({ text }) => text);
  expect(textsOf("09120000001").filter((text) => !persian.test(text))).toEqual([]);
  expect(new Set(textsOf("09120000002")).size).toBe(12);
  expect(textsOf("09120000002").filter((text) => persian.test(text))).toEqual([]);
});

function languageOf(world: Simulators): string | undefined {
  const { config } = parseConfig(JSON.stringify(world.bridgeConfig()), { file: "sandbox.json", env: {} });
  return config.desks.support?.language;
}

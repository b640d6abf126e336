import type { Server } from "node:http";
import express from "express";
import { expect, onTestFinished, test } from "vitest";
import { parseConfig } from "../../src/config/load.ts";
import { type Simulators, type SimulatorsOptions, startSimulators } from "../../src/sandbox/start.ts";

const persian = /\p{Script=Arabic}/u;

test.each([
  [{}, "fa", "پشتیبانی", ["سارا", "رضا", "مینا"]],
  [{ language: "fa" }, "fa", "پشتیبانی", ["سارا", "رضا", "مینا"]],
  [{ language: "en" }, "en", "Support", ["Sara", "Reza", "Mina"]],
] as const)("a world with %j speaks %s, in the group %s", async (options, language, title, names) => {
  const { world } = await openWorld(options);
  expect(world.group.chat.title).toBe(title);
  expect(world.operators.map(({ first_name }) => first_name)).toEqual(names);
  expect(world.operators.map(({ username }) => username)).toEqual(["sara", "reza", "mina"]);
  expect(languageOf(world)).toBe(language);
});

test("another language is the bot's from then on, and is seen at once; names and what was written stay", async () => {
  const { world, get, post, state } = await openWorld({ panels: ["mydnspanel"] });
  await post("/phones/09120000001/sms", { text: "سلام" });
  expect((await get("")).routes).toContainEqual(
    expect.stringMatching(/^POST \/sandbox\/language \{language: fa\|en\}/),
  );
  expect(await state()).toMatchObject({ language: "fa", choice: "mydnspanel" });

  expect(await post("/language", { language: "en" })).toEqual({ status: 200, body: { language: "en" } });
  expect(world.language).toBe("en");
  expect(languageOf(world)).toBe("en");
  expect(await state()).toMatchObject({
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
    const { world, post } = await openWorld({});
    expect(await post("/language", body)).toEqual({ status: 400, body: { error: "language is one of fa, en" } });
    expect(languageOf(world)).toBe("fa");
  },
);

test("a customer in a hurry writes in the language that the bot speaks", async () => {
  const { world, url, post } = await openWorld({});
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

async function openWorld(options: SimulatorsOptions) {
  const world = await startSimulators({ deliverAfterMs: 20, limits: "none", ...options });
  onTestFinished(() => world.stop());
  const server = await new Promise<Server>((resolve) => {
    const listening = express()
      .use(world.control)
      .listen(0, "127.0.0.1", () => resolve(listening));
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const url = `http://127.0.0.1:${address !== null && typeof address === "object" ? address.port : 0}`;
  return {
    world,
    url,
    /** What a page that comes now is told. */
    async state(): Promise<unknown> {
      const { body } = await fetch(`${url}/sandbox/events`);
      let text = "";
      for await (const chunk of body ?? []) {
        text += Buffer.from(chunk).toString();
        const [, state] = /^data: (.+)\n\n/m.exec(text) ?? [];
        if (state !== undefined) return JSON.parse(state);
      }
      throw new Error("the stream of events ended");
    },
    get: async (path: string) => (await (await fetch(`${url}/sandbox${path}`)).json()) as Record<string, unknown>,
    async post(path: string, body: object): Promise<{ status: number; body: unknown }> {
      const headers = { "content-type": "application/json" };
      const response = await fetch(`${url}/sandbox${path}`, { method: "POST", headers, body: JSON.stringify(body) });
      return { status: response.status, body: await response.json() };
    },
  };
}

import { readdirSync, readFileSync } from "node:fs";
import type { Server } from "node:http";
import express from "express";
import { afterEach, beforeEach, expect, test } from "vitest";
import { panelTroubles, telegramTroubles } from "../../src/sandbox/page/trouble.ts";
import { readWords } from "../../src/sandbox/page/words.ts";
import { panelKinds, type Simulators, startSimulators } from "../../src/sandbox/start.ts";

let simulators: Simulators;
let web: Server;
let url: string;

beforeEach(async () => {
  simulators = await startSimulators({ deliverAfterMs: 20, panels: ["asanak", "soap-panel", "mydnspanel"] });
  web = await new Promise<Server>((resolve) => {
    const listening = express()
      .use(simulators.control)
      .listen(0, "127.0.0.1", () => resolve(listening));
  });
  const address = web.address();
  url = `http://127.0.0.1:${address !== null && typeof address === "object" ? address.port : 0}`;
});

afterEach(async () => {
  web.closeAllConnections();
  web.close();
  await simulators.stop();
});

test.each([
  ["fa", "rtl"],
  ["en", "ltr"],
] as const)("the page is served in %s, and everything it names comes from us", async (language, direction) => {
  const page = await fetch(`${url}/?lang=${language}`);
  const html = await page.text();
  expect(page.status).toBe(200);
  expect(page.headers.get("content-type")).toMatch(/^text\/html/);
  expect(page.headers.get("content-security-policy")).toContain("default-src 'none'; script-src 'self'");
  expect(html).toContain(`<html lang="${language}" dir="${direction}"`);
  expect(html).toContain(readWords(language).tagline);
  expect(html).not.toContain("{{");
  expect(html).not.toMatch(/<script(?![^>]* src=)|<style| style=| on[a-z]+=/);
  await expectOwnFiles(html, "/");
});

test("the language is the browser's, and one that we do not have is refused", async () => {
  const speaking = async (languages: string) =>
    (await fetch(url, { headers: { "accept-language": languages } })).text();
  expect(await speaking("fa-IR,fa;q=0.9,en;q=0.5")).toContain('lang="fa"');
  expect(await speaking("de")).toContain('lang="en"');
  const odd = await fetch(`${url}/?lang=xx`);
  expect(odd.status).toBe(400);
  expect(await odd.json()).toEqual({ error: "lang is one of fa, en" });
});

test("both languages have the same words, each that the page or its scripts use, and no other", () => {
  const [fa, en] = [readWords("fa"), readWords("en")];
  expect(Object.keys(fa)).toEqual(Object.keys(en));
  for (const [key, sentence] of Object.entries(en)) expect(namesIn(fa[key] ?? "")).toEqual(namesIn(sentence));
  const page = new URL("../../src/sandbox/page/", import.meta.url);
  const template = readFileSync(new URL("page.html", page), "utf8");
  const client = new URL("client/", page);
  const scripts = readdirSync(client)
    .filter((name) => name.endsWith(".ts"))
    .map((name) => readFileSync(new URL(name, client), "utf8"))
    .join("\n");
  const said = [...scripts.matchAll(/\bsay\("([\w-]+)"/g)].map(([, key = ""]) => key);
  expect(said).toContain("no-messages");
  said.push(
    ...panelTroubles.map((one) => `panel-${one}`),
    ...panelTroubles.filter((one) => one !== "none").map((one) => `panel-${one}-hint`),
    ...telegramTroubles.map((one) => `telegram-${one}-hint`),
    ...panelKinds.map((kind) => `side-${kind}`),
    ...["running", "starting", "down"].map((state) => `bridge-${state}`),
    "side-telegram",
    "side-bridge",
  );
  expect(said.filter((key) => en[key] === undefined)).toEqual([]);
  const isUsed = (key: string) => said.includes(key) || scripts.includes(`"${key}"`) || template.includes(`{{${key}}}`);
  expect(Object.keys(en).filter((key) => !isUsed(key))).toEqual([]);
});

test("the events tell a conversation as it goes on: SMS, topic, answer, tick, button, the calls on the wire", async () => {
  const { phones, group, operators, telegram } = simulators;
  const [sara] = operators;
  if (!sara) throw new Error("there is no operator");
  await using events = await listen();
  expect(await events.until(() => true)).toMatchObject({
    panels: [
      { kind: "asanak", trouble: "none" },
      { kind: "soap-panel", trouble: "none" },
      { kind: "mydnspanel", trouble: "none" },
    ],
    telegram: { trouble: "limited", topics: [], operators: [{ name: "سارا" }, { name: "رضا" }, { name: "مینا" }] },
  });

  await expect(phones.phone("09120000001").sends("سلام")).rejects.toThrow("no address is registered");
  const written = await events.until(({ handsets }) => handsets[0]?.thread.length === 1);
  expect(written.handsets).toMatchObject([
    { number: "09120000001", isOn: true, thread: [{ direction: "sent", text: "سلام" }] },
  ]);

  await post("/phones/09120000001/power", { on: false });
  await events.until(({ handsets }) => handsets[0]?.isOn === false);

  const topic = group.createTopic(sara, "0912 000 0001");
  const answer = group.say(sara, "در خدمتم", { topic: topic.id });
  const sent = await callBot("sendMessage", {
    chat_id: group.id,
    message_thread_id: topic.id,
    text: "✓",
    reply_parameters: { message_id: answer.id },
    reply_markup: { inline_keyboard: [[{ text: "لغو", callback_data: "cancel" }]] },
  });
  const ticked = await events.until(({ telegram: { topics } }) => topics[0]?.messages.some(({ text }) => text === "✓"));
  expect(ticked.telegram.topics[0]?.messages.at(-1)).toMatchObject({ replyTo: answer.id, buttons: [["لغو"]] });
  await callBot("editMessageText", { chat_id: group.id, message_id: sent, text: "✓✓" });
  await callBot("sendMessage", { chat_id: 1, text: "x" });
  const last = await events.until(({ log }) => log.some(({ isBad }) => isBad));
  expect(last.telegram.topics[0]?.messages.at(-1)).toMatchObject({ text: "✓✓", isEdited: true });
  expect(last.log.map(({ asked, answered }) => `${asked} → ${answered}`)).toEqual([
    "→ push Source=09120000001 MsgBody=\u2068سلام\u2069 → undefined",
    `sendMessage topic ${topic.id} “\u2068✓\u2069” → ok, message ${sent}`,
    `editMessageText message ${sent} “\u2068✓✓\u2069” → ok, message ${sent}`,
    "sendMessage “x” → 400 Bad Request: chat not found",
  ]);
  expect(JSON.stringify(last)).not.toContain(telegram.token);
});

test("no secret of a panel is in the events, and an answer that never left is called so", async () => {
  const { asanak, soapPanel, mydnspanel } = simulators;
  const login = { username: asanak.account.username, password: asanak.account.password };
  await using events = await listen();
  const form = { source: asanak.account.lines[0], destination: "09120000001", message: "سلام" };
  await post("/panels/asanak/trouble", { trouble: "silent" });
  const call = { method: "POST", headers: { "content-type": "application/json" } };
  const gone = new AbortController();
  const unanswered = fetch(`${asanak.url}/sendsms`, {
    ...call,
    body: JSON.stringify({ ...login, ...form }),
    signal: gone.signal,
  }).catch(() => "gone");
  const state = await events.until(({ log }) => log.some(({ asked }) => asked.startsWith("POST sendsms")));
  gone.abort();
  expect(await unanswered).toBe("gone");
  expect(state.panels[0]).toMatchObject({ kind: "asanak", trouble: "silent" });
  expect(state.log).toMatchObject([{ side: "asanak", isUnanswered: true, answered: "200" }]);
  await fetch(`${mydnspanel.url}?action=credit&key=${mydnspanel.account.apiKey}`);
  const text = JSON.stringify(await events.until(({ log }) => log.some(({ side }) => side === "mydnspanel")));
  for (const secret of [login.password, soapPanel.account.password, mydnspanel.account.apiKey]) {
    expect(text).not.toContain(secret);
  }
});

test("another choice of panels is seen at once; where no bridge belongs to the world, none can be started", async () => {
  await using events = await listen();
  expect(await events.until(() => true)).toMatchObject({ choice: "all", bridge: { state: "down" } });
  expect(await post("/panels", { panel: "soap-panel" })).toEqual({ status: 200, body: { panel: "soap-panel" } });
  const chosen = await events.until(({ choice }) => choice === "soap-panel");
  expect(chosen.panels).toEqual([{ kind: "soap-panel", lines: ["30001234"], trouble: "none" }]);
  expect((await post("/phones/09120000001/sms", { text: "x", to: "982164063188" })).status).toBe(409);
  expect((await post("/phones/09120000001/sms", { text: "x" })).status).toBe(200);
  expect(simulators.soapPanel.received).toHaveLength(1);
  expect((await post("/panels/asanak/trouble", { trouble: "slow" })).status).toBe(404);
  expect((await post("/panels", { panel: "odd" })).status).toBe(400);
  expect(await post("/bridge", { do: "start" })).toEqual({
    status: 409,
    body: { error: "no bridge belongs to this world" },
  });
  expect(await post("/bridge", { do: "kill" })).toEqual({ status: 200, body: { state: "down" } });
});

test("a question that is repeated is one line with a count, and two sends are two lines", async () => {
  const { asanak, mydnspanel } = simulators;
  const { username, password, lines } = asanak.account;
  const ask = () => fetch(`${mydnspanel.url}?action=credit&key=${mydnspanel.account.apiKey}`);
  const send = () =>
    fetch(`${asanak.url}/sendsms`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ username, password, source: lines[0], destination: "09120000001", message: "x" }),
    });
  for (const call of [ask, send, ask, send, ask]) await call();
  await using events = await listen();
  const { log } = await events.until(() => true);
  expect(log.map(({ asked, times }) => [asked.split(" ").slice(0, 2).join(" "), times])).toEqual([
    ["GET credit", 3],
    ["POST sendsms", 1],
    ["POST sendsms", 1],
  ]);
});

test("a text that is cut in the log leaves no direction open, so that the rest of the line stays in its place", async () => {
  const { group, operators } = simulators;
  const topic = group.createTopic(operators[0] ?? expect.fail("no operator"), "0912");
  const text = `✓ رسید «\u2068${"سلام ".repeat(30)}\u2069»`;
  await callBot("sendMessage", { chat_id: group.id, message_thread_id: topic.id, text });
  await using events = await listen();
  const { log } = await events.until(() => true);
  expect(log[0]?.asked).toMatch(/^sendMessage topic \d+ “\u2068✓ رسید «\u2068[^\u2066-\u2069]+…\u2069\u2069”$/);
});

test("troubles reach panels and Telegram, and go again", async () => {
  const { asanak, telegram } = simulators;
  const login = { username: asanak.account.username, password: asanak.account.password };
  const form = { source: asanak.account.lines[0], destination: "09120000001", message: "سلام" };
  const send = async () =>
    (
      await fetch(`${asanak.url}/sendsms`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ ...login, ...form }),
      })
    ).status;
  for (const kind of ["asanak", "soap-panel", "mydnspanel"]) {
    expect(await post(`/panels/${kind}/trouble`, { trouble: "credit" })).toEqual({
      status: 200,
      body: { trouble: "credit" },
    });
  }
  expect(await send()).toBe(402);
  await post("/panels/asanak/trouble", { trouble: "none" });
  expect(await send()).toBe(200);

  const reach = () =>
    fetch(`${telegram.url}/bot${telegram.token}/getMe`).then(
      ({ status }) => status,
      () => "away",
    );
  await post("/telegram/trouble", { trouble: "away" });
  expect(await reach()).toBe("away");
  await post("/telegram/trouble", { trouble: "free" });
  expect(await reach()).toBe(200);
});

test("a phone is added, with a number of its own or with the next that is free", async () => {
  expect(await post("/phones", {})).toEqual({ status: 200, body: { number: "09120000001" } });
  expect(await post("/phones", {})).toEqual({ status: 200, body: { number: "09120000002" } });
  expect(await post("/phones", { number: "+98 935 000 0000" })).toEqual({
    status: 200,
    body: { number: "09350000000" },
  });
});

test.each([
  ["/phones", { number: "12" }, 400, /^number is that of a mobile phone/],
  ["/phones", { number: 12 }, 400, /^number is that of a mobile phone/],
  ["/phones/abc/power", { on: false }, 400, /^a number has digits$/],
  ["/phones/abc/sms", { text: "x" }, 400, /^a number has digits$/],
  ["/phones/0912/sms", {}, 400, /^text is missing$/],
  ["/panels/asanak/trouble", { trouble: "odd" }, 400, /^trouble is one of none, slow, credit, silent$/],
  ["/panels/asanak/trouble", {}, 400, /^trouble is one of/],
  ["/panels/none/trouble", { trouble: "slow" }, 404, /^there is no such panel$/],
  ["/telegram/trouble", { trouble: "none" }, 400, /^trouble is one of limited, free, away$/],
] as const)("%s refuses %j in words", async (path, body, status, error) => {
  expect(await post(path, body)).toEqual({ status, body: { error: expect.stringMatching(error) } });
});

/** The names that a sentence leaves open, `{line}`. */
function namesIn(sentence: string): string[] {
  return (sentence.match(/\{\w+\}/g) ?? []).sort();
}

async function post(path: string, body: object) {
  const response = await fetch(`${url}/sandbox${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

/** Calls the Bot API as a bot does; resolves to the number of the message, if there is one. */
async function callBot(method: string, parameters: object): Promise<number> {
  const { telegram } = simulators;
  const response = await fetch(`${telegram.url}/bot${telegram.token}/${method}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(parameters),
  });
  const answer = (await response.json()) as { result?: { message_id?: number } };
  return answer.result?.message_id ?? 0;
}

interface State {
  readonly choice: string;
  readonly bridge: { readonly state: string };
  readonly panels: readonly { kind: string; trouble: string }[];
  readonly handsets: readonly { number: string; isOn: boolean; thread: readonly object[] }[];
  readonly telegram: {
    readonly topics: readonly { id: number; messages: readonly { text: string }[] }[];
  };
  readonly log: readonly { side: string; asked: string; answered?: string; isBad: boolean; times: number }[];
}

/** Reads the stream of events as a browser does. */
async function listen() {
  const closing = new AbortController();
  const response = await fetch(`${url}/sandbox/events`, { signal: closing.signal });
  expect(response.headers.get("content-type")).toMatch(/^text\/event-stream/);
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  if (!reader) throw new Error("the stream has no body");
  let rest = "";
  async function next(): Promise<State> {
    for (;;) {
      const [whole] = /^[\s\S]*?\n\n/.exec(rest) ?? [];
      if (whole !== undefined) {
        rest = rest.slice(whole.length);
        const line = /^data: (.*)$/m.exec(whole)?.[1];
        if (line !== undefined) return JSON.parse(line);
        continue;
      }
      const { value, done } = (await reader?.read()) ?? { value: undefined, done: true };
      if (done) throw new Error("the stream ended");
      rest += value ?? "";
    }
  }
  return {
    async until(isWanted: (state: State) => unknown): Promise<State> {
      for (;;) {
        const state = await next();
        if (isWanted(state)) return state;
      }
    },
    async [Symbol.asyncDispose]() {
      closing.abort();
    },
  };
}

/** Follows every reference of a page, a sheet or a script, and those of what is found there. */
async function expectOwnFiles(text: string, from: string, seen = new Set<string>()): Promise<void> {
  expect(text.replaceAll("http://www.w3.org/2000/svg", "")).not.toMatch(/\b(?:https?:)?\/\/[a-z]/i);
  const named = [...text.matchAll(/(?:src="|href="|url\("|from ")([^"#?]+)"/g)].map(([, name = ""]) => name);
  for (const name of named) {
    const { pathname } = new URL(name, new URL(from, url));
    if (seen.has(pathname) || pathname === "/") continue;
    seen.add(pathname);
    const file = await fetch(`${url}${pathname}`);
    expect([pathname, file.status]).toEqual([pathname, 200]);
    if (/\.(?:js|css|svg)$/.test(pathname)) await expectOwnFiles(await file.text(), pathname, seen);
  }
  if (from === "/") expect(seen).toContain("/sandbox/page/vazirmatn.woff2");
}

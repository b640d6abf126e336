import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { panelTroubles, telegramTroubles } from "../../src/sandbox/page/trouble.ts";
import { readWords } from "../../src/sandbox/page/words.ts";
import { panelKinds } from "../../src/sandbox/start.ts";
import { openPage } from "./open-page.ts";

test.each([
  ["fa", "rtl"],
  ["en", "ltr"],
] as const)("the page is served in %s, and everything it names comes from us", async (language, direction) => {
  const { url } = await openPage({ panels: panelKinds });
  const page = await fetch(`${url}/?lang=${language}`);
  const html = await page.text();
  expect(page.status).toBe(200);
  expect(page.headers.get("content-type")).toMatch(/^text\/html/);
  expect(page.headers.get("content-security-policy")).toContain("default-src 'none'; script-src 'self'");
  expect(html).toContain(`<html lang="${language}" dir="${direction}"`);
  expect(html).toContain(readWords(language).tagline);
  expect(html).not.toContain("{{");
  expect(html).not.toMatch(/<script(?![^>]* src=)|<style| style=| on[a-z]+=/);
  await expectOwnFiles(url, html, "/");
});

test("the language is the browser's, and one that we do not have is refused", async () => {
  const { url } = await openPage({ panels: panelKinds });
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

test("a picture that the bot sends is told with its caption, and given to the page", async () => {
  const { world, url, readState } = await openPage();
  const dot = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
  const picture = Buffer.from(dot, "base64");
  const form = new FormData();
  form.set("chat_id", String(world.group.id));
  form.set("caption", "a dot");
  form.set("photo", new Blob([picture]), "dot.png");
  await fetch(`${world.telegram.url}/bot${world.telegram.token}/sendPhoto`, { method: "POST", body: form });
  const shown = (await readState()).telegram.general.at(-1);
  expect(shown).toMatchObject({ text: "a dot", picture: { width: 1, height: 1 } });
  const response = await fetch(`${url}/sandbox/pictures/${shown?.picture?.id}`);
  expect(response.headers.get("content-type")).toBe("image/png");
  expect(Buffer.from(await response.arrayBuffer())).toEqual(picture);
  expect((await fetch(`${url}/sandbox/pictures/none`)).status).toBe(404);
});

/** The names that a sentence leaves open, `{line}`. */
function namesIn(sentence: string): string[] {
  return (sentence.match(/\{\w+\}/g) ?? []).sort();
}

/** Follows every reference of a page, a sheet or a script, and those of what is found there. */
async function expectOwnFiles(url: string, text: string, from: string, seen = new Set<string>()): Promise<void> {
  expect(text.replaceAll("http://www.w3.org/2000/svg", "")).not.toMatch(/\b(?:https?:)?\/\/[a-z]/i);
  const named = [...text.matchAll(/(?:src="|href="|url\("|from ")([^"#?]+)"/g)].map(([, name = ""]) => name);
  for (const name of named) {
    const { pathname } = new URL(name, new URL(from, url));
    if (seen.has(pathname) || pathname === "/") continue;
    seen.add(pathname);
    const file = await fetch(`${url}${pathname}`);
    expect([pathname, file.status]).toEqual([pathname, 200]);
    if (/\.(?:js|css|svg)$/.test(pathname)) await expectOwnFiles(url, await file.text(), pathname, seen);
  }
  if (from === "/") expect(seen).toContain("/sandbox/page/vazirmatn.woff2");
}

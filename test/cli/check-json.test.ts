import { readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import pino from "pino";
import { expect, test, vi } from "vitest";
import { findingCodes } from "../../src/cli/check/codes.ts";
import { lookSafely } from "../../src/cli/check/look-safely.ts";
import { loadConfig } from "../../src/config/load.ts";
import { asanakHook } from "../../src/sandbox/bridge-config.ts";
import { panelKinds } from "../../src/sandbox/start.ts";
import { createSystemClock } from "../../src/support/system-clock.ts";
import { readDocument } from "./name-one-fault.ts";
import { call, startChild, startWorld, withBridge } from "./start-world.ts";

vi.setConfig({ testTimeout: 60_000 });

test("every code is made of plain words, and what is bad says why it matters and what to do", () => {
  for (const [code, { kind, says, why, advice }] of findingCodes) {
    expect(code).toMatch(/^[a-z]+\.[a-z]+(-[a-z]+)*$/);
    expect(says).toMatch(/\.$/);
    if (kind === "bad")
      expect({ code, why, advice }).toEqual({ code, why: expect.any(String), advice: expect.any(String) });
  }
});

test("every problem of a configuration is a finding with its path, and nothing else is written", async () => {
  const world = await startWorld();
  await world.configure((raw) => ({ ...raw, keepDays: -1, timeZone: "Mars" }));
  const called = await call(["check", "--config", world.file, "--json"]);
  expect(called).toMatchObject({ code: 2, err: "" });
  const { findings } = readDocument(called);
  expect(findings.map(({ code, subject }) => `${code} ${subject}`).toSorted()).toEqual([
    "config.problem keepDays",
    "config.problem timeZone",
  ]);
  await writeFile(world.file, "{ nonsense");
  expect(readDocument(await call(["check", "--config", world.file, "--json"])).findings).toMatchObject([
    { kind: "bad", code: "config.problem", subject: expect.stringMatching(/^config\.json:1:/) },
  ]);
});

test("without a configuration both ways on are named, as a finding", async () => {
  const child = startChild(["check", "--config", "/nowhere/config.json", "--json"]);
  const { findings } = readDocument({ code: (await child.ended) ?? -1, out: child.text() });
  expect(findings).toMatchObject([
    {
      kind: "bad",
      code: "config.missing",
      subject: "/nowhere/config.json",
      advice: expect.stringMatching(/`chapar init`.*`chapar sandbox`/),
    },
  ]);
});

test.each([["run"], ["check"], ["send", "--line", "30001234", "--to", "09121234567", "سلام"]])(
  "%s without a configuration names both ways on",
  async (...argv) => {
    const { code, err } = await call([...argv, "--config", "/nowhere/config.json"]);
    expect(code).toBe(2);
    expect(err).toMatch(/does not exist — `chapar init`.*`chapar sandbox`/);
  },
);

test("no secret is in the document, not even where others repeat what they were sent", async () => {
  const world = await startWorld({ panels: panelKinds });
  const { secrets } = await loadConfig(world.file, {});
  expect(secrets.length).toBeGreaterThan(4);
  world.asanak.mode({
    kind: "refuse",
    refusal: { http: 400, code: 4242, message: `no ${world.asanak.account.password}` },
    on: "all",
  });
  world.telegram.fail("getChat", { code: 400, description: `Bad Request: ${secrets.join(" ")}`, times: 9 });
  const { out } = await call(["check", "--config", world.file, "--json"]);
  readDocument({ code: 2, out });
  for (const secret of secrets) expect(out).not.toContain(secret);
  expect(out).toContain("***");
});

test("the URL to register and what nobody could read are in the document only where they are asked for", async () => {
  const world = await startWorld();
  const { inboxToken } = world.bridgeConfig().providers.asanak;
  await withBridge(world, async (url) => {
    await fetch(`${url}${asanakHook}`, { method: "POST", body: `a line\nof ${world.asanak.account.password}` });
  });
  const plain = await call(["check", "--config", world.file, "--json"], { isTerminal: true });
  expect(plain.out).not.toContain(inboxToken);
  expect(readDocument(plain)).not.toHaveProperty("unreadable");

  const shown = await call(["check", "--config", world.file, "--json", "--show-urls", "--show-unreadable"]);
  expect(shown.out).toContain(`/hooks/asanak/${inboxToken}`);
  expect(readDocument(shown).unreadable).toMatchObject([
    { provider: "asanak", raw: expect.stringContaining("of ***") },
  ]);
});

test("a person at a terminal reads lines that fit, what is wrong last, and what to do below it", async () => {
  const world = await startWorld({ panels: panelKinds });
  world.group.setBot("administrator", { can_manage_topics: false });
  world.soapPanel.mode({ kind: "html", on: "all" });
  const { out, code } = await call(["check", "--config", world.file], { isTerminal: true });
  expect(code).toBe(2);
  const lines = out.split("\n");
  const first = lines.findIndex((line) => line.startsWith("✗"));
  expect(lines.slice(0, first).filter((line) => line.startsWith("✓")).length).toBeGreaterThan(5);
  expect(lines.slice(first).some((line) => /^[✓·]/u.test(line))).toBe(false);
  expect(lines.slice(first, first + 4)).toEqual([
    '✗ support: the bot lacks the right "Manage Topics"',
    "    why: it cannot open a topic for a new customer, so that every SMS lands in General",
    "    do:  give it this right in the group's settings, under Administrators",
    "",
  ]);
  expect(lines.slice(first).filter((line) => [...line].length > (/^ /.test(line) ? 88 : 100))).toEqual([]);
  expect(lines.at(-1)).toBe("2 things are wrong");
});

test("a check that breaks off is a finding like any other, without a word of what it held in hand", async () => {
  const world = await startWorld();
  const clock = {
    ...createSystemClock(),
    after(): never {
      throw new RangeError("a clock with a secret in it");
    },
  };
  const log = pino({ level: "silent" });
  const look = { clock, log, showsUrls: false, inColumns: false };
  const { findings } = await lookSafely(world.file, await loadConfig(world.file, {}), look);
  expect(findings).toMatchObject([{ kind: "bad", code: "check.broken-off", subject: world.file }]);
  expect(findings[0]?.text).toBe("check: stopped by an unexpected RangeError");
});

test("the documents tell every code, and the operating guide the shape of the document", async () => {
  const docs = join(dirname(import.meta.dirname), "../docs");
  const page = await readFile(join(docs, "check.md"), "utf8");
  for (const [code] of findingCodes) expect(page).toContain(`\`${code}\``);
  const guide = await readFile(join(docs, "operating.md"), "utf8");
  const example = /## What `chapar check` says.*?```json\n(.*?)```/s.exec(guide)?.[1] ?? "";
  readDocument({ code: 2, out: example });
});

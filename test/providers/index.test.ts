import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { z } from "zod";
import { createProvider, providerConfig, providerKinds, requireKind } from "../../src/providers/index.ts";
import { createDeps } from "./deps.ts";

const least = { kind: "asanak", username: "u", password: "p" };

function problemsOf(settings: object): string[] {
  const parsed = providerConfig.safeParse(settings);
  return parsed.error?.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`) ?? [];
}

describe("a provider's settings", () => {
  it("have defaults for everything but the login", () => {
    expect(providerConfig.parse(least)).toEqual({
      ...least,
      baseUrl: "https://sms.asanak.ir/webservice/v2rest",
      encoding: "json",
      doubleDecode: "auto",
      timeoutSeconds: 20,
      perSecond: 10,
      inFlight: 4,
      allowFrom: [],
      backlogHours: 24,
      reportSeconds: [5, 15, 30, 60, 120, 300, 600, 1800, 3600, 15_000],
    });
  });

  it("stay as they are when they are checked again", () => {
    const once = providerConfig.parse({
      ...least,
      proxy: "socks5://user:pass@host:1080",
      allowFrom: ["192.0.2.0/24", "::1"],
    });
    expect(providerConfig.parse(once)).toEqual(once);
  });

  it.each([
    [{ pasword: "x", user: "y" }, 'a provider of kind "asanak" has no setting "pasword", "user"'],
    [{ kind: "unknown" }, "kind: "],
    [{ baseUrl: "ftp://x" }, "baseUrl: must be a URL that begins with https:// or http://"],
    [{ baseUrl: "https://u:p@host/x" }, "baseUrl: must have no user or password in it"],
    [{ baseUrl: "https://host/x?y=1" }, "baseUrl: must have no ? and no # in it"],
    [{ proxy: "socks4://host:1" }, "proxy: must be a URL that begins with http://, https:// or socks5://"],
    [{ allowFrom: ["somewhere"] }, "allowFrom.0: must be an IP address, or a range such as 192.0.2.0/24"],
    [{ reportSeconds: [5, 5] }, "reportSeconds: must rise from each to the next"],
    [{ inboxToken: "short" }, "inboxToken: must have at least 16 characters"],
    [{ inboxToken: "with/slash/in/the/token" }, "inboxToken: must be made of"],
  ])("of %j are refused in clear words", (change, problem) => {
    expect(problemsOf({ ...least, ...change }).join("\n")).toContain(problem);
  });

  it("are each described in a sentence", () => {
    for (const kind of providerKinds) {
      for (const [key, schema] of Object.entries(kind.config.shape)) {
        expect(schema.description, `${kind.kind}.${key}`).toMatch(/^.{10,}\.$/);
      }
    }
  });
});

describe("the list of panels", () => {
  it("builds a provider of the kind that its settings name", async () => {
    const provider = createProvider("main", providerConfig.parse(least), createDeps());
    onTestFinished(() => provider.close());
    expect(provider).toMatchObject({ id: "main", kind: "asanak" });
  });

  it("names each kind once, as its settings do", () => {
    const kinds = providerKinds.map((kind) => kind.kind);
    expect(new Set(kinds).size).toBe(kinds.length);
    for (const kind of providerKinds) expect(kind.config.shape.kind.value).toBe(kind.kind);
  });

  it("holds no panel that the contract does not test, and none that has no folder", async () => {
    const tested = await readFile(join(import.meta.dirname, "contract.test.ts"), "utf8");
    const kinds = providerKinds.map((kind) => kind.kind).sort();
    expect([...tested.matchAll(/^testProvider\("([^"]+)"/gm)].map(([, name]) => name).sort()).toEqual(kinds);
    const entries = await readdir(join(import.meta.dirname, "../../src/providers"), { withFileTypes: true });
    expect(entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).sort()).toEqual(kinds);
  });

  it("knows what a template of Asanak needs", () => {
    const template = requireKind("asanak").template ?? z.never();
    expect(template.safeParse({ templateId: 1234, parameters: ["name"] }).success).toBe(true);
    expect(template.safeParse({ templateId: 1234 }).success).toBe(false);
  });

  it("has no panel of a kind that is not listed", () => {
    expect(() => requireKind("carrier pigeon")).toThrow('no panel of kind "carrier pigeon"');
  });
});

import { describe, expect, it } from "vitest";
import type { z } from "zod";
import { deskConfig, telegramConfig } from "../../src/telegram/config.ts";

const token = "123456789:AAE-x_y";

describe("telegram in the configuration", () => {
  it("needs only the token", () => {
    expect(telegramConfig.parse({ token })).toEqual({
      token,
      apiRoot: "https://api.telegram.org",
      updates: "polling",
      limits: { groupPerMinute: 20, privatePerSecond: 1, globalPerSecond: 30 },
    });
  });

  it.each(["socks5://user:pass@host:1080", "http://host:3128", "https://host"])("takes the proxy %s", (proxy) => {
    expect(telegramConfig.parse({ token, proxy }).proxy).toBe(proxy);
  });

  it.each([
    ["token", { token: "secret-without-id" }],
    ["token", {}],
    ["proxy", { token, proxy: "ftp://host" }],
    ["apiRoot", { token, apiRoot: "api.telegram.org" }],
    ["updates", { token, updates: "push" }],
    ["limits.groupPerMinute", { token, limits: { groupPerMinute: 0 } }],
  ])("tells what is wrong with %s", (path, value) => {
    expect(pathsOf(telegramConfig.safeParse(value))).toEqual([path]);
  });

  it("never repeats a wrong token in what it says", () => {
    const result = telegramConfig.safeParse({ token: "my-secret-token" });
    expect(JSON.stringify(result.error?.issues)).not.toContain("my-secret-token");
  });

  it("refuses keys that it does not know", () => {
    expect(telegramConfig.safeParse({ token, tokn: 1 }).success).toBe(false);
  });
});

describe("a desk in the configuration", () => {
  it("has the defaults of the design", () => {
    expect(deskConfig.parse({})).toEqual({
      layout: "auto",
      language: "fa",
      ticks: "text",
      operators: "members",
      chiefs: [],
      sends: "all",
      undoSeconds: 0,
      staleSeconds: 900,
      giveUpSeconds: 3600,
      collisionSeconds: 60,
      maxParts: 6,
      reminderSeconds: [600, 1800, 7200],
      closeAfterSeconds: 604_800,
      rules: [],
    });
  });

  it.each([
    ["chat", { chat: 0 }],
    ["chat", { chat: 1.5 }],
    ["layout", { layout: "forum" }],
    ["language", { language: "de" }],
    ["ticks", { ticks: "emoji" }],
    ["operators", { operators: [] }],
    ["operators", { operators: ["ali"] }],
    ["sends", { sends: "some" }],
    ["undoSeconds", { undoSeconds: -1 }],
    ["digestAt", { digestAt: "noon" }],
  ])("tells what is wrong with %s", (path, value) => {
    const paths = pathsOf(deskConfig.safeParse(value));
    expect(paths?.[0]).toMatch(new RegExp(`^${path}`));
  });

  it("says of every key what it is for", () => {
    for (const shape of [deskConfig.shape, telegramConfig.shape]) {
      for (const [key, field] of Object.entries(shape))
        expect([key, field.description]).toEqual([key, expect.any(String)]);
    }
  });
});

function pathsOf(result: z.ZodSafeParseResult<unknown>): string[] | undefined {
  return result.error?.issues.map((issue) => issue.path.join("."));
}

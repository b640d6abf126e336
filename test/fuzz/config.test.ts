import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, it } from "vitest";
import { parseConfig } from "../../src/config/load.ts";
import { ConfigError } from "../../src/config/problem.ts";
import { damaged, longRun, wildJson, wildText } from "./arbitraries.ts";

const example = readFileSync(new URL("../../config.example.json", import.meta.url), "utf8");
const secret = "the-secret-of-the-environment";
const env = { TELEGRAM_BOT_TOKEN: `123456:${secret}`, A: "1", ASANAK_PASSWORD: secret, CHAPAR_ADMIN_TOKEN: secret };

const from = (name: string) => `\${${name}}`;

/** Gives a configuration, or throws `ConfigError` with something to read and no secret in it. */
function read(text: string, around: Readonly<Record<string, string>> = env): void {
  try {
    expect(parseConfig(text, { file: "/etc/chapar/config.json", env: around }).config.desks).toBeDefined();
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    if (!(error instanceof ConfigError)) return;
    expect(error.problems.length).toBeGreaterThan(0);
    for (const { path, what } of error.problems) expect([path, what]).not.toContain("");
    expect(JSON.stringify(error.problems)).not.toContain(secret);
  }
}

it("any text is a configuration or has problems that can be told", () => {
  fc.assert(
    fc.property(fc.oneof(wildText(), longRun(20_000), damaged([example])), (text) => read(text)),
    { numRuns: 400 },
  );
});

it("any document is a configuration or has problems that can be told", () => {
  const names = [
    "telegram",
    "token",
    "server",
    "port",
    "publicUrl",
    "adminToken",
    "store",
    "providers",
    "asanak",
    "kind",
    "username",
    "password",
    "baseUrl",
    "inboxToken",
    "lines",
    "30001234",
    "provider",
    "desk",
    "fallback",
    "desks",
    "support",
    "chat",
    "line",
    "hours",
    "templates",
    "proxy",
    "pollSeconds",
    "__proto__",
    "",
    "constructor",
    "updates",
    "keepDays",
    "timeZone",
  ];
  const values = [
    from("TELEGRAM_BOT_TOKEN"),
    from("A"),
    from("NONE"),
    `$${from("A")}`,
    "${",
    "asanak",
    "soap-panel",
    "mydnspanel",
    "support",
    "30001234",
    "memory:",
    "sqlite://a",
    "https://example.com",
    `socks5://u:${from("ASANAK_PASSWORD")}@h:1`,
    -100123,
    0,
    1.5,
    Number.MAX_VALUE,
    true,
    null,
    [],
    {},
    "webhook",
  ];
  const document = wildJson(names, values);
  fc.assert(
    fc.property(document, (value) => read(JSON.stringify(value))),
    { numRuns: 400 },
  );
  const grafted = fc
    .tuple(fc.constantFrom(...names), document)
    .map(([name, value]) => example.replace(/\}\s*$/, `, ${JSON.stringify(name)}: ${JSON.stringify(value)} }`));
  fc.assert(
    fc.property(grafted, (text) => read(text)),
    { numRuns: 200 },
  );
});

it("one that is nested deeper than the stack is told so", () => {
  for (const text of ["[".repeat(200_000), `${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`]) {
    expect(() => parseConfig(text, { file: "config.json", env: {} })).toThrow(ConfigError);
    read(text);
  }
});

it("whatever stands in the environment, it is text and no syntax", () => {
  const text = `{ "telegram": { "token": "\${TELEGRAM_BOT_TOKEN}" }, "server": { "host": "\${A}" } }`;
  fc.assert(
    fc.property(wildText(), wildText(), (token, host) => read(text, { TELEGRAM_BOT_TOKEN: token, A: host })),
    { numRuns: 200 },
  );
});

import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { loadConfig } from "../../src/config/load.ts";
import { ConfigError } from "../../src/config/problem.ts";
import { createRaw, fromEnv, load, problemsWith, writeConfig } from "./write-config.ts";

test("the example is a right configuration once its names are set", async () => {
  const env = {
    TELEGRAM_BOT_TOKEN: "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1",
    ASANAK_USERNAME: "user",
    ASANAK_PASSWORD: "password",
    ASANAK_INBOX_TOKEN: "4f1c0d5a9b2e4f1c0d5a9b2e",
  };
  const { config, warnings } = await loadConfig("config.example.json", env);
  expect(warnings).toEqual([]);
  expect(config.providers.asanak).toMatchObject({ kind: "asanak", username: "user", desk: "support" });
});

test("defaults are filled in, numbers folded, and the store stands beside the file", async () => {
  const file = await writeConfig(createRaw());
  const { config } = await loadConfig(file, {});
  expect(config).toMatchObject({
    telegram: { apiRoot: "https://api.telegram.org", updates: "polling", limits: { groupPerMinute: 20 } },
    server: { host: "127.0.0.1", port: 8080, trustProxy: false },
    store: `sqlite://${join(dirname(file), "data/chapar.sqlite")}`,
    keepDays: 365,
    timeZone: "Asia/Tehran",
    providers: { asanak: { desk: "support", timeoutSeconds: 20, inFlight: 4 } },
    lines: { "+982164063188": { provider: "asanak", desk: "support", fallback: [] } },
    desks: { support: { line: "+982164063188", lines: ["+982164063188"], layout: "auto", language: "fa" } },
  });
});

test("comments and trailing commas are read, and a byte order mark is not in the way", async () => {
  const text = JSON.stringify(createRaw()).replace(/^\{/, "\ufeff{ // the bot\n/* more */").replace(/\}$/, ",}");
  await expect(load(text)).resolves.toBeDefined();
});

test("a syntax error is told with its line and column", async () => {
  const [first, ...rest] = await problemsWith('{\n  "telegram": {\n    "token" "x"\n  }\n}');
  expect(first).toMatch(/^config\.json:3:13: cannot be read: colon expected — /);
  expect(rest).toEqual([]);
  expect(await problemsWith("")).toEqual([expect.stringMatching(/^config\.json:1:1: cannot be read/)]);
});

test("a missing file says what to do", async () => {
  await expect(loadConfig("/nowhere/config.json", {})).rejects.toThrow(
    /config\.json: does not exist — .*config\.example\.json/,
  );
  await expect(loadConfig("/", {})).rejects.toThrow("/: is a folder");
});

test("every problem is told at once, each with its path", async () => {
  const raw = createRaw();
  const problems = await problemsWith({
    ...raw,
    telegram: { token: 5 },
    keepDays: "long",
    providers: { asanak: { ...raw.providers.asanak, password: undefined, inFlight: 0 } },
    lines: { "982164063188": { provider: "panel", desk: "support" } },
  });
  expect(problems).toEqual(
    [
      "lines.982164063188.provider: there is no provider of this name — there are: asanak",
      "telegram.token: must be a text, not a number",
      "keepDays: must be a number, not a text",
      "providers.asanak.password: is missing",
      "providers.asanak.inFlight: must be at least 1",
    ].sort((a, b) => problems.indexOf(a) - problems.indexOf(b)),
  );
});

test("an unknown key is told with the key that was probably meant", async () => {
  const raw = createRaw();
  const { password, ...account } = raw.providers.asanak;
  expect(
    await problemsWith({
      ...raw,
      Telegram: {},
      telegram: { ...raw.telegram, api_root: "x" },
      providers: { asanak: { ...account, password, "time-out-seconds": 3 } },
      desks: { support: { ...raw.desks.support, colour: "red" } },
    }),
  ).toEqual([
    'telegram.api_root: is not a key of the configuration — did you mean "apiRoot"?',
    'providers.asanak.time-out-seconds: is not a key of the configuration — did you mean "timeoutSeconds"?',
    expect.stringMatching(
      /^desks\.support\.colour: is not a key of the configuration — take it out; there are: chat, line/,
    ),
    'Telegram: is not a key of the configuration — did you mean "telegram"?',
  ]);
});

test("a wrong kind names the kinds there are", async () => {
  const raw = createRaw();
  const withKind = (kind: unknown) => ({ ...raw, providers: { asanak: { ...raw.providers.asanak, kind } } });
  expect(await problemsWith(withKind("asanack"))).toEqual([
    expect.stringMatching(/^providers\.asanak\.kind: must be .*asanak.* — did you mean "asanak"\?$/),
  ]);
  expect(await problemsWith(withKind(undefined))).toEqual([
    expect.stringMatching(/^providers\.asanak\.kind: is missing — .*asanak/),
  ]);
});

test("a key written twice is a problem, for one of them would be lost without a word", async () => {
  const text = JSON.stringify(createRaw()).replace('"telegram"', '"keepDays":1,"keepDays":2,"telegram"');
  expect(await problemsWith(text)).toEqual(["keepDays: is there twice — keep one of them"]);
});

test("a name in a text is filled in from the environment, which wins over .env", async () => {
  const raw = createRaw();
  const written = {
    ...raw,
    providers: {
      asanak: {
        ...raw.providers.asanak,
        username: fromEnv("WHO"),
        password: `a-${fromEnv("PASS")}-$${fromEnv("PASS")}`,
      },
    },
    desks: { support: { chat: fromEnv("CHAT") } },
    server: { port: fromEnv("MY_PORT") },
  };
  const { config, secrets } = await load(
    written,
    { WHO: "environment", CHAT: "-1005" },
    'WHO=file\nPASS="from file"\nMY_PORT=9000\n',
  );
  expect(config.providers.asanak).toMatchObject({
    username: "environment",
    password: `a-from file-${fromEnv("PASS")}`,
  });
  expect(config.desks.support?.chat).toBe(-1005);
  expect(config.server.port).toBe(9000);
  expect(secrets).toContain(`a-from file-${fromEnv("PASS")}`);
});

test("an .env that is there and cannot be read is told, and not passed over", async () => {
  const file = await writeConfig(createRaw());
  await mkdir(join(dirname(file), ".env"));
  await expect(loadConfig(file, {})).rejects.toThrow(/^\.env: cannot be read \(EISDIR\) — see to its permissions/);
});

test("a name that is not set is told with its path and nothing else is said of that place", async () => {
  const raw = createRaw();
  const asanak = { ...raw.providers.asanak, inboxToken: fromEnv("INBOX") };
  const written = { ...raw, telegram: { token: fromEnv("TOKEN") }, providers: { asanak } };
  expect(await problemsWith(written, { TOKEN: "" })).toEqual([
    expect.stringMatching(/^telegram\.token: the environment variable TOKEN is empty — set TOKEN /),
    expect.stringMatching(/^providers\.asanak\.inboxToken: the environment variable INBOX is not set — set INBOX /),
  ]);
});

test("PORT in the environment wins, and every address is then listened on", async () => {
  const { config } = await load({ ...createRaw(), server: { port: 1, host: "127.0.0.1" } }, { PORT: "9999" });
  expect(config.server).toMatchObject({ host: "0.0.0.0", port: 9999 });
  expect(await problemsWith(createRaw(), { PORT: "http" })).toEqual([expect.stringMatching(/^PORT: /)]);
});

test("no problem and no warning holds a secret", async () => {
  const raw = createRaw();
  const secret = "s3cret-w0rd-of-ours";
  const account = {
    ...raw.providers.asanak,
    password: [secret],
    inboxToken: secret.slice(0, 12),
    username: { a: secret },
  };
  const everywhere = {
    ...raw,
    telegram: { token: secret, proxy: `ftp://u:${secret}@h` },
    store: `mysql://u:${secret}@h/d`,
    server: { adminToken: 1, publicUrl: `ftp://u:${secret}@h` },
    providers: { asanak: { ...account, baseUrl: `http://u:${secret}@h`, proxy: secret } },
  };
  const problems = await problemsWith(everywhere);
  expect(problems.length).toBeGreaterThan(7);
  expect(problems.join("\n")).not.toContain(secret.slice(0, 12));
  expect(problems.join("\n")).not.toContain("    at ");
});

test("every secret is found: tokens, passwords, and passwords inside addresses", async () => {
  const raw = createRaw();
  const { secrets } = await load({
    ...raw,
    telegram: { ...raw.telegram, proxy: "socks5://user:p%40ssword@127.0.0.1:1080" },
    server: { adminToken: "admin-token-of-16-letters" },
  });
  expect(new Set(secrets)).toEqual(
    new Set([
      raw.telegram.token,
      "hunter22",
      raw.providers.asanak.inboxToken,
      "p%40ssword",
      "p@ssword",
      "admin-token-of-16-letters",
    ]),
  );
});

test("what does nothing, is not encrypted or stands open is warned of", async () => {
  const raw = createRaw();
  const { inboxToken, ...deaf } = raw.providers.asanak;
  const { warnings } = await load({
    ...raw,
    keepDays: 30,
    telegram: { ...raw.telegram, apiRoot: "http://127.0.0.1:8081" },
    server: { host: "0.0.0.0", trustProxy: true },
    providers: {
      asanak: { ...raw.providers.asanak, baseUrl: "http://panel.example.ir/x" },
      second: { ...deaf, kind: "asanak" },
    },
    desks: { support: { ...raw.desks.support, away: "closed" } },
  });
  expect(inboxToken).toBeDefined();
  expect(warnings.map(({ path }) => path)).toEqual([
    "desks.support.away",
    "providers.asanak.baseUrl",
    "providers.second",
    "providers.second.inboxToken",
    "server.adminToken",
    "server.trustProxy",
  ]);
});

test("__proto__ is no way in", async () => {
  const text = JSON.stringify(createRaw()).replace('"telegram"', '"__proto__":{"keepDays":1},"telegram"');
  expect(await problemsWith(text)).toEqual(["__proto__: is not a key of the configuration"]);
});

test("whatever is in the file, a ConfigError and nothing else is thrown", async () => {
  const keys = fc.constantFrom(
    "telegram",
    "providers",
    "lines",
    "desks",
    "templates",
    "server",
    "store",
    "asanak",
    "kind",
    "support",
    "chat",
    "line",
    "fallback",
    "allowFrom",
    "token",
    "__proto__",
    "constructor",
    "timeZone",
    "hours",
  );
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: "small" },
      fc.constantFrom(
        "asanak",
        "support",
        "982164063188",
        fromEnv("X"),
        "${",
        "\ud800",
        "https://[",
        "sqlite://",
        "Asia/Tehran",
      ),
      fc.jsonValue(),
      fc.array(tie("value"), { maxLength: 3 }),
      fc.dictionary(fc.oneof(keys, fc.string()), tie("value"), { maxKeys: 6 }),
    ),
  }));
  const file = await writeConfig("");
  const { writeFile } = await import("node:fs/promises");
  const text = fc.oneof(
    fc.string(),
    value.map((raw) => JSON.stringify(raw)),
    value.map((raw) => JSON.stringify({ ...createRaw(), ...(typeof raw === "object" ? raw : {}) })),
  );
  await fc.assert(
    fc.asyncProperty(text, async (content) => {
      await writeFile(file, content);
      const error: unknown = await loadConfig(file, { X: "1" }).then(
        () => undefined,
        (reason) => reason,
      );
      if (error !== undefined && !(error instanceof ConfigError)) throw error;
    }),
    { numRuns: 120 },
  );
});

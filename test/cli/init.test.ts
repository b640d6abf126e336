import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { expect, test, vi } from "vitest";
import { parseAnswers } from "../../src/cli/init/answers.ts";
import { loadConfig } from "../../src/config/load.ts";
import { panelKinds } from "../../src/sandbox/start.ts";
import { leadTo, startAnswering } from "./start-answering.ts";
import { startUnset } from "./start-init.ts";
import { call, startChild } from "./start-world.ts";

// Processes of their own take their time to begin where many run at once.
vi.setConfig({ testTimeout: 60_000 });

test("right answers become a configuration with which the bridge starts, is paired by the code and takes SMS at the URL", async () => {
  const world = await startUnset();
  let url = "";
  const publicUrl = await startAnswering(leadTo(() => url));
  const { code, text } = await world.init({ ...world.answers, server: { ...world.answers.server, publicUrl } });
  expect(text).toMatch(/✓ Telegram: the bot is @\w+/);
  expect(text).toMatch(/✓ asanak {2}login +login works/);
  expect(text).toMatch(/✓ asanak {2}line 021 6406 3188 +the panel lets it send/);
  expect(text).toMatch(/Topics.*Manage Topics/s);
  expect(code).toBe(0);
  expect(world.asanak.ledger).toEqual([]);

  const pushed = new RegExp(`${publicUrl}/hooks/asanak/[\\w-]{32,}$`, "m").exec(text)?.[0] ?? "";
  const pair = /\/pair [A-Z2-9]{8}/.exec(text)?.[0] ?? "";
  expect(pushed).not.toBe("");
  const file = join(world.folder, "config.json");
  const bridge = startChild(["run", "--config", file]);
  url = (await bridge.says(/^chapar listens on /)).replace("chapar listens on ", "").trim();
  await bridge.says(new RegExp(`not paired yet; write ${pair} `));

  const [owner] = world.operators;
  if (!owner) return expect.unreachable();
  world.group.say(owner, pair);
  world.asanak.registerWebhook(pushed);
  await world.phones.phone("09120000000").sends("سلام");
  await world.telegram.waitFor(() => world.group.topics()[0], 20_000);
  const checked = await call(["check", "--config", file]);
  expect(checked).toMatchObject({ code: 0, err: "" });
  expect(checked.out).not.toContain("✗");
});

test.each(panelKinds)(
  "answers for %s: secrets stand in .env, for this user alone, and nowhere in the configuration",
  async (kind) => {
    const world = await startUnset(kind);
    await mkdir(world.folder);
    await writeFile(join(world.folder, ".env"), "# mine\nOTHER='a b'\n", { mode: 0o644 });
    const { code, text } = await world.init(world.answers);
    expect(text).toMatch(/^Written, for this user alone: /m);
    expect(code).toBe(0);
    expect(text.includes("/hooks/")).toBe(kind === "asanak");

    const { config, secrets, warnings } = await loadConfig(join(world.folder, "config.json"), {});
    expect(warnings).toEqual([]);
    expect(config.desks.support).toMatchObject({ language: "en", layout: "auto" });
    expect(Object.keys(config.lines)).toHaveLength(1);
    const written = await readFile(join(world.folder, "config.json"), "utf8");
    expect(secrets.length).toBeGreaterThan(1);
    for (const secret of secrets) expect(written).not.toContain(secret);
    const env = await readFile(join(world.folder, ".env"), "utf8");
    expect(env).toMatch(/^# mine\n/);
    expect(parseEnv(env)).toMatchObject({ OTHER: "a b", TELEGRAM_BOT_TOKEN: world.telegram.token });
    expect((await stat(join(world.folder, ".env"))).mode & 0o777).toBe(0o600);
  },
);

test("a wrong token and a wrong password are told in one go, with what to do, and nothing is written", async () => {
  const world = await startUnset();
  const wrong = {
    ...world.answers,
    telegram: { ...world.answers.telegram, token: "1:wrong-token-of-somebody-else" },
    panel: { ...world.answers.panel, password: "wrong-password" },
  };
  const { code, text } = await world.init(wrong);
  expect(code).toBe(2);
  expect(text).toMatch(/✗ Telegram: the token is refused — take it from @BotFather again/);
  expect(text).toMatch(/✗ asanak +login +bad-credentials.* — correct the login/);
  expect(text).toMatch(/nothing was written — .*--anyway/);
  await expect(readdir(world.folder)).rejects.toThrow("ENOENT");

  const anyway = await world.init(wrong, "--anyway");
  expect(anyway.code).toBe(0);
  expect(anyway.text).toMatch(/✗ Telegram: the token is refused/);
  expect(await readdir(world.folder)).toEqual([".env", "config.json"]);
});

test("a network that is away is told for each side, and which setting leads around it", async () => {
  const world = await startUnset();
  await world.asanak.network.refuse();
  const { code, text } = await world.init({
    ...world.answers,
    telegram: { ...world.answers.telegram, proxy: "socks5://someone:proxy-password@127.0.0.1:9" },
  });
  expect(code).toBe(2);
  expect(text).toMatch(/✗ Telegram: cannot be reached .*telegram\.proxy/);
  expect(text).toMatch(/✗ asanak +login +unreachable — see to baseUrl.*proxy/);
  expect(text).not.toContain("proxy-password");
});

test("a line that is not the account's is a fault; an empty account is told and stops nothing", async () => {
  const world = await startUnset();
  const foreign = await world.init({ ...world.answers, line: "982100000000" });
  expect(foreign.code).toBe(2);
  expect(foreign.text).toMatch(/✗ asanak +line .* — write it exactly as the panel lists it/);
  Object.assign(world.asanak.account, { credit: 0, rialCredit: 0 });
  const empty = await world.init(world.answers);
  expect(empty.text).toMatch(/✗ asanak +credit .* — charge the account/);
  expect(empty.code).toBe(0);
});

test("what is there already is named and kept; with --force it is replaced, and the URL that the panel knows stays", async () => {
  const world = await startUnset();
  expect((await world.init(world.answers)).code).toBe(0);
  const names = ["config.json", ".env"];
  const read = () => Promise.all(names.map((name) => readFile(join(world.folder, name), "utf8")));
  const before = await read();
  const changed = {
    ...world.answers,
    line: world.asanak.account.lines.at(-1),
    panel: { ...world.answers.panel, password: "wrong-password" },
  };
  const refused = await world.init(changed);
  expect(refused.code).toBe(2);
  expect(refused.text).toMatch(/config\.json: is there already\nASANAK_PASSWORD in .*\.env: is there already\n/);
  expect(refused.text).toMatch(/nothing was written — give --force/);
  expect(await read()).toEqual(before);

  expect((await world.init(changed, "--force", "--anyway")).code).toBe(0);
  const [, env = ""] = await read();
  expect(parseEnv(env)).toEqual({ ...parseEnv(before[1] ?? ""), ASANAK_PASSWORD: "wrong-password" });
});

test("white space around pasted answers is not part of them, and a line is written in plain digits", async () => {
  const { folder, answers, asanak, telegram } = await startUnset();
  const pasted = {
    ...answers,
    telegram: { ...answers.telegram, token: ` ${telegram.token}\n` },
    panel: { ...answers.panel, username: `${asanak.account.username} `, password: `${asanak.account.password}\r\n` },
    line: ` ${(answers.line ?? "").replace(/\d/g, (digit) => "۰۱۲۳۴۵۶۷۸۹".charAt(Number(digit)))}\n`,
  };
  const input = async () => new TextEncoder().encode(JSON.stringify(pasted));
  expect(await call(["init", "--dir", folder, "--answers", "-"], { input })).toMatchObject({ code: 0, err: "" });
  const { config } = await loadConfig(join(folder, "config.json"), {});
  expect(config.telegram.token).toBe(telegram.token);
  expect(config.providers.asanak).toMatchObject({ password: asanak.account.password });
  expect(await readFile(join(folder, "config.json"), "utf8")).toContain(`"${answers.line}": {`);
});

test("a secret that the environment overrules is named", async () => {
  const world = await startUnset();
  const input = async () => new TextEncoder().encode(JSON.stringify(world.answers));
  const env = { ASANAK_PASSWORD: "another-password" };
  const { code, err } = await call(["init", "--dir", world.folder, "--answers", "-"], { input, env });
  expect(code).toBe(0);
  expect(err).toMatch(/^warning: ASANAK_PASSWORD is set to something else in this environment/);
  expect(err).not.toContain("another-password");
});

test("everything that is wrong with the answers is told at once, by path; files that cannot be read by name", async () => {
  const { folder } = await startUnset();
  const answer = (text: string) =>
    call(["init", "--dir", folder, "--answers", "-"], {
      input: async () => new TextEncoder().encode(text),
      env: { A: "x" },
    });
  const bad = await answer(
    `{ "telegram": { "tokn": "1:a" }, "panel": { "kind": "asanak", "username": "\${A}", "password": "\${B}" }, "line": "abc", "x": 1 }`,
  );
  expect(bad.code).toBe(2);
  expect(bad.err.split("\n").map((line) => line.split(":")[0])).toEqual([
    "panel.password",
    "telegram.token",
    "telegram.tokn",
    "line",
    "x",
    "chapar",
  ]);
  expect(await answer("{")).toMatchObject({
    code: 2,
    err: expect.stringMatching(/^standard input:1:2: cannot be read.*\nchapar: nothing was written$/),
  });
  const absent = await call(["init", "--dir", folder, "--answers", join(folder, "none.json")]);
  expect(absent).toMatchObject({ code: 2, err: expect.stringMatching(/none\.json: does not exist — /) });
});

test("a folder in which nothing can be written ends it with 1 and says so", async () => {
  const world = await startUnset();
  await writeFile(world.folder, "a file, not a folder");
  const { code, text } = await world.init(world.answers);
  expect(code).toBe(1);
  expect(text).toMatch(/chapar\/config\.json: cannot be read \(ENOTDIR\) — .*another folder/);
});

test("a folder in a place that can never hold one is told, and does not hang", async () => {
  const world = await startUnset();
  const { code, text } = await world.init(world.answers, "--dir", "/proc/chapar/deeper");
  expect(code).toBe(1);
  expect(text).toMatch(/^\/proc\/chapar\/deeper\/\.env: cannot be written \(ENOENT\) — .*another folder/m);
});

test("the answers that the documentation shows are answers", async () => {
  const commands = await readFile(join(import.meta.dirname, "../../docs/commands.md"), "utf8");
  const shown = /```jsonc\n(.*?)```/s.exec(commands)?.[1] ?? "";
  const answers = parseAnswers(shown, "commands.md", { TELEGRAM_BOT_TOKEN: "1:a", ASANAK_PASSWORD: "secret" });
  expect(answers).toMatchObject({ telegram: { token: "1:a" }, panel: { kind: "asanak", password: "secret" } });
});

test("without a terminal and without answers it asks nothing and says how", async () => {
  const child = startChild(["init"]);
  expect(await child.ended).toBe(2);
  expect(child.text()).toMatch(/^chapar: there is no terminal to ask on: give --answers FILE/);
  expect((await call(["init", "--dir", "a", "--config", "b"])).code).toBe(2);
});

test("run without a configuration names both ways on", async () => {
  const child = startChild(["run", "--config", "/nowhere/config.json"]);
  expect(await child.ended).toBe(2);
  expect(child.text()).toMatch(/does not exist — `chapar init`.*`chapar sandbox`/);
});

test("whatever else a part of the configuration takes is written as it was given, its secrets too", async () => {
  const { folder, answers } = await startUnset("soap-panel");
  const { code, err } = await call(["init", "--dir", folder, "--answers", "-", "--anyway"], {
    input: async () =>
      new TextEncoder().encode(
        JSON.stringify({
          ...answers,
          server: {},
          telegram: {
            ...answers.telegram,
            proxy: "http://someone:proxy-password@127.0.0.1:9",
            limits: { groupPerMinute: 15 },
          },
          panel: {
            ...answers.panel,
            udh: "a$${b}c",
            pollSeconds: 5,
            reportSeconds: [1, 2],
            codes: { delivery: { 8: "failed" } },
          },
          desk: { chat: -1001, operators: [5] },
        }),
      ),
  });
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(await readFile(join(folder, "config.json"), "utf8")).not.toContain("proxy-password");
  const { config } = await loadConfig(join(folder, "config.json"), {});
  expect(config.telegram).toMatchObject({
    proxy: "http://someone:proxy-password@127.0.0.1:9",
    limits: { groupPerMinute: 15 },
  });
  expect(config.providers["soap-panel"]).toMatchObject({
    udh: `a\${b}c`,
    pollSeconds: 5,
    reportSeconds: [1, 2],
    codes: { delivery: { "8": "failed" } },
  });
  expect(config.desks.support).toMatchObject({ chat: -1001, operators: [5] });
});

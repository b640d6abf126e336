import { chmod, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { asanakHook } from "../../src/sandbox/bridge-config.ts";
import { readDocument } from "./name-one-fault.ts";
import { call, startWorld, type World, withBridge } from "./start-world.ts";

const checkIn = (world: World, ...argv: readonly string[]) => call(["check", "--config", world.file, ...argv]);

test("a right installation gets only ticks and exit code 0, sends nothing and tells no secret", async () => {
  const world = await startWorld();
  const { code, out } = await checkIn(world);
  expect(out).not.toContain("✗");
  expect(code).toBe(0);
  expect(out).toMatch(/^✓ configuration: /);
  expect(out).toMatch(/✓ Telegram: the bot is @\w+/);
  expect(out).toMatch(/✓ support: the forum "پشتیبانی"/);
  expect(out).toMatch(/^✓ asanak {2}login +login works$/m);
  expect(out).toMatch(/^✓ asanak {2}credit +\d+ messages, \d+ rial$/m);
  expect(out).toMatch(/^✓ asanak {2}line 021 6406 3188 +the panel lets it send$/m);
  expect(out).toMatch(/✓ .*: through asanak, answered by support/);
  expect(out).not.toContain(world.telegram.token);
  expect(out).not.toContain(world.asanak.account.password);
  expect(out).toContain("/hooks/asanak/<inboxToken>");
  expect(out).not.toContain(world.bridgeConfig().providers.asanak.inboxToken);
  expect(world.asanak.ledger).toEqual([]);
  expect(world.group.messages()).toEqual([]);
});

test("the URL to register is shown whole to a person, or when it is asked for", async () => {
  const world = await startWorld();
  await world.configure((raw) => ({ ...raw, server: { ...raw.server, publicUrl: "http://127.0.0.1:9" } }));
  const url = `http://127.0.0.1:9/hooks/asanak/${world.bridgeConfig().providers.asanak.inboxToken}`;
  expect((await checkIn(world, "--show-urls")).out).toContain(url);
  expect((await call(["check", "--config", world.file], { isTerminal: true })).out).toContain(url);
  expect((await checkIn(world)).out).not.toContain(url);
});

test("a wrong token, a wrong login and an absent chat are each told with what to do", async () => {
  const world = await startWorld();
  await world.configure((raw) => ({
    ...raw,
    telegram: { ...raw.telegram, token: "1:wrong-token-of-somebody-else" },
    providers: { asanak: { ...raw.providers.asanak, password: "wrong-password" } },
  }));
  const wrong = await checkIn(world);
  expect(wrong.code).toBe(2);
  expect(wrong.out).toMatch(/✗ Telegram: the token is refused — /);
  expect(wrong.out).toMatch(/^✗ asanak +login +bad-credentials.* — correct the login/m);
  await world.configure((raw) => ({ ...raw, desks: { support: { chat: -1009999 } } }));
  expect((await checkIn(world)).out).toMatch(/✗ support: the bot is not in this chat, or there is none — /);
});

test("what cannot be reached is told, and the rest is checked all the same", async () => {
  const world = await startWorld();
  await world.configure((raw) => ({ ...raw, telegram: { ...raw.telegram, apiRoot: "http://127.0.0.1:9" } }));
  const { code, out } = await checkIn(world);
  expect(code).toBe(2);
  expect(out).toMatch(/✗ Telegram: cannot be reached .* telegram\.proxy/);
  expect(out).toMatch(/✓ asanak +login +login works/);
});

test("a right that the bot lacks is named, and a bot outside the group is told", async () => {
  const world = await startWorld();
  world.group.setBot("administrator", { can_manage_topics: false });
  expect((await checkIn(world)).out).toMatch(/✗ support: the bot lacks the right "Manage Topics" — /);
  world.group.setBot("kicked");
  expect(await checkIn(world)).toMatchObject({ code: 2, out: expect.stringMatching(/✗ support: /) });
});

test("a desk without a chat gets its pairing code", async () => {
  const world = await startWorld();
  await world.configure((raw) => ({ ...raw, desks: { support: {} } }));
  expect((await checkIn(world)).out).toMatch(/✗ support: not paired with a chat yet — .*\/pair [A-Z2-9]{8} /);
});

test("every problem of the configuration is printed, and the exit code is 2", async () => {
  const world = await startWorld();
  await world.configure((raw) => ({ ...raw, keepDays: -1, timeZone: "Mars" }));
  const { code, err } = await checkIn(world);
  expect(code).toBe(2);
  expect(err.split("\n")).toHaveLength(2);
});

test("a store or an .env that every user of the machine can read is worth a note, and no failure", async () => {
  const world = await startWorld();
  const folder = dirname(world.file);
  const files = [join(folder, ".env"), join(folder, "chapar.sqlite")];
  for (const file of files) await writeFile(file, "");
  const notes = async () => (await checkIn(world)).out.split("\n").filter((line) => line.includes("can read it"));

  for (const file of files) await chmod(file, 0o644);
  await chmod(folder, 0o755);
  expect(await notes()).toEqual(
    files.map((file) => `· ${file}: every user of this machine can read it — chmod 600 ${file}`),
  );
  expect((await checkIn(world)).code).toBe(0);

  await chmod(folder, 0o700);
  expect(await notes()).toEqual([]);
  await chmod(folder, 0o755);
  for (const file of files) await chmod(file, 0o640);
  expect(await notes()).toEqual([]);
});

test("what is told of the panels stands in columns", async () => {
  const world = await startWorld();
  await world.configure((raw) => ({
    ...raw,
    providers: { ...raw.providers, "second-one": { ...raw.providers.asanak, password: "wrong-password" } },
  }));
  const rows = (await checkIn(world)).out.split("\n").filter((line) => /^. (asanak|second-one) /.test(line));
  expect(rows.length).toBeGreaterThan(4);
  const starts = rows.map((row) =>
    /^(. \S+ +)(\S+(?: \S+)* {2,})/
      .exec(row)
      ?.slice(1)
      .map((part) => part.length),
  );
  expect(new Set(starts.map((widths) => JSON.stringify(widths))).size).toBe(1);
  expect(rows.find((row) => row.includes("hook URL"))).toMatch(/^· asanak {6}hook URL +the panel must call/);
});

test("a line that the panel does not know is a fault, and nothing is sent to find out", async () => {
  const world = await startWorld();
  await world.configure((raw) => ({
    ...raw,
    lines: { ...raw.lines, "30001234": { provider: "asanak", desk: "support" } },
  }));
  const { code, out } = await checkIn(world);
  expect(code).toBe(2);
  expect(out).toMatch(/^✗ asanak +line 30001234 +the panel says that it is not active — write it exactly/m);
  expect(out).toMatch(/^✓ asanak +line 021 6406 3188 /m);
  expect(world.asanak.ledger).toEqual([]);
  expect(world.asanak.account.credit).toBe(1000);
});

test("a line from which no SMS can come in is worth a note", async () => {
  const world = await startWorld();
  await world.configure((raw) => {
    const asanak = { ...raw.providers.asanak, inboxToken: undefined };
    return { ...raw, providers: { asanak } };
  });
  const { code, out } = await checkIn(world);
  expect(code).toBe(0);
  expect(out).toMatch(
    /^· asanak +inbox +none: SMS to 021 6406 3188 do not come in — set providers\.asanak\.inboxToken/m,
  );
});

test("what nobody could read is counted, and shown only when it is asked for, with nothing that a terminal obeys", async () => {
  const world = await startWorld();
  const { password } = world.asanak.account;
  expect((await checkIn(world)).out).not.toContain("could not be read");
  await withBridge(world, async (url) => {
    for (const body of ["first \u001b[31mred", `second\u202e ${password}`]) {
      await fetch(`${url}${asanakHook}`, { method: "POST", body });
    }
  });

  const { code, out } = await checkIn(world);
  expect(code).toBe(0);
  expect(out).toMatch(
    /^· 2 calls or answers of panels could not be read, the last one of asanak, \d{4}-\d\d-\d\d \d\d:\d\d \(Asia\/Tehran\) — see them with/m,
  );
  expect(out).not.toContain("first");

  const shown = await checkIn(world, "--show-unreadable");
  expect(shown.code).toBe(0);
  expect(shown.out).toMatch(/^asanak, \d{4}-.*:\n {2}POST \?\n(.*\n)* {2}first \\u001b\[31mred$/m);
  expect(shown.out).toContain("  second\\u202e ***");
  expect(shown.out).not.toContain("\u001b");
});

test("looking changes nothing in the store", async () => {
  const world = await startWorld();
  await withBridge(world, async () => undefined);
  const file = join(dirname(world.file), "chapar.sqlite");
  const before = await readFile(file);
  expect((await checkIn(world, "--show-unreadable")).code).toBe(0);
  expect((await readFile(file)).equals(before)).toBe(true);
});

test("all panels are in one table, each with what it can tell of itself", async () => {
  const world = await startWorld({ panels: ["asanak", "soap-panel", "mydnspanel"] });
  const { code, out } = await checkIn(world);
  expect(out).not.toContain("✗");
  expect(code).toBe(0);
  for (const panel of ["asanak", "panel ", "dns   "]) {
    expect(out.split("\n")).toContain(`✓ ${panel}  login               login works`);
  }
  expect(out).toMatch(/^✓ panel {3}contract +/m);
  expect(out).toMatch(/^✓ dns {5}access +/m);
  expect([world.soapPanel.ledger, world.mydnspanel.ledger, world.asanak.ledger]).toEqual([[], [], []]);
});

test("an inbox that may be used up by reading is read only with --read-inbox", async () => {
  const world = await startWorld({ panels: ["mydnspanel"] });
  await world.mydnspanel.receive({ from: "09121234567", to: world.panels[0].lines[0], text: "a secret" });
  const reads = () => world.mydnspanel.calls.filter(({ action }) => action === "receivedMessages").length;

  const without = await checkIn(world);
  expect(without.code).toBe(0);
  expect(without.out).toMatch(/^· dns +inbox +not read here: .* — chapar check --read-inbox reads it /m);
  expect(reads()).toBe(0);

  const { code, out } = await checkIn(world, "--read-inbox");
  expect(code).toBe(0);
  expect(out).toMatch(/^✓ dns +inbox +1 SMS listed, 1 can be read; understood: /m);
  expect(out).not.toMatch(/not read here|a secret/);
  expect(reads()).toBe(1);
});

test("where a bridge runs no inbox is read, and a program hears why in a document, too", async () => {
  const world = await startWorld({ panels: ["mydnspanel"] });
  await withBridge(world, async () => {
    const { code, out } = await checkIn(world, "--read-inbox");
    expect(code).toBe(2);
    expect(out).toMatch(/^✗ --read-inbox: a bridge runs, and .* — stop the bridge first/m);
    const document = readDocument(await checkIn(world, "--read-inbox", "--json"));
    const faults = document.findings.filter(({ kind }) => kind === "bad");
    expect(faults).toMatchObject([{ code: "inbox.not-read", subject: "--read-inbox" }]);
  });
});

test("a store whose lock is damaged is one fault, and leaves the inbox unread", async () => {
  const world = await startWorld({ panels: ["mydnspanel"] });
  const store = join(dirname(world.file), "chapar.sqlite");
  await Promise.all([writeFile(store, ""), writeFile(`${store}.lock`, "no lock".repeat(999))]);
  const document = readDocument(await checkIn(world, "--read-inbox", "--json"));
  expect(document.findings.filter(({ kind }) => kind === "bad").map(({ code }) => code)).toEqual(["store.damaged"]);
  expect(world.mydnspanel.calls.filter(({ action }) => action === "receivedMessages")).toEqual([]);
});

test("a panel that is asked line by line, and has none, is worth a note", async () => {
  const world = await startWorld({ panels: ["asanak", "soap-panel"] });
  const [line = ""] = world.soapPanel.account.lines;
  await world.configure((raw) => ({
    ...raw,
    lines: Object.fromEntries(Object.entries(raw.lines).filter(([one]) => one !== line)),
  }));
  const { code, out } = await checkIn(world);
  expect(code).toBe(0);
  expect(out).toMatch(/^· panel +inbox +no line to ask for: nothing comes in — name the lines of this account/m);
});

test("a setting that was set in Telegram is told, with what the configuration says, and what that has overtaken", async () => {
  const world = await startWorld();
  await withBridge(world, async () => {
    const [sara] = world.operators;
    if (!sara) return expect.unreachable();
    world.group.say(sara, "/desk");
    const bot = () => world.group.messages("general").find(({ from, text }) => from.isBot && text.startsWith("⚙️"));
    for (const label of ["متن بلند", "بیش از ۳ بخش"]) {
      const press = await world.telegram.waitFor(() => {
        const message = bot();
        return message?.buttons.flat().includes(label) ? world.group.press(sara, message, label) : undefined;
      }, 20_000);
      await world.telegram.waitFor(() => press.answer, 20_000);
    }
  });
  const { code, out } = await checkIn(world);
  expect(code).toBe(0);
  expect(out).toContain("support: maxParts is 3, set in Telegram with /desk; the configuration says 6");
  await world.configure((raw) => ({ ...raw, desks: { support: { ...raw.desks.support, maxParts: 5 } } }));
  expect((await checkIn(world)).out).toContain("support: maxParts is 5; what was once set in Telegram does not count");
});

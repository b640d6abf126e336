import { chmod, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { call, startWorld, type World } from "./start-world.ts";

const checkIn = (world: World, ...argv: readonly string[]) => call(["check", "--config", world.file, ...argv]);

test("a right installation gets only ticks and exit code 0, sends nothing and tells no secret", async () => {
  const world = await startWorld();
  const { code, out } = await checkIn(world);
  expect(out).not.toContain("✗");
  expect(code).toBe(0);
  expect(out).toMatch(/^✓ configuration: /);
  expect(out).toMatch(/✓ Telegram: the bot is @\w+/);
  expect(out).toMatch(/✓ support: the forum "پشتیبانی"/);
  expect(out).toMatch(/✓ asanak: login works, credit \d+/);
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
  await world.configure((raw) => ({ ...raw, server: { ...raw.server, publicUrl: "https://sms.example.com" } }));
  const url = `https://sms.example.com/hooks/asanak/${world.bridgeConfig().providers.asanak.inboxToken}`;
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
  expect(wrong.out).toMatch(/✗ asanak: bad-credentials.* — /);
  await world.configure((raw) => ({ ...raw, desks: { support: { chat: -1009999 } } }));
  expect((await checkIn(world)).out).toMatch(/✗ support: the bot is not in this chat, or there is none — /);
});

test("what cannot be reached is told, and the rest is checked all the same", async () => {
  const world = await startWorld();
  await world.configure((raw) => ({ ...raw, telegram: { ...raw.telegram, apiRoot: "http://127.0.0.1:9" } }));
  const { code, out } = await checkIn(world);
  expect(code).toBe(2);
  expect(out).toMatch(/✗ Telegram: cannot be reached .* telegram\.proxy/);
  expect(out).toMatch(/✓ asanak: login works/);
});

test("a right that the bot lacks is named, and a bot outside the group is told", async () => {
  const world = await startWorld();
  world.group.setBot("administrator", { can_manage_topics: false });
  expect((await checkIn(world)).out).toMatch(/✗ support: the bot lacks the right "Manage topics" — /);
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

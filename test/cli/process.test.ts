import { cp, mkdir, mkdtemp, readdir, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { call, startChild, startWorld } from "./start-world.ts";

// Processes of their own take their time to begin where many run at once.
vi.setConfig({ testTimeout: 60_000 });

test("run tells where it listens, and a second one says who owns the store; SIGTERM ends the first well", async () => {
  const world = await startWorld();
  await world.configure((raw) => ({ ...raw, desks: { support: {} } }));
  const first = startChild(["run", "--config", world.file]);
  const said = await first.says(/^chapar listens on http:\/\/127\.0\.0\.1:\d+/);
  const url = said.replace("chapar listens on ", "").trim();
  expect((await fetch(`${url}/readyz`)).status).toBe(200);
  await first.says(/^asanak: `chapar check --show-urls` prints the URL/);
  await first.says(/^support: not paired yet; write \/pair [A-Z2-9]{8} /);

  const second = startChild(["run", "--config", world.file]);
  expect(await second.ended).toBe(1);
  expect(second.text()).toMatch(/chapar: the store .* is in use by process \d+/);

  first.signal("SIGTERM");
  expect(await first.ended).toBe(0);
  for (const secret of [world.telegram.token, world.asanak.account.password, "sandbox-inbox-token"]) {
    expect(first.text() + second.text()).not.toContain(secret);
  }
});

test("an address that is taken is told in plain words", async () => {
  const world = await startWorld();
  const { port } = world.asanak.network;
  await world.configure((raw) => ({ ...raw, server: { ...raw.server, port } }));
  const { code, err } = await call(["run", "--config", world.file, "--log-level", "silent"]);
  expect(code).toBe(1);
  expect(err).toMatch(/EADDRINUSE.*something else listens there already/);
  expect(process.listenerCount("SIGTERM")).toBe(0);
});

test("sandbox plays its conversation, stays up, and ends well at SIGINT", async () => {
  const child = startChild(["sandbox", "--port", "0"]);
  const said = await child.says(/listens on/);
  await child.says(/The conversation is over/);
  expect((await fetch(`${said.replace(/.* on /, "").trim()}/healthz`)).status).toBe(200);
  child.signal("SIGINT");
  expect(await child.ended).toBe(0);
});

test("sandbox with all panels plays over a line of each and says which", async () => {
  const child = startChild(["sandbox", "--panel", "all", "--port", "0"]);
  await child.says(/The conversation is over/);
  const lines = child.text().split("\n");
  for (const said of [
    /^line 982164063188 of asanak /,
    /^line 30001234 of soap-panel /,
    /^line 50004321 of mydnspanel /,
  ]) {
    expect(lines.filter((line) => said.test(line))).toHaveLength(1);
  }
  expect(lines.filter((line) => line.endsWith("  ✓✓"))).toHaveLength(3);
  child.signal("SIGINT");
  expect(await child.ended).toBe(0);
});

test("a second signal ends it at once, while an answer is still waited for", async () => {
  const world = await startWorld();
  const child = startChild(["run", "--config", world.file]);
  await child.says(/^chapar listens on /);
  world.asanak.mode({ kind: "silent" });
  const line = world.asanak.account.lines[0] ?? "";
  await call(["send", "--config", world.file, "--line", line, "--to", "09121234567", "--wait", "0", "سلام"]);
  await vi.waitFor(() => expect(world.asanak.ledger).toHaveLength(1), { timeout: 5_000, interval: 20 });
  child.signal("SIGTERM");
  await child.says(/stopping/);
  const from = performance.now();
  child.signal("SIGTERM");
  expect(await child.ended).toBe(1);
  expect(performance.now() - from).toBeLessThan(1_500);
});

test("a broken configuration ends run with 2", async () => {
  const world = await startWorld();
  await writeFile(world.file, "{");
  expect(await call(["run", "--config", world.file])).toMatchObject({
    code: 2,
    out: "",
    err: expect.stringMatching(/^config\.json:1:2: cannot be read/),
  });
});

test("the store that run and send make is for their own user alone, whatever the process inherits", async () => {
  const umask = process.umask(0o022);
  onTestFinished(() => void process.umask(umask));
  for (const command of ["run", "send"]) {
    const world = await startWorld();
    await world.configure((raw) => ({ ...raw, store: "sqlite://data/chapar.sqlite" }));
    const line = world.asanak.account.lines[0] ?? "";
    const words = command === "run" ? [] : ["--line", line, "--to", "09121234567", "سلام"];
    const child = startChild([command, "--config", world.file, ...words]);
    if (command === "run") await child.says(/^chapar listens on /);
    else expect(await child.ended).toBe(0);
    const folder = join(dirname(world.file), "data");
    const names = (await readdir(folder)).filter((name) => !name.endsWith("-journal"));
    expect(names.length).toBeGreaterThan(1);
    for (const path of [folder, ...names.map((name) => join(folder, name))]) {
      expect((await stat(path)).mode & 0o077, path).toBe(0);
    }
  }
});

test("a proxy over SOCKS brings no warning of Node about it", async () => {
  const world = await startWorld();
  await world.configure((raw) => ({
    ...raw,
    providers: { asanak: { ...raw.providers.asanak, proxy: "socks5://127.0.0.1:9" } },
  }));
  const child = startChild(["check", "--config", world.file]);
  await child.ended;
  expect(child.text()).toMatch(/✗ asanak +login +unreachable/);
  expect(child.text()).not.toMatch(/warning/i);
});

test("a driver of SQLite that was not built, or for another Node, is told with how to build it", async () => {
  const root = join(import.meta.dirname, "../..");
  const folder = await mkdtemp(join(tmpdir(), "chapar-unbuilt-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const name of ["dist", "package.json"]) await symlink(join(root, name), join(folder, name));
  await mkdir(join(folder, "node_modules"));
  for (const name of await readdir(join(root, "node_modules"))) {
    if (name !== "sqlite3") await symlink(join(root, "node_modules", name), join(folder, "node_modules", name));
  }
  const driver = join(folder, "node_modules/sqlite3");
  for (const part of ["lib", "package.json"]) {
    await cp(join(root, "node_modules/sqlite3", part), join(driver, part), { recursive: true });
  }
  const node = ["--preserve-symlinks", "--preserve-symlinks-main", join(folder, "dist/cli.js")];
  const unbuilt = startChild(["check"], { node });
  expect(await unbuilt.ended).toBe(1);
  expect(unbuilt.text()).toMatch(/^chapar: SQLite's driver is not built .*`npm rebuild sqlite3`.*\n$/);

  await mkdir(join(driver, "build/Release"), { recursive: true });
  await writeFile(join(driver, "build/Release/node_sqlite3.node"), "for another machine");
  const foreign = startChild(["check"], { node });
  expect(await foreign.ended).toBe(1);
  expect(foreign.text()).toBe(unbuilt.text());
});

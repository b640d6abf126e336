import { spawn } from "node:child_process";
import { once } from "node:events";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { expect, test, vi } from "vitest";
import { openTemporary, startSandbox } from "./start-sandbox.ts";
import { startChild } from "./start-world.ts";

// Each starts several processes, on a machine that may have much else to do.
vi.setConfig({ testTimeout: 120_000 });

test("a bridge that ends by itself is told at the terminal and on the page, and can be started again", async () => {
  const sandbox = await startSandbox();
  const [pid = 0] = await sandbox.temporary.processes();
  process.kill(pid, "SIGKILL");
  await sandbox.child.says(/^chapar: the bridge ended by itself \(SIGKILL\)/);
  const lost = await sandbox.until(({ log }) => log.find(({ answered }) => answered?.includes("by itself")), "a line");
  expect(lost).toMatchObject({ side: "bridge", isBad: true });
  expect((await sandbox.state()).bridge).toEqual({ state: "down" });
  expect((await sandbox.start()).body).toEqual({ state: "running" });
  expect((await fetch(`${sandbox.url}/healthz`)).status).toBe(200);
});

test("its files are for its owner alone; SIGTERM ends it well and leaves neither a file nor a bridge", async () => {
  const sandbox = await startSandbox();
  const [folder = ""] = await sandbox.temporary.files();
  expect((await stat(join(sandbox.temporary.path, folder))).mode & 0o777).toBe(0o700);
  sandbox.child.signal("SIGTERM");
  expect(await sandbox.child.ended).toBe(0);
  expect(await sandbox.temporary.processes()).toEqual([]);
  expect(await sandbox.temporary.files()).toEqual([]);
});

test("a sandbox that is killed takes its bridge and its files with it", async () => {
  const sandbox = await startSandbox();
  expect(await sandbox.temporary.processes()).toHaveLength(1);
  sandbox.child.signal("SIGKILL");
  await sandbox.child.ended;
  await expect.poll(() => sandbox.temporary.processes(), { timeout: 20_000 }).toEqual([]);
  expect(await sandbox.temporary.files()).toEqual([]);
});

test("its bridge's program, started by hand, does nothing with the folder that it is given", async () => {
  const temporary = await openTemporary();
  const entry = join(import.meta.dirname, "../../dist/cli/sandbox-bridge.js");
  const [code] = await once(spawn(process.execPath, [entry, temporary.path], { stdio: "ignore" }), "exit");
  expect(code).toBe(2);
  expect((await stat(temporary.path)).isDirectory()).toBe(true);
});

test.each([100, 400, 700, 1000, 1300])("SIGTERM %i ms after the beginning leaves nothing behind", async (ms) => {
  const temporary = await openTemporary();
  const child = startChild(["sandbox", "--port", "0"], { env: { TMPDIR: temporary.path } });
  await pause(ms);
  child.signal("SIGTERM");
  // Before it has begun to listen to signals Node ends it, and says so with no code.
  expect([0, null]).toContain(await child.ended);
  await expect.poll(() => temporary.processes(), { timeout: 20_000 }).toEqual([]);
  expect(await temporary.files()).toEqual([]);
});

test("SIGTERM in the middle of the conversation ends it without a word", async () => {
  const temporary = await openTemporary();
  const child = startChild(["sandbox", "--port", "0"], { env: { TMPDIR: temporary.path } });
  await child.says(/^→ /);
  child.signal("SIGTERM");
  expect(await child.ended).toBe(0);
  expect(child.text()).not.toContain("broke off");
  expect(child.text()).not.toContain("is over");
  expect(await temporary.files()).toEqual([]);
});

test.each([0, 10, 30, 60, 120])("a second SIGTERM %i ms after the first leaves nothing behind", async (ms) => {
  const sandbox = await startSandbox();
  sandbox.child.signal("SIGTERM");
  await pause(ms);
  sandbox.child.signal("SIGTERM");
  expect([0, 1]).toContain(await sandbox.child.ended);
  await expect.poll(() => sandbox.temporary.processes(), { timeout: 20_000 }).toEqual([]);
  expect(await sandbox.temporary.files()).toEqual([]);
});

test("a place for its files that is none is told in plain words, with what to do", async () => {
  const child = startChild(["sandbox", "--port", "0"], { env: { TMPDIR: "/nowhere/at-all" } });
  expect(await child.ended).toBe(1);
  expect(child.text()).toMatch(/^chapar: no folder .* can be made in \/nowhere\/at-all \(ENOENT\): let TMPDIR .*\n$/);
});

test("a port that is taken is told in plain words, and nothing stays behind", async () => {
  const first = await startSandbox();
  const temporary = await openTemporary();
  const second = startChild(["sandbox", "--port", new URL(first.url).port], { env: { TMPDIR: temporary.path } });
  expect(await second.ended).toBe(1);
  expect(second.text()).toMatch(/^chapar: .*something else listens there already.*--port/);
  expect(await temporary.files()).toEqual([]);
});

test("a conversation that a person interrupts breaks off, and the sandbox stays up", async () => {
  const temporary = await openTemporary();
  const child = startChild(["sandbox", "--port", "0"], { env: { TMPDIR: temporary.path } });
  const url = (await child.says(/listens on/)).replace(/.* on /, "").trim();
  const headers = { "content-type": "application/json" };
  await fetch(`${url}/sandbox/bridge`, { method: "POST", headers, body: JSON.stringify({ do: "kill" }) });
  await child.says(/^chapar: the conversation broke off: .+ in a browser at http/);
  expect((await fetch(`${url}/?lang=en`)).status).toBe(200);
  child.signal("SIGINT");
  expect(await child.ended).toBe(0);
});

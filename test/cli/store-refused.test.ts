import { chmod, copyFile, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, test, vi } from "vitest";
import { call, startChild, startWorld, type World, withBridge } from "./start-world.ts";

vi.setConfig({ testTimeout: 60_000 });

const number = "09121234567";
const storeOf = (world: World) => join(dirname(world.file), "chapar.sqlite");

/** A store that this user may read and not write, and how a process of such a user is started: rights do not bind root. */
async function readOnly(world: World): Promise<{ uid?: number }> {
  await withBridge(world, async () => undefined);
  const asRoot = process.getuid?.() === 0;
  await chmod(dirname(world.file), 0o777);
  await chmod(world.file, 0o644);
  await chmod(storeOf(world), 0o444);
  await chmod(`${storeOf(world)}.lock`, 0o666);
  return asRoot ? { uid: 65_534 } : {};
}

test("a store that can only be read is refused at the start, and by send as certainly not sent; check says so; a copy can be made", async () => {
  const world = await startWorld();
  const how = await readOnly(world);
  const before = await readFile(storeOf(world));
  const refusal = /the store .*chapar\.sqlite: .*EACCES.*Check the rights of the file and of its folder/;

  const run = startChild(["run", "--config", world.file], how);
  expect(await run.ended).toBe(1);
  expect(run.text()).toMatch(new RegExp(`^chapar: cannot open ${refusal.source}\\.\\n$`));
  const line = world.asanak.account.lines[0] ?? "";
  const send = startChild(["send", "--config", world.file, "--line", line, "--to", number, "سلام"], how);
  expect(await send.ended).toBe(1);
  expect(send.text()).toMatch(/^failed: certainly not sent \(cannot open the store/);
  const check = startChild(["check", "--config", world.file], how);
  expect(await check.ended).not.toBe(0);
  expect(check.text()).toMatch(refusal);
  const copy = join(dirname(world.file), "copy.sqlite");
  const backup = startChild(["backup", "--config", world.file, copy], how);
  expect(await backup.ended).toBe(0);
  expect(world.asanak.ledger).toHaveLength(0);
  expect(await readFile(storeOf(world))).toEqual(before);
});

test.each([
  ["/proc/nope/deeper/chapar.sqlite", /cannot open the store \/proc\/nope.*folder cannot be created there/],
  ["config.json", /not a database.*Name another file/],
  ["config.json/chapar.sqlite", /part of the path is a file/],
])("a store at %s is refused in plain words, by every command", async (path, words) => {
  const world = await startWorld();
  await world.configure((raw) => ({ ...raw, store: `sqlite://${path}` }));
  const line = world.asanak.account.lines[0] ?? "";
  const run = startChild(["run", "--config", world.file]);
  expect(await run.ended).toBe(1);
  expect(run.text()).toMatch(words);
  const sent = await call(["send", "--config", world.file, "--line", line, "--to", number, "سلام"]);
  expect(sent).toMatchObject({ code: 1, out: expect.stringMatching(words) });
  const target = join(dirname(world.file), "copy.sqlite");
  expect((await call(["backup", "--config", world.file, target])).code).toBe(1);
  expect((await readdir(dirname(world.file))).filter((name) => name.startsWith("copy"))).toEqual([]);
});

test("beside a bridge a second one is told who owns the store, and send, check and backup do their work", async () => {
  const world = await startWorld();
  const first = startChild(["run", "--config", world.file]);
  await first.says(/^chapar listens on /);
  const second = startChild(["run", "--config", world.file]);
  expect(await second.ended).toBe(1);
  expect(second.text()).toMatch(
    /^chapar: the store .*chapar\.sqlite is in use by process \d+ on host .* stop that one first\.\n$/,
  );
  const line = world.asanak.account.lines[0] ?? "";
  const beside = [
    startChild(["send", "--config", world.file, "--line", line, "--to", number, "--delivered", "سلام"]),
    startChild(["check", "--config", world.file]),
    startChild(["backup", "--config", world.file, join(dirname(world.file), "copy.sqlite")]),
    // A second one that comes again and again, as a supervisor starts it.
    startChild(["run", "--config", world.file]),
  ];
  expect(await Promise.all(beside.map(({ ended }) => ended))).toEqual([0, expect.any(Number), 0, 1]);
  expect(beside[1]?.text()).toMatch(/in use by the bridge that runs as process \d+/);
  expect(world.asanak.ledger).toHaveLength(1);
  first.signal("SIGTERM");
  expect(await first.ended).toBe(0);
});

test("a store with a damaged page is told as damaged, with what to do, and nothing of it is changed", async () => {
  const world = await startWorld();
  await withBridge(world, async (url) => {
    world.connect(url);
    await Promise.all(
      Array.from({ length: 40 }, (_, n) => world.phones.phone(`091200000${10 + n}`).sends(`سلام ${"الف ".repeat(80)}`)),
    );
  });
  const good = await readFile(storeOf(world));
  // The first page stays: what is torn is what lies in the tables and their indexes.
  await copyFile(storeOf(world), `${storeOf(world)}.good`);
  const torn = Buffer.concat([good.subarray(0, 4096), Buffer.alloc(good.length - 4096, 0x5a)]);
  await writeFile(storeOf(world), torn);
  const run = startChild(["run", "--config", world.file]);
  expect(await run.ended).toBe(1);
  expect(run.text()).toMatch(
    /chapar: .*malformed.*The database is damaged\. Stop the bridge, move the file away and restore a backup/,
  );
  await copyFile(`${storeOf(world)}.good`, storeOf(world));
  await withBridge(world, async (url) => expect((await fetch(`${url}/readyz`)).status).toBe(200));
});

import { chmod, copyFile, mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { openRaw } from "../../src/store/connection.ts";
import { call, startChild, startWorld, type World, withBridge } from "./start-world.ts";

const folderOf = (world: World) => dirname(world.file);
const copyOf = (world: World) => join(folderOf(world), "copy.sqlite");
const storeOf = (world: World) => join(folderOf(world), "chapar.sqlite");
const number = "09121234567";

function send(world: World, ...more: readonly string[]) {
  const line = world.asanak.account.lines[0] ?? "";
  return call(["send", "--config", world.file, "--line", line, "--to", number, ...more]);
}

test("the copy is whole, is made beside a bridge that is being written to, and is a store of its own", async () => {
  const world = await startWorld();
  const accepted: string[] = [];
  await withBridge(world, async (url) => {
    world.connect(url);
    let isOver = false;
    const storm = async (from: number) => {
      for (let n = 0; !isOver; n++) {
        const text = `from ${from} number ${n}`;
        const { status } = await world.phones.phone(`0912000000${from}`).sends(text);
        if (status === 200) accepted.push(text);
      }
    };
    const storms = [1, 2, 3, 4].map(storm);
    while (accepted.length < 100) await new Promise((resolve) => setTimeout(resolve, 10));
    const before = [...accepted];
    // A process of its own, as in life.
    const child = startChild(["backup", "--config", world.file, copyOf(world)]);
    expect(await child.ended).toBe(0);
    expect(child.text()).toMatch(/^the store was copied to .*copy\.sqlite \(\d+ kB\)\n$/);
    isOver = true;
    await Promise.all(storms);
    const connection = await openRaw(copyOf(world), { table: "chapar_probe", busyMs: 100 });
    const rows = await connection.query("SELECT json_extract(value, '$.value.text') AS text FROM chapar_inbound");
    expect(await connection.query("PRAGMA integrity_check")).toEqual([{ integrity_check: "ok" }]);
    await connection.close();
    const texts = new Set(rows.map(({ text }) => text));
    expect(before.filter((text) => !texts.has(text))).toEqual([]);
    expect(accepted.length).toBeGreaterThan(before.length);
  });
  expect((await readdir(folderOf(world))).filter((name) => name.startsWith("copy"))).toEqual(["copy.sqlite"]);

  await world.configure((raw) => ({ ...raw, store: "sqlite://copy.sqlite" }));
  expect((await call(["check", "--config", world.file])).out).toMatch(/store: a copy of .* on which no bridge has run/);
  await withBridge(world, async (url) => expect((await fetch(`${url}/readyz`)).status).toBe(200));
  expect((await call(["check", "--config", world.file])).out).not.toMatch(/store: a copy/);
});

test("on a restored copy `send` with the same key sends nothing that may have left since", async () => {
  const world = await startWorld();
  world.asanak.mode({ kind: "status", status: 429 });
  await withBridge(world, async (url) => {
    world.connect(url);
    expect((await send(world, "--key", "alert-7", "--wait", "0", "down")).code).toBe(3);
    expect((await call(["backup", "--config", world.file, copyOf(world)])).code).toBe(0);
  });
  world.asanak.mode({ kind: "normal" });
  await rm(`${storeOf(world)}`);
  await copyFile(copyOf(world), storeOf(world));
  expect(await send(world, "--key", "alert-7", "--wait", "2", "down")).toMatchObject({
    code: 3,
    out: expect.stringContaining("uncertain"),
  });
  expect(world.asanak.ledger).toHaveLength(0);
  expect((await send(world, "--key", "alert-8", "up")).code).toBe(0);
  await withBridge(world, async () => new Promise((resolve) => setTimeout(resolve, 1500)));
  expect(world.asanak.ledger.map(({ text }) => text)).toEqual(["up"]);
});

test("`send` may be the first on a restored copy: what it is asked for now leaves, and the next bridge tells the desks once", async () => {
  const world = await startWorld();
  await withBridge(world, async () => {
    expect((await call(["backup", "--config", world.file, copyOf(world)])).code).toBe(0);
  });
  await rm(storeOf(world));
  await copyFile(copyOf(world), storeOf(world));
  expect(await send(world, "up")).toMatchObject({ code: 0 });
  expect(world.asanak.ledger.map(({ text }) => text)).toEqual(["up"]);

  const news = () => world.group.messages("general").filter(({ text }) => text.includes("نسخه‌ی پشتیبانِ"));
  await withBridge(world, () => world.telegram.waitFor(() => news().length > 0, 15_000, "news of the restored store"));
  await withBridge(world, () => new Promise((resolve) => setTimeout(resolve, 1500)));
  expect(news()).toHaveLength(1);
  expect(world.asanak.ledger).toHaveLength(1);
});

test("what is wrong with the call is told with 2, what does not work with 1, and nothing is changed", async () => {
  const world = await startWorld();
  const run = (...words: readonly string[]) => call(["backup", "--config", world.file, ...words]);
  const target = copyOf(world);
  const missing = join(folderOf(world), "none", "copy.sqlite");
  expect(await run(target)).toMatchObject({
    code: 1,
    err: expect.stringMatching(/there is no store at .*chapar\.sqlite/),
  });
  await withBridge(world, async () => undefined);
  expect(await run()).toMatchObject({ code: 2, err: expect.stringContaining("missing: FILE") });
  expect(await run(target, "more")).toMatchObject({ code: 2, err: expect.stringContaining('"more" is one too many') });
  expect(await run(missing)).toMatchObject({
    code: 2,
    err: expect.stringMatching(/there is no folder .*none; make it/),
  });
  await writeFile(target, "precious");
  expect(await run(target)).toMatchObject({ code: 2, err: expect.stringContaining("exists already; name a new file") });
  await rm(target);
  await world.configure((raw) => ({ ...raw, store: "memory:" }));
  expect(await run(target)).toMatchObject({ code: 2, err: expect.stringContaining("the store is in memory") });
  await writeFile(world.file, "{");
  expect((await run(target)).code).toBe(2);
  expect((await readdir(folderOf(world))).filter((name) => /copy|none/.test(name))).toEqual([]);
});

test("a folder that this user may not write in is told in plain words, with 1", async () => {
  const world = await startWorld();
  await withBridge(world, async () => undefined);
  const closed = join(folderOf(world), "closed");
  await mkdir(closed);
  await chmod(closed, 0o555);
  // Rights do not bind root.
  const asRoot = process.getuid?.() === 0;
  if (asRoot) for (const path of [folderOf(world), world.file, storeOf(world)]) await chmod(path, 0o777);
  const child = startChild(
    ["backup", "--config", world.file, join(closed, "copy.sqlite")],
    asRoot ? { uid: 65_534 } : {},
  );
  expect(await child.ended).toBe(1);
  expect(child.text()).toMatch(/^chapar: the folder .*closed cannot be written: .*\n$/);
  expect(await readdir(closed)).toEqual([]);
});

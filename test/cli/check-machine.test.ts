import { chmod, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, test, vi } from "vitest";
import { openRaw } from "../../src/store/connection.ts";
import { namesOne, readDocument } from "./name-one-fault.ts";
import { leadTo, startAnswering } from "./start-answering.ts";
import { call, startChild, startWorld, type World, withBridge } from "./start-world.ts";

vi.setConfig({ testTimeout: 60_000 });

const storeOf = (world: World) => join(dirname(world.file), "chapar.sqlite");
/** Where it was paired stands in the store alone. */
const unpaired = (world: World) => world.configure((raw) => ({ ...raw, desks: { support: {} } }));

test("a store that another program holds is named, and nothing else, not even a desk that is paired in it", async () => {
  const world = await startWorld();
  await unpaired(world);
  await withBridge(world, async () => undefined);
  const other = await openRaw(storeOf(world), { table: "other", busyMs: 1000 });
  await other.query("PRAGMA locking_mode=EXCLUSIVE");
  await other.query("BEGIN EXCLUSIVE");
  try {
    await namesOne(world.file, { code: "store.held", subject: storeOf(world), advice: /fuser/ });
  } finally {
    await other.close();
  }
});

test("a file that is no store is named, and nothing else", async () => {
  const world = await startWorld();
  await writeFile(storeOf(world), "this is a text, and a rather long one, and no database at all\n".repeat(100));
  await namesOne(world.file, { code: "store.damaged", subject: storeOf(world), advice: /restore a backup/ });
});

test("a store at a place where none can be is named, and nothing else", async () => {
  const world = await startWorld();
  await world.configure((raw) => ({ ...raw, store: "sqlite://config.json/chapar.sqlite" }));
  const subject = join(world.file, "chapar.sqlite");
  await namesOne(world.file, { code: "store.unusable", subject, advice: /correct `store`/ });
});

test("a folder in which no store can be made is named, and nothing else", async () => {
  const world = await startWorld();
  await chmod(dirname(world.file), 0o755);
  await chmod(world.file, 0o644);
  const how = process.getuid?.() === 0 ? { uid: 65_534 } : {};
  if (!("uid" in how)) await chmod(dirname(world.file), 0o555);
  const child = startChild(["check", "--config", world.file, "--json"], how);
  const code = (await child.ended) ?? -1;
  await chmod(dirname(world.file), 0o755);
  const { findings } = readDocument({ code, out: child.text() });
  expect(findings.filter(({ kind }) => kind === "bad").map(({ code }) => code)).toEqual(["store.not-writable"]);
});

test("a store that is another user's is named, and nothing else", async () => {
  const world = await startWorld();
  await withBridge(world, async () => undefined);
  await chmod(dirname(world.file), 0o777);
  await chmod(world.file, 0o644);
  await chmod(storeOf(world), 0o444);
  await chmod(`${storeOf(world)}.lock`, 0o666);
  const how = process.getuid?.() === 0 ? { uid: 65_534 } : {};
  const child = startChild(["check", "--config", world.file, "--json"], how);
  const { findings } = readDocument({ code: (await child.ended) ?? -1, out: child.text() });
  expect(findings.filter(({ kind }) => kind === "bad")).toMatchObject([
    { code: "store.not-writable", subject: storeOf(world), advice: expect.stringContaining("chown") },
  ]);
});

test("a clock that is far off is named, and nothing else; a few minutes are nothing", async () => {
  const world = await startWorld();
  let minutes = 4;
  const relay = await startAnswering((request, response) => {
    const date = new Date(Date.now() - minutes * 60_000).toUTCString();
    response.setHeader("date", date);
    leadTo(() => world.telegram.url)(request, response);
  });
  await world.configure((raw) => ({ ...raw, telegram: { ...raw.telegram, apiRoot: relay } }));
  expect((await call(["check", "--config", world.file])).code).toBe(0);
  minutes = 90;
  await namesOne(world.file, { code: "clock.off", subject: "clock", advice: /timedatectl/ });
});

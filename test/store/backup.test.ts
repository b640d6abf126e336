import { access, copyFile, readdir, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { Store } from "../../src/core/ports/store.ts";
import { backupStore } from "../../src/store/backup.ts";
import { openStore } from "../../src/store/open.ts";
import { makeFolder } from "./folder.ts";
import { startChild } from "./processes.ts";
import { createErrorLog, createHandClock, sampleSpec } from "./sample.ts";

const deps = { clock: createHandClock(), log: createErrorLog() };
const note = async (copy: Store) => (await copy.collection(sampleSpec)).put("note", { text: "a copy" });
const how = { ...deps, note };

it("copies all that was committed, while the store is being written", async () => {
  const folder = await makeFolder();
  const store = await openStore(`sqlite://${folder}/store.sqlite`, deps);
  const samples = await store.collection(sampleSpec);
  for (let n = 0; n < 50; n++) await samples.put(`k${n}`, { text: "before", order: n });
  const later = Array.from({ length: 200 }, (_, n) => samples.put(`later${n}`, { text: "later" }));
  await backupStore("sqlite://store.sqlite", join(folder, "copy.sqlite"), { ...how, baseDir: folder });
  await Promise.all(later);
  await store.close();

  const copy = await openStore(`sqlite://${folder}/copy.sqlite`, deps);
  const copied = await copy.collection(sampleSpec);
  expect(await copied.range("order", { limit: 99 })).toHaveLength(50);
  expect(await copied.get("note")).toEqual({ text: "a copy" });
  await copy.close();
});

it("replaces no file, and makes none where there is nothing to copy", async () => {
  const folder = await makeFolder();
  const target = join(folder, "copy.sqlite");
  await expect(backupStore(`sqlite://${folder}/none.sqlite`, target, how)).rejects.toThrow("there is no store");
  await expect(backupStore("memory:", target, how)).rejects.toThrow("in memory");
  await expect(access(target)).rejects.toThrow();
  await expect(access(join(folder, "none.sqlite"))).rejects.toThrow();
  await writeFile(target, "precious");
  await writeFile(join(folder, "store.sqlite"), "");
  await expect(backupStore(`sqlite://${folder}/store.sqlite`, target, how)).rejects.toThrow("exists already");
});

it("holds every record that another process had committed before it began, and nothing else lies beside it", async () => {
  const folder = await makeFolder();
  const uri = `sqlite://${folder}/store.sqlite`;
  const child = startChild("write for ever", uri);
  for (const round of [1, 2, 3]) {
    await child.wrote(400 * round);
    const before = child.lines();
    const target = join(folder, `copy${round}.sqlite`);
    await backupStore(uri, target, how);
    const copy = await openStore(`sqlite://${target}`, deps);
    const copied = await copy.collection(sampleSpec);
    const counts = new Map<string, number>();
    for (const line of before) {
      const [what, key = ""] = line.split(" ");
      counts.set(key, what === "updated" ? 1 : (counts.get(key) ?? 0));
    }
    for (const [key, count] of counts) {
      const found = await copied.get(key);
      expect(found?.text).toBe(key);
      expect(found?.count ?? 0).toBeGreaterThanOrEqual(count);
    }
    await copy.close();
    expect((await readdir(folder)).filter((name) => name.startsWith("copy"))).toHaveLength(round);
  }
  await child.kill();
});

it("leaves nothing where it cannot be finished", async () => {
  const folder = await makeFolder();
  const uri = `sqlite://${folder}/store.sqlite`;
  const store = await openStore(uri, deps);
  await (await store.collection(sampleSpec)).put("a", { text: "a" });
  const fails = { ...deps, note: () => Promise.reject(new Error("cut off")) };
  await expect(backupStore(uri, join(folder, "copy.sqlite"), fails)).rejects.toThrow("cut off");
  await store.close();
  expect((await readdir(folder)).filter((name) => name.startsWith("copy"))).toEqual([]);
});

it("is not opened over the journal of the store that was there before, which would damage it", async () => {
  const folder = await makeFolder();
  const file = join(folder, "store.sqlite");
  const uri = `sqlite://${file}`;
  const target = join(folder, "copy.sqlite");
  const child = startChild("write for ever", uri);
  await child.wrote(200);
  await backupStore(uri, target, how);
  await child.wrote(2000);
  await child.kill();
  expect((await stat(`${file}-wal`)).size).toBeGreaterThan(0);

  // What a person does in a hurry.
  await copyFile(target, file);
  await expect(openStore(uri, deps)).rejects.toMatchObject({ name: "StoreError", code: "unopenable" });
  await expect(openStore(uri, deps)).rejects.toThrow(/Remove .*store\.sqlite-wal and .*store\.sqlite-shm/);
  await rm(`${file}-wal`);
  await rm(`${file}-shm`);
  const restored = await openStore(uri, deps);
  const samples = await restored.collection(sampleSpec);
  expect(await samples.get("note")).toEqual({ text: "a copy" });
  await samples.put("b", { text: "b" });
  // From the first opening on it is a store like any other, whose own journal is its own.
  await copyFile(file, `${target}.killed`);
  await copyFile(`${file}-wal`, `${target}.killed-wal`);
  await restored.close();
  const again = await openStore(`sqlite://${target}.killed`, deps);
  expect(await (await again.collection(sampleSpec)).get("b")).toEqual({ text: "b" });
  await again.close();
});

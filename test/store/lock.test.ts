import { access, symlink, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { openLock, readOwner } from "../../src/store/lock.ts";
import { openStore } from "../../src/store/open.ts";
import { makeFolder } from "./folder.ts";
import { startChild } from "./processes.ts";
import { createErrorLog, createHandClock, sampleSpec } from "./sample.ts";

const clock = createHandClock(Date.parse("2026-01-02T03:04:05Z"));

async function makeUri(): Promise<{ file: string; uri: string }> {
  const file = join(await makeFolder(), "data", "store.sqlite");
  return { file, uri: `sqlite://${file}` };
}

async function take(uri: string) {
  const lock = await openLock(uri, { clock });
  onTestFinished(() => lock.release());
  return lock;
}

describe("the lock of a store", () => {
  it("has one holder, and a second is refused with the name of the first", async () => {
    const { uri, file } = await makeUri();
    const lock = await take(uri);
    await expect(openLock(uri, { clock })).rejects.toMatchObject({ name: "StoreError", code: "locked" });
    await expect(openLock(uri, { clock })).rejects.toThrow(
      `${file} is in use by process ${process.pid} on host ${hostname()} since 2026-01-02T03:04:05.000Z`,
    );
    await lock.release();
    await lock.release();
    await take(uri);
  });

  it("goes to the next at once when its holder is killed", async () => {
    const { uri } = await makeUri();
    const holder = startChild("hold the lock", uri);
    await holder.wrote(1);
    await expect(openLock(uri, { clock })).rejects.toThrow(`process ${holder.process.pid} on host`);
    expect(await readOwner(uri, {})).toMatchObject({ pid: holder.process.pid, host: hostname() });
    await holder.kill();
    expect(await readOwner(uri, {})).toBeUndefined();
    await take(uri);
    expect(await readOwner(uri, {})).toEqual({ pid: process.pid, host: hostname(), since: clock.now() });
  });

  it("is not refused because of a name left behind, nor without a readable name", async () => {
    const { uri, file } = await makeUri();
    await (await take(uri)).release();
    await writeFile(`${file}.owner`, JSON.stringify({ pid: process.pid, host: hostname(), since: 1 }));
    expect(await readOwner(uri, {})).toBeUndefined();
    await take(uri);
    await writeFile(`${file}.owner`, "torn");
    await expect(openLock(uri, { clock })).rejects.toThrow("in use by another process");
    expect(await readOwner(uri, {})).toBeDefined();
  });

  it("is had by exactly one of several that come at the same moment", async () => {
    const { uri } = await makeUri();
    const results = await Promise.allSettled(Array.from({ length: 4 }, () => take(uri)));
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  it("is not disturbed by those who look who holds it", async () => {
    const { uri } = await makeUri();
    await (await take(uri)).release();
    const looking = Array.from({ length: 5 }, () => readOwner(uri, {}));
    await take(uri);
    await Promise.all(looking);
  });

  it("does not keep others from reading and writing the store", async () => {
    const { uri } = await makeUri();
    await take(uri);
    const store = await openStore(uri, { clock, log: createErrorLog() });
    const samples = await store.collection(sampleSpec);
    expect(await samples.create("a", { text: "a" })).toBe(true);
    await store.close();
  });

  it("creates nothing when somebody only looks", async () => {
    const { uri, file } = await makeUri();
    expect(await readOwner(uri, {})).toBeUndefined();
    await expect(access(file)).rejects.toThrow();
    await expect(access(`${file}.lock`)).rejects.toThrow();
  });

  it("is one for a store and for a link to it", async () => {
    const { uri, file } = await makeUri();
    await take(uri);
    await writeFile(file, "");
    await symlink(file, `${file}.link`);
    await expect(openLock(`${uri}.link`, { clock })).rejects.toMatchObject({ code: "locked" });
    expect(await readOwner(`${uri}.link`, {})).toMatchObject({ pid: process.pid });
  });

  it("is free for a store in memory", async () => {
    await take("memory:");
    await take("memory:");
    expect(await readOwner("memory:", {})).toBeUndefined();
  });

  it("cannot be taken where no file can be", async () => {
    const { file } = await makeUri();
    await writeFile(`${join(file, "..", "..", "file")}`, "");
    await expect(openLock(`sqlite://${join(file, "..", "..", "file", "x.sqlite")}`, { clock })).rejects.toMatchObject({
      code: "unopenable",
    });
  });
});

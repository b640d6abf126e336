import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { type Store, StoreError } from "../../src/core/ports/store.ts";
import { openConnection } from "../../src/store/connection.ts";
import { openKeyvStore } from "../../src/store/keyv.ts";
import { openStore } from "../../src/store/open.ts";
import { makeFolder } from "./folder.ts";
import { createErrorLog, createHandClock, type Sample, sampleSpec } from "./sample.ts";

const makeDeps = () => ({ clock: createHandClock(), log: createErrorLog() });

async function openSamples(pragmas: Record<string, string | number> = {}) {
  const file = join(await makeFolder(), "store.sqlite");
  const deps = makeDeps();
  const store = await openKeyvStore(file, deps, { pragmas });
  onTestFinished(() => store.close());
  return { file, store, log: deps.log, samples: await store.collection(sampleSpec) };
}

/** A value that JavaScript can write as JSON and SQLite refuses to read as such. */
function makeTooDeep(): Sample {
  let deep: unknown[] = [];
  for (let n = 0; n < 1500; n++) deep = [deep];
  return { text: "too deep", ...{ deep } };
}

describe("a write that fails", () => {
  it("throws when the disk is full, for everyone in the group, and keeps what was there", async () => {
    const { samples, store } = await openSamples({ max_page_count: 40 });
    await samples.put("a", { text: "kept", count: 1 });
    const big = "x".repeat(20_000);
    const results = await Promise.allSettled(
      Array.from({ length: 30 }, (_, n) => samples.create(`big${n}`, { text: big })),
    );
    expect(results.filter(({ status }) => status === "rejected").length).toBeGreaterThan(20);
    for (const [n, result] of results.entries()) {
      if (result.status === "rejected")
        expect(result.reason).toMatchObject({ name: "StoreError", code: "unavailable" });
      expect(Boolean(await samples.get(`big${n}`))).toBe(result.status === "fulfilled");
    }
    await expect(samples.put("a", { text: big.repeat(10) })).rejects.toThrow(StoreError);
    await expect(samples.update("a", () => ({ text: big.repeat(10) }))).rejects.toThrow(StoreError);
    expect(await samples.get("a")).toEqual({ text: "kept", count: 1 });
    await store.probe().catch((error) => expect(error).toBeInstanceOf(StoreError));
  });

  it("throws when the store cannot be written, and reads go on", async () => {
    const { file, samples, store } = await openSamples({ query_only: 1 });
    const other = await openKeyvStore(file, makeDeps());
    onTestFinished(() => other.close());
    await (await other.collection(sampleSpec)).put("a", { text: "a", due: 1 });
    for (const write of [
      () => samples.put("a", { text: "b" }),
      () => samples.create("b", { text: "b" }),
      () => samples.update("a", () => ({ text: "b" })),
      () => samples.delete("a"),
      () => samples.claimDue("due", { now: 9, leaseMs: 1, limit: 1 }),
      () => store.probe(),
    ]) {
      await expect(write()).rejects.toMatchObject({ name: "StoreError", code: "unavailable" });
    }
    expect(await samples.get("a")).toEqual({ text: "a", due: 1 });
  });

  it("throws once another process has kept the file locked for too long, and works again afterwards", async () => {
    const { file, samples } = await openSamples({ busy_timeout: 50 });
    const other = await openConnection(file, { table: "other", busyMs: 50 });
    onTestFinished(() => other.close());
    await other.query("BEGIN IMMEDIATE");
    const writes = [
      samples.create("a", { text: "a" }),
      samples.put("b", { text: "b" }),
      samples.update("c", () => ({ text: "c" })),
    ];
    for (const result of await Promise.allSettled(writes)) expect(result.status).toBe("rejected");
    await other.query("ROLLBACK");
    expect(await samples.create("a", { text: "a" })).toBe(true);
  });

  it("does not take the others of its group with it", async () => {
    const { samples } = await openSamples();
    await samples.put("u", { text: "u" });
    const results = await Promise.allSettled([
      samples.create("a", { text: "a" }),
      samples.create("deep", makeTooDeep()),
      samples.create("b", { text: "b" }),
      samples.put("c", { text: "c" }),
      samples.update("u", () => ({ text: "changed" })),
    ]);
    expect(results.map(({ status }) => status)).toEqual([
      "fulfilled",
      "rejected",
      "fulfilled",
      "fulfilled",
      "fulfilled",
    ]);
    expect(await samples.get("deep")).toBeUndefined();
    expect(await samples.get("b")).toEqual({ text: "b" });
    expect(await samples.get("u")).toEqual({ text: "changed" });
  });

  it("throws for a value that JSON cannot hold", async () => {
    const { samples } = await openSamples();
    const value = { text: "a", ...{ big: 1n } };
    await expect(samples.put("a", value)).rejects.toThrow(TypeError);
    expect(await samples.create("a", { text: "a" })).toBe(true);
  });
});

describe("a row that went bad on the disk", () => {
  it("is never returned or overwritten, and disturbs no other row", async () => {
    const { file, store, samples } = await openSamples();
    await samples.put("torn", { text: "secret", due: 1, order: 1 });
    await samples.put("good", { text: "good", due: 2, order: 2 });
    await store.close();
    const bytes = await readFile(file);
    bytes.write("x", bytes.indexOf('"secret"'));
    await writeFile(file, bytes);

    const deps = makeDeps();
    const reopened = await openKeyvStore(file, deps);
    onTestFinished(() => reopened.close());
    const after = await reopened.collection(sampleSpec);
    expect(await after.get("torn")).toBeUndefined();
    expect(await after.create("torn", { text: "x" })).toBe(false);
    await expect(after.update("torn", () => ({ text: "x" }))).rejects.toThrow(StoreError);
    expect(await after.range("order", { limit: 1 })).toEqual([{ text: "good", due: 2, order: 2 }]);
    expect(await after.claimDue("due", { now: 9, leaseMs: 9, limit: 1 })).toMatchObject([{ text: "good" }]);
    expect(await after.claimDue("due", { now: 9, leaseMs: 9, limit: 1 })).toEqual([]);
    expect(await after.sweep(1e15)).toBe(0);
    expect(deps.log.errors).toHaveLength(1);
    expect(JSON.stringify(deps.log.errors)).not.toContain("secret");
  });
});

describe("a store that cannot be opened", () => {
  const opening = (uri: string): Promise<Store> => openStore(uri, makeDeps());

  it("says what is wrong, where, and what to do", async () => {
    const folder = await makeFolder();
    await mkdir(join(folder, "directory"));
    await writeFile(join(folder, "text"), "This is not a database at all. ".repeat(200));
    const wrong: [string, RegExp][] = [
      [join(folder, "text"), /text: .*not a database.* Name another file/],
      [join(folder, "directory"), /directory: .*unable to open.* Check the path/],
      [join(folder, "text", "store.sqlite"), /text.store\.sqlite: .* is a file\. Check the path/],
      [join(folder, "text", "more", "store.sqlite"), /store\.sqlite: .* is a file\. Check the path/],
      ["/proc/nope/deeper/store.sqlite", /nope\/deeper\/store\.sqlite: .*folder cannot be created.*Check the/],
    ];
    for (const [file, message] of wrong) {
      await expect(opening(`sqlite://${file}`)).rejects.toMatchObject({ name: "StoreError", code: "unopenable" });
      await expect(opening(`sqlite://${file}`)).rejects.toThrow(message);
    }
  });

  it("tells a damaged database from a wrong path", async () => {
    const { file, store } = await openSamples();
    await store.close();
    const header = Buffer.concat([Buffer.from("SQLite format 3\0"), Buffer.alloc(8192, 0xff)]);
    await writeFile(file, header);
    await expect(opening(`sqlite://${file}`)).rejects.toMatchObject({ code: "unopenable" });
    await expect(opening(`sqlite://${file}`)).rejects.toThrow(file);
  });

  it("refuses an address of another kind without repeating it, for it may hold a password", async () => {
    const refused = opening("mysql://root:secret@host/db");
    await expect(refused).rejects.toMatchObject({ name: "StoreError", code: "unopenable" });
    await expect(refused).rejects.toThrow(/sqlite:\/\/path/);
    await expect(refused).rejects.not.toThrow(/secret/);
    for (const uri of ["", "sqlite:", "sqlite://", "sqlite://folder/", "sqlite://:memory:", "data.sqlite"]) {
      await expect(opening(uri), uri).rejects.toMatchObject({ code: "unopenable" });
    }
  });
});

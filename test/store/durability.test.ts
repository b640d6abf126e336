import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Store } from "../../src/core/ports/store.ts";
import { openConnection } from "../../src/store/connection.ts";
import { openStore } from "../../src/store/open.ts";
import { makeFolder } from "./folder.ts";
import { startChild } from "./processes.ts";
import { createErrorLog, createHandClock, sampleSpec } from "./sample.ts";

async function open(uri: string): Promise<Store> {
  return openStore(uri, { clock: createHandClock(Date.now()), log: createErrorLog() });
}

async function makeUri(): Promise<string> {
  return `sqlite://${join(await makeFolder(), "new", "folder", "store.sqlite")}`;
}

describe("a store on disk", () => {
  it("has everything after it was closed and opened again", async () => {
    const uri = await makeUri();
    const first = await open(uri);
    const before = await first.collection(sampleSpec);
    await before.put("a", { text: "سلام", due: 5 });
    await before.create("b", { text: "b" });
    await first.close();
    const second = await open(uri);
    const after = await second.collection(sampleSpec);
    expect(await after.get("a")).toEqual({ text: "سلام", due: 5 });
    expect(await after.create("b", { text: "other" })).toBe(false);
    expect(await after.range("due", { limit: 9 })).toHaveLength(1);
    await second.close();
  });

  it("syncs every commit: WAL and FULL on each connection that it opens", async () => {
    const file = join(await makeFolder(), "store.sqlite");
    for (const table of ["one", "two"]) {
      const connection = await openConnection(file, { table, busyMs: 1234 });
      expect(await connection.query("PRAGMA journal_mode")).toEqual([{ journal_mode: "wal" }]);
      expect(await connection.query("PRAGMA synchronous")).toEqual([{ synchronous: 2 }]);
      expect(await connection.query("PRAGMA busy_timeout")).toEqual([{ timeout: 1234 }]);
      await connection.close();
    }
  });

  it("has every write that a process was told is committed before it was killed", async () => {
    const uri = await makeUri();
    for (let kills = 0; kills < 2; kills++) {
      const child = startChild("write for ever", uri);
      await child.wrote(400);
      await child.kill();
      const told = child.lines();
      expect(told.length).toBeGreaterThanOrEqual(400);
      const store = await open(uri);
      const samples = await store.collection(sampleSpec);
      for (const line of told) {
        const [what, key = ""] = line.split(" ");
        expect(await samples.get(key), line).toMatchObject(
          what === "updated" ? { text: key, count: 1 } : { text: key },
        );
      }
      await store.close();
    }
  });
});

describe("two processes on one store", () => {
  it("create each key once between them, though they open a new file at the same moment", async () => {
    const uri = await makeUri();
    const children = [startChild("create the same keys", uri, "300"), startChild("create the same keys", uri, "300")];
    await Promise.all(children.map((child) => child.finished()));
    const created = children.flatMap((child) => child.lines());
    expect(created).toHaveLength(300);
    expect(new Set(created).size).toBe(300);
  });

  it("lose no update of one record, and never claim the same work", async () => {
    const uri = await makeUri();
    const store = await open(uri);
    const samples = await store.collection(sampleSpec);
    await Promise.all(Array.from({ length: 100 }, (_, n) => samples.put(`k${n}`, { text: `${n}`, due: n })));
    const children = [startChild("add and claim", uri, "100"), startChild("add and claim", uri, "100")];
    await Promise.all(children.map((child) => child.finished()));
    expect((await samples.get("n"))?.count).toBe(200);
    const claimed = children.flatMap((child) => child.lines());
    expect(claimed).toHaveLength(100);
    expect(new Set(claimed).size).toBe(100);
    await store.close();
  });
});

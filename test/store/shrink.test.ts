import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { openRaw } from "../../src/store/connection.ts";
import { openStore } from "../../src/store/open.ts";
import { makeFolder } from "./folder.ts";
import { createErrorLog, createHandClock, sampleSpec } from "./sample.ts";

const deps = { clock: createHandClock(), log: createErrorLog() };
const big = "x".repeat(600);
const count = 2000;

async function openSamples() {
  const file = join(await makeFolder(), "store.sqlite");
  const open = async () => {
    const store = await openStore(`sqlite://${file}`, deps);
    onTestFinished(() => store.close());
    return store.collection(sampleSpec);
  };
  return { file, open };
}

it("a record that becomes small gives its place back to the file, and keeps its index and its expiry", async () => {
  const { file, open } = await openSamples();
  const samples = await open();
  const keys = Array.from({ length: count }, (_, n) => `k${n}`);
  const expiresAt = deps.clock.now() + 1000;
  await Promise.all(keys.map((key, n) => samples.put(key, { text: big, order: n }, { expiresAt })));
  await Promise.all(keys.map((key) => samples.update(key, (current) => current && { ...current, text: "" })));
  const connection = await openRaw(file, { table: "chapar_probe", busyMs: 1000 });
  const [pages] = await connection.query(
    "SELECT page_count AS used, freelist_count AS free FROM pragma_page_count, pragma_freelist_count",
  );
  await connection.close();
  expect(Number(pages?.free) / Number(pages?.used)).toBeGreaterThan(0.5);
  expect(await samples.range("order", { from: count - 1, limit: 2 })).toEqual([{ text: "", order: count - 1 }]);
  deps.clock.set(expiresAt + 1);
  expect(await samples.get("k1")).toBeUndefined();
});

it("of two processes that change a record while it becomes small neither undoes the other", async () => {
  const { open } = await openSamples();
  const [one, other] = [await open(), await open()];
  const keys = Array.from({ length: 50 }, (_, n) => `k${n}`);
  await Promise.all(keys.map((key) => one.put(key, { text: big, count: 0 })));
  const shrink = (current: { text: string } | undefined) => current && { ...current, text: "" };
  const add = (current: { text: string; count?: number } | undefined) =>
    current && { ...current, count: (current.count ?? 0) + 1 };
  await Promise.all(
    keys.flatMap((key) => [
      one.update(key, shrink),
      other.update(key, add),
      one.update(key, add),
      other.update(key, add),
    ]),
  );
  for (const key of keys) expect(await one.get(key)).toEqual({ text: "", count: 3 });
});

import { join } from "node:path";
import { KeyvSqlite } from "@keyv/sqlite";
import Keyv from "keyv";
import { expect, it } from "vitest";
import { openKeyvStore } from "../../src/store/keyv.ts";
import { makeFolder } from "./folder.ts";
import { createErrorLog, createHandClock, sampleSpec } from "./sample.ts";

it("keeps its records in a table that keyv itself reads and writes", async () => {
  const file = join(await makeFolder(), "store.sqlite");
  const store = await openKeyvStore(file, { clock: createHandClock(Date.now()), log: createErrorLog() });
  const samples = await store.collection(sampleSpec);
  await samples.put("a", { text: "ours", due: 1 }, { expiresAt: Date.now() + 60_000 });
  await samples.claimDue("due", { now: 1, leaseMs: 1, limit: 1 });
  await samples.put("gone", { text: "ours" }, { expiresAt: Date.now() - 1 });

  const adapter = new KeyvSqlite({ uri: `sqlite://${file}`, table: "chapar_samples" });
  const keyv = new Keyv({ store: adapter, useKeyPrefix: false, throwOnErrors: true });
  expect(await keyv.get("a")).toEqual({ text: "ours", due: 2 });
  expect(await keyv.get("gone")).toBeUndefined();
  await keyv.set("b", { text: "keyv's", due: 7 }, 60_000);
  await keyv.disconnect();

  expect(await samples.get("b")).toEqual({ text: "keyv's", due: 7 });
  expect(await samples.range("due", { from: 7, limit: 1 })).toHaveLength(1);
  await store.close();
});

import { access, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { backupStore } from "../../src/store/backup.ts";
import { openStore } from "../../src/store/open.ts";
import { makeFolder } from "./folder.ts";
import { createErrorLog, createHandClock, sampleSpec } from "./sample.ts";

const deps = { clock: createHandClock(), log: createErrorLog() };

it("copies all that was committed, while the store is being written", async () => {
  const folder = await makeFolder();
  const store = await openStore(`sqlite://${folder}/store.sqlite`, deps);
  const samples = await store.collection(sampleSpec);
  for (let n = 0; n < 50; n++) await samples.put(`k${n}`, { text: "before", order: n });
  const later = Array.from({ length: 200 }, (_, n) => samples.put(`later${n}`, { text: "later" }));
  await backupStore("sqlite://store.sqlite", join(folder, "copy.sqlite"), { baseDir: folder });
  await Promise.all(later);
  await store.close();

  const copy = await openStore(`sqlite://${folder}/copy.sqlite`, deps);
  const copied = await copy.collection(sampleSpec);
  expect(await copied.range("order", { limit: 99 })).toHaveLength(50);
  await copy.close();
});

it("replaces no file, and makes none where there is nothing to copy", async () => {
  const folder = await makeFolder();
  const target = join(folder, "copy.sqlite");
  await expect(backupStore(`sqlite://${folder}/none.sqlite`, target)).rejects.toThrow("there is no store");
  await expect(backupStore("memory:", target)).rejects.toThrow("in memory");
  await expect(access(target)).rejects.toThrow();
  await expect(access(join(folder, "none.sqlite"))).rejects.toThrow();
  await writeFile(target, "precious");
  await writeFile(join(folder, "store.sqlite"), "");
  await expect(backupStore(`sqlite://${folder}/store.sqlite`, target)).rejects.toThrow("exists already");
});

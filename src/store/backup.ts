import { open, rename, rm } from "node:fs/promises";
import { resolve } from "node:path";
import { StoreError } from "../core/ports/store.ts";
import { fileExists } from "../support/file-exists.ts";
import { openRaw, toStoreError } from "./connection.ts";
import { parseStoreUri } from "./uri.ts";

/**
 * Writes a consistent copy of a store to a new file, also while the owner writes: it holds everything that was committed
 * before the call. The file appears whole, on disk, or not at all. Throws `StoreError`; an existing file is never replaced.
 */
export async function backupStore(uri: string, target: string, deps: { baseDir?: string } = {}): Promise<void> {
  const place = parseStoreUri(uri, deps.baseDir);
  if (place.kind === "memory") throw new StoreError("unopenable", "a store in memory cannot be copied");
  if (!(await fileExists(place.file))) throw new StoreError("unopenable", `there is no store at ${place.file}`);
  const file = resolve(target);
  if (await fileExists(file)) throw new StoreError("unavailable", `${file} exists already; name a new file`);
  const draft = `${file}.partial`;
  try {
    await rm(draft, { force: true });
    await copy(place.file, draft);
    await syncFile(draft);
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw toStoreError(`the store could not be copied to ${file}`, error);
  }
}

async function copy(from: string, to: string): Promise<void> {
  const connection = await openRaw(from, { table: "chapar_probe", busyMs: 5000 });
  try {
    await connection.query("VACUUM INTO ?", [to]);
  } finally {
    await connection.close();
  }
}

/** SQLite leaves it to the system when the copy reaches the disk. */
async function syncFile(file: string): Promise<void> {
  const handle = await open(file, "r+");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

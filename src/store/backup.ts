import { access, constants, link, open, rename, rm } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import type { Clock } from "../core/ports/clock.ts";
import type { Log } from "../core/ports/log.ts";
import { type Store, StoreError } from "../core/ports/store.ts";
import { fileExists } from "../support/file-exists.ts";
import { codeOf, openRaw, toStoreError } from "./connection.ts";
import { openKeyvStore } from "./keyv.ts";
import { breakSeal, sealCopy } from "./seal.ts";
import { parseStoreUri } from "./uri.ts";

export interface BackupDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly baseDir?: string;
  /** Writes into the copy, before it appears, what whoever runs on it must know. */
  note(copy: Store): Promise<void>;
}

/**
 * Writes a consistent copy of a store to a new file, also while the owner writes: it holds everything that was committed
 * before the call. The file appears whole, on disk, or not at all. Throws `StoreError`; an existing file is never replaced.
 */
export async function backupStore(uri: string, target: string, deps: BackupDeps): Promise<void> {
  const place = parseStoreUri(uri, deps.baseDir);
  if (place.kind === "memory") throw new StoreError("unopenable", "a store in memory cannot be copied");
  if (!(await fileExists(place.file))) throw new StoreError("unopenable", `there is no store at ${place.file}`);
  const file = resolve(target);
  if (await fileExists(file)) throw existsAlready(file);
  await requireWritable(dirname(file));
  // Two who copy to one place at once must not have the same draft.
  const draft = `${file}.${process.pid}.partial`;
  try {
    await rm(draft, { force: true });
    await copy(place.file, draft);
    await noteIn(draft, deps);
    await sealCopy(draft);
    await syncFile(draft);
    await appear(draft, file);
  } catch (error) {
    throw toStoreError(`the store could not be copied to ${file}`, error);
  } finally {
    for (const end of ["", "-wal", "-shm", "-journal"]) await rm(`${draft}${end}`, { force: true });
  }
}

async function requireWritable(folder: string): Promise<void> {
  await access(folder, constants.W_OK).catch((error: unknown) => {
    throw toStoreError(`the folder ${folder} cannot be written`, error);
  });
}

async function copy(from: string, to: string): Promise<void> {
  await breakSeal(from);
  const connection = await openRaw(from, { table: "chapar_probe", busyMs: 5000 });
  try {
    await connection.query("VACUUM INTO ?", [to]);
  } finally {
    await connection.close();
  }
}

async function noteIn(draft: string, deps: BackupDeps): Promise<void> {
  const store = await openKeyvStore(draft, deps);
  try {
    await deps.note(store);
  } finally {
    await store.close();
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

/** A link, unlike a new name, never replaces what has come there meanwhile; not every disk can make one. */
async function appear(draft: string, file: string): Promise<void> {
  try {
    await link(draft, file);
  } catch (error) {
    if (codeOf(error) === "EEXIST") throw existsAlready(file);
    await rename(draft, file);
  }
  const folder = await open(dirname(file), "r");
  // Some systems keep names safe by themselves and refuse this.
  await folder.sync().catch(() => undefined);
  await folder.close();
}

function existsAlready(file: string): StoreError {
  return new StoreError("unavailable", `${file} exists already; name a new file`);
}

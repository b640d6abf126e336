import { open, stat } from "node:fs/promises";
import { StoreError } from "../core/ports/store.ts";
import { openRaw } from "./connection.ts";

// A copy is sealed: the application id in its header says that nothing has been opened on it yet, and its journal is no WAL. So
// a WAL that lies beside a sealed file is another store's: left behind by a kill, it would be written over the copy.

/** "CHPR", in the header's bytes 68 to 71. */
const seal = 0x43485052;
const sealAt = 68;
const busyMs = 5000;
const table = "chapar_probe";

/** Seals a finished copy that nobody has open. */
export async function sealCopy(file: string): Promise<void> {
  await setSeal(file, seal);
}

/** To be called before a file is opened as a store. Throws `StoreError` where a sealed one would be damaged by that. */
export async function breakSeal(file: string): Promise<void> {
  // In this order: the owner breaks the seal before it begins a WAL, so what is there while the seal is whole is not the owner's.
  const wal = `${file}-wal`;
  const hasWal = await stat(wal).then(
    ({ size }) => size > 0,
    () => false,
  );
  if (!(await isSealed(file))) return;
  if (hasWal) {
    const what = `${file} is a copy that was put in place, and ${wal} is left from the store that was there before`;
    throw new StoreError("unopenable", `${what}. Remove ${wal} and ${file}-shm, then start again.`);
  }
  await setSeal(file, 0);
}

async function isSealed(file: string): Promise<boolean> {
  const handle = await open(file, "r").catch(() => undefined);
  if (!handle) return false;
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, sealAt);
    return bytesRead === 4 && buffer.readUInt32BE() === seal;
  } catch {
    // What cannot be read is told of by SQLite, in better words.
    return false;
  } finally {
    await handle.close();
  }
}

/** The rollback journal writes the header where it belongs, or not at all. */
async function setSeal(file: string, id: number): Promise<void> {
  const connection = await openRaw(file, { table, busyMs });
  try {
    await connection.query("PRAGMA journal_mode=DELETE");
    await connection.query("PRAGMA synchronous=FULL");
    await connection.query(`PRAGMA application_id=${id}`);
  } finally {
    await connection.close();
  }
}

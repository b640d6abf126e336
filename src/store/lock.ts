import { access, constants, readFile, realpath, rename, rm, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { z } from "zod";
import type { Clock } from "../core/ports/clock.ts";
import { StoreError } from "../core/ports/store.ts";
import { fileExists } from "../support/file-exists.ts";
import { type Connection, codeOf, openRaw, toOpenError } from "./connection.ts";
import { parseStoreUri } from "./uri.ts";

/** The right to run a bridge on a store. */
export interface StoreLock {
  /** Safe to call twice. */
  release(): Promise<void>;
}

const ownerSchema = z.object({
  pid: z.int(),
  host: z.string(),
  /** Epoch milliseconds. */
  since: z.number(),
});

export type StoreOwner = z.output<typeof ownerSchema>;

/** Holds the lock, and its name cannot be read. */
const nameless: StoreOwner = { pid: 0, host: "", since: 0 };

export interface LockDeps {
  readonly clock: Clock;
  readonly baseDir?: string;
}

/** Long enough for those who only look whether it is held (`readOwner`) to be gone again. */
const takingMs = 250;
const lookingMs = 20;
/** A lock whose connection is collected as garbage would be free. */
const held = new Set<Connection>();

/**
 * Takes the store for this process. It is held by an open EXCLUSIVE transaction on a small database beside the store, which
 * the kernel ends with the process, `kill -9` too. Throws `StoreError("locked")` naming the owner, and `"unopenable"` where this
 * user may not write: a store that can only be read would be opened and then take nothing. `memory:` needs no lock.
 */
export async function openLock(uri: string, deps: LockDeps): Promise<StoreLock> {
  const place = parseStoreUri(uri, deps.baseDir);
  if (place.kind === "memory") return { release: async () => undefined };
  const file = await resolveLink(place.file);
  await requireWritable(file);
  const connection = await takeLock(file);
  if (!connection) throw new StoreError("locked", await refusal(file));
  held.add(connection);
  // The name is for people. Without it the lock holds all the same, and a full disk must not keep the bridge from its doors.
  const owner = { pid: process.pid, host: hostname(), since: deps.clock.now() };
  await writeOwner(file, owner).catch(() => rm(ownerFile(file), { force: true }));
  let releasing: Promise<void> | undefined;
  return {
    release() {
      releasing ??= giveBack(file, connection);
      return releasing;
    },
  };
}

/**
 * Who owns the store now; `undefined` when nobody does, whatever a file left behind says. The process is 0 where somebody
 * does and has left no name. Creates no store and takes no lock.
 */
export async function readOwner(uri: string, deps: Pick<LockDeps, "baseDir">): Promise<StoreOwner | undefined> {
  const place = parseStoreUri(uri, deps.baseDir);
  if (place.kind === "memory") return undefined;
  const file = await resolveLink(place.file);
  if (!(await fileExists(lockFile(file)))) return undefined;
  try {
    // Opening reads the file, which everybody may do at once, but nobody beside the owner.
    const connection = await openRaw(lockFile(file), { table: "lock", busyMs: lookingMs });
    await connection.close();
    return undefined;
  } catch (error) {
    if (!isBusy(error)) throw error;
    return (await findOwner(file)) ?? nameless;
  }
}

async function takeLock(file: string): Promise<Connection | undefined> {
  let connection: Connection | undefined;
  try {
    connection = await openRaw(lockFile(file), { table: "lock", busyMs: takingMs });
    await connection.query("BEGIN EXCLUSIVE");
    return connection;
  } catch (error) {
    await connection?.close();
    if (isBusy(error)) return undefined;
    throw error;
  }
}

/** Whether this user may write what there is of the store. Throws `StoreError("unopenable")`. */
export async function requireWritable(file: string): Promise<void> {
  for (const path of [file, `${file}-wal`, `${file}-shm`]) {
    await access(path, constants.W_OK).catch((error: unknown) => {
      if (codeOf(error) !== "ENOENT") throw toOpenError(path, error);
    });
  }
}

function isBusy(error: unknown): boolean {
  return codeOf(error instanceof StoreError ? error.cause : error) === "SQLITE_BUSY";
}

async function giveBack(file: string, connection: Connection): Promise<void> {
  await rm(ownerFile(file), { force: true });
  held.delete(connection);
  await connection.close();
}

async function refusal(file: string): Promise<string> {
  const owner = await findOwner(file);
  const who = owner
    ? `process ${owner.pid} on host ${owner.host} since ${new Date(owner.since).toISOString()}`
    : "another process";
  return `the store ${file} is in use by ${who}. Only one bridge may run on it: stop that one first.`;
}

/** Written under another name first, so that nobody reads half of it. */
async function writeOwner(file: string, owner: StoreOwner): Promise<void> {
  const draft = `${ownerFile(file)}.${owner.pid}`;
  await writeFile(draft, `${JSON.stringify(owner)}\n`);
  await rename(draft, ownerFile(file));
}

/** Only a name: it is never asked whether the store is held. */
async function findOwner(file: string): Promise<StoreOwner | undefined> {
  try {
    const owner: unknown = JSON.parse(await readFile(ownerFile(file), "utf8"));
    return ownerSchema.parse(owner);
  } catch {
    return undefined;
  }
}

/** A store has one lock, also where its file is reached by a link. */
async function resolveLink(file: string): Promise<string> {
  return realpath(file).catch(() => file);
}

const lockFile = (file: string) => `${file}.lock`;
const ownerFile = (file: string) => `${file}.owner`;

import { dirname } from "node:path";
import { KeyvSqlite } from "@keyv/sqlite";
import { StoreError } from "../core/ports/store.ts";
import { makeFolder } from "../support/make-folder.ts";

export type SqlValue = string | number | null;
export type SqlRow = Readonly<Record<string, unknown>>;

/** One connection to a SQLite file, through keyv's adapter, with the keyv table it was opened for. */
export interface Connection {
  readonly adapter: KeyvSqlite;
  /** Rejects with the driver's error. */
  query(sql: string, params?: readonly SqlValue[]): Promise<readonly SqlRow[]>;
  close(): Promise<void>;
}

export interface ConnectionOptions {
  readonly table: string;
  /** How long a statement waits for another process that writes. */
  readonly busyMs: number;
  /** Set on this connection, after those that make it durable. */
  readonly pragmas?: Readonly<Record<string, string | number>>;
}

/** What the WAL is cut back to after it had to grow, as it does while a copy is made. */
const walAtMost = 64 * 1024 * 1024;

/**
 * Opens a file for reading and writing, WAL and synchronous=FULL: what is committed survives a power cut.
 * Creates the folder, the file and the table where they are missing. Throws `StoreError`.
 */
export async function openConnection(file: string, options: ConnectionOptions): Promise<Connection> {
  const connection = await openRaw(file, options);
  try {
    await setWal(connection);
    const usual = { synchronous: "FULL", journal_size_limit: walAtMost };
    for (const [name, value] of Object.entries({ ...usual, ...options.pragmas })) {
      await connection.query(`PRAGMA ${name}=${value}`);
    }
    return connection;
  } catch (error) {
    await connection.close();
    throw toOpenError(file, error);
  }
}

/** The same without any pragma: a rollback journal, as the lock wants it. */
export async function openRaw(file: string, { table, busyMs }: ConnectionOptions): Promise<Connection> {
  try {
    await makeFolder(dirname(file));
    const adapter = new KeyvSqlite({ uri: `sqlite://${file}`, table, busyTimeout: busyMs });
    // The adapter reports a file that cannot be opened both here and by its first query; the query is the one we watch.
    adapter.on("error", () => undefined);
    await adapter.query("SELECT 1 FROM sqlite_schema LIMIT 1");
    return {
      adapter,
      query: (sql, params = []) => adapter.query(sql, params),
      close: () => adapter.close(),
    };
  } catch (error) {
    throw toOpenError(file, error);
  }
}

/** The driver's code, such as `SQLITE_BUSY`, or the system's, such as `ENOTDIR`. */
export function codeOf(error: unknown): string {
  const code: unknown = typeof error === "object" && error !== null ? Reflect.get(error, "code") : undefined;
  return typeof code === "string" ? code : "";
}

/** SQLite's words never quote a value, so they may be shown. */
export function toStoreError(what: string, error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  const code = codeOf(error);
  const why = error instanceof Error ? error.message : String(error);
  const todo = laterAdvice.has(code) ? `. ${advice[code]}.` : "";
  return new StoreError("unavailable", `${what}: ${why}${todo}`, { cause: error });
}

/** Two processes that open a new file at once both want it to be WAL, and SQLite does not let the second one wait for that. */
async function setWal(connection: Connection): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      const [row] = await connection.query("PRAGMA journal_mode=WAL");
      if (row?.journal_mode === "wal") return;
      throw new Error(`the journal stays ${String(row?.journal_mode)}: this file system cannot hold a WAL`);
    } catch (error) {
      if (codeOf(error) !== "SQLITE_BUSY" || tries === 20) throw error;
      // Waits until the other one has finished, as long as the busy timeout lets it.
      await connection.query("BEGIN IMMEDIATE");
      await connection.query("COMMIT");
    }
  }
}

const advice: Readonly<Record<string, string>> = {
  SQLITE_NOTADB: "It is not a SQLite database. Name another file in `store`, or move this one away",
  SQLITE_CORRUPT: "The database is damaged. Stop the bridge, move the file away and restore a backup",
  SQLITE_CANTOPEN: "Check the path in `store` and the rights of the folder",
  SQLITE_READONLY: "The file cannot be written. Check its rights and those of its folder",
  SQLITE_FULL: "The disk is full",
  SQLITE_BUSY: "Another program keeps it locked. Close that program",
  ENOTDIR: "A part of the path is a file. Check the path in `store`",
  EEXIST: "A part of the path is a file. Check the path in `store`",
  ENOENT: "The folder cannot be created there. Check the path in `store`",
  EPERM: "This user may not write there. Check the rights of the file and of its folder",
  EACCES: "This user may not write there. Check the rights of the file and of its folder",
  EROFS: "The disk is read-only",
};

/** What may also come up in a store that is open. */
const laterAdvice: ReadonlySet<string> = new Set(["SQLITE_CORRUPT", "SQLITE_READONLY", "SQLITE_FULL"]);

/** The same for what keeps a store from being opened, with what to do. */
export function toOpenError(file: string, error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  const why = error instanceof Error ? error.message : String(error);
  const what = advice[codeOf(error)] ?? "Check the path in `store`";
  return new StoreError("unopenable", `cannot open the store ${file}: ${why}. ${what}.`, { cause: error });
}

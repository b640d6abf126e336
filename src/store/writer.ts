import type { Log } from "../core/ports/log.ts";
import { StoreError } from "../core/ports/store.ts";
import { type Connection, codeOf, type SqlRow, type SqlValue, toStoreError } from "./connection.ts";

/** SQL that can carry many rows at once. It must return the `key` of every row that it changed. */
export interface Statement {
  sql(rows: number): string;
  /** Values bound after those of the rows. */
  tail?(): readonly SqlValue[];
}

/**
 * The one connection that writes, for all collections.
 *
 * Group commit: what arrives while a commit is on its way to the disk goes together in the next one, so that many writes
 * share one fsync and a lone one waits for nothing. Equal statements become one statement of many rows; different ones
 * share a transaction. Nobody else may use the connection, or its statements would land in a foreign transaction.
 */
export interface Writer {
  /**
   * Resolves once it is on disk, with the rows that the statement returned for this key; rejects with `StoreError` when it
   * is not. The first of `params` is the key, and no two writes of one statement and key may be under way at once.
   */
  write(statement: Statement, params: readonly SqlValue[]): Promise<readonly SqlRow[]>;
  /** Refuses new writes, and resolves once those under way are settled. */
  close(): Promise<void>;
}

interface Job {
  readonly statement: Statement;
  readonly params: readonly SqlValue[];
  resolve(rows: readonly SqlRow[]): void;
  reject(error: StoreError): void;
}

/** Bounds how long one commit takes. SQLite takes 32,766 values in a statement; no statement has more than four a row. */
const rowsAtMost = 1000;

export function createWriter(connection: Pick<Connection, "query">, log: Log): Writer {
  let queue: Job[] = [];
  let draining: Promise<void> | undefined;
  let isClosed = false;
  /** A transaction could not be ended: nothing may be written before it is, for it would be written inside it. */
  let isStuck = false;

  async function drain(): Promise<void> {
    // One microtask: writes asked for in one breath go together, and a lone one is not delayed.
    await undefined;
    while (queue.length > 0) {
      const group = queue.slice(0, rowsAtMost);
      queue = queue.slice(rowsAtMost);
      await commit(group);
    }
    draining = undefined;
  }

  async function commit(group: readonly Job[]): Promise<void> {
    try {
      if (isStuck) await rollBack();
      const settle = await execute(bundle(group));
      settle();
    } catch (error) {
      if (group.length === 1 || concernsAll(error) || isStuck) {
        const failure = toStoreError("the store could not be written", error);
        for (const job of group) job.reject(failure);
        return;
      }
      log.warn({ writes: group.length, code: codeOf(error) }, "group of writes failed, wrote them one by one");
      for (const job of group) await commit([job]);
    }
  }

  /** Gives back how to tell everyone, which must wait until all of it is committed. */
  async function execute(bundles: readonly Job[][]): Promise<() => void> {
    const [only] = bundles;
    if (only && bundles.length === 1) {
      const rows = await run(only);
      return () => settleAll(only, rows);
    }
    await connection.query("BEGIN IMMEDIATE");
    try {
      const results: (() => void)[] = [];
      for (const jobs of bundles) {
        const rows = await run(jobs);
        results.push(() => settleAll(jobs, rows));
      }
      await connection.query("COMMIT");
      return () => {
        for (const settle of results) settle();
      };
    } catch (error) {
      isStuck = true;
      await rollBack().catch((cause) =>
        log.error({ code: codeOf(cause) }, "failed transaction could not be rolled back"),
      );
      throw error;
    }
  }

  async function run(jobs: readonly Job[]): Promise<readonly SqlRow[]> {
    const [first] = jobs;
    if (!first) return [];
    const params = jobs.flatMap((job) => job.params);
    return connection.query(first.statement.sql(jobs.length), [...params, ...(first.statement.tail?.() ?? [])]);
  }

  async function rollBack(): Promise<void> {
    try {
      await connection.query("ROLLBACK");
    } catch (error) {
      // SQLite has ended it by itself, as it does after a full disk.
      if (!(error instanceof Error && error.message.includes("no transaction is active"))) throw error;
    }
    isStuck = false;
  }

  return {
    write(statement, params) {
      return new Promise((resolve, reject) => {
        if (isClosed) {
          reject(new StoreError("unavailable", "the store is closed"));
          return;
        }
        queue.push({ statement, params, resolve, reject });
        draining ??= drain();
      });
    },
    async close() {
      isClosed = true;
      await draining;
    },
  };
}

function bundle(group: readonly Job[]): Job[][] {
  const bundles = new Map<Statement, Job[]>();
  for (const job of group) {
    const jobs = bundles.get(job.statement);
    if (jobs) jobs.push(job);
    else bundles.set(job.statement, [job]);
  }
  return [...bundles.values()];
}

function settleAll(jobs: readonly Job[], rows: readonly SqlRow[]): void {
  const [first, second] = jobs;
  if (first && !second) {
    first.resolve(rows);
    return;
  }
  const byKey = new Map(rows.map((row) => [row.key, row]));
  for (const job of jobs) {
    const row = byKey.get(job.params[0]);
    job.resolve(row ? [row] : []);
  }
}

/** Not the fault of one row, and trying each by itself would take as many busy timeouts. */
function concernsAll(error: unknown): boolean {
  return ["SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_MISUSE"].includes(codeOf(error));
}

import Keyv from "keyv";
import type { Clock } from "../core/ports/clock.ts";
import type { Log } from "../core/ports/log.ts";
import { type Collection, type CollectionSpec, StoreError } from "../core/ports/store.ts";
import { createKeyedQueue } from "../support/keyed-queue.ts";
import { type Connection, type SqlRow, toStoreError } from "./connection.ts";
import { createCorruptRecords } from "./corrupt.ts";
import { compareValues, requireDueIndex, requireIndex } from "./ordering.ts";
import { createReader } from "./reader.ts";
import { foldKey, formatRow, isExpired, parseRow, type Row } from "./row.ts";
import type { Sql, Statements } from "./statements.ts";
import type { Writer } from "./writer.ts";

export interface CollectionDeps {
  /** Reads this collection's table. */
  readonly reader: Connection;
  readonly writer: Writer;
  readonly statements: Statements;
  readonly clock: Clock;
  readonly log: Log;
  readonly onCorrupt?: (() => void) | undefined;
}

/** Another process writes the same record now and then; losing to it so often means something is broken. */
const triesAtMost = 100;
const sweptAtMost = 500;
const pageAtMost = 2 ** 31 - 1;
const shrunkBy = 3;

/** A collection in a keyv table of a SQLite file. Plain reads go through keyv, ordered reads and all writes through SQL. */
export function createCollection<T extends object>(spec: CollectionSpec<T>, deps: CollectionDeps): Collection<T> {
  const { reader, writer, statements, clock } = deps;
  const inTurn = createKeyedQueue();
  const corrupt = createCorruptRecords(spec.name, deps);
  const keyv = new Keyv<string>({
    store: reader.adapter,
    useKeyPrefix: false,
    throwOnErrors: true,
    // The text as it stands: keyv would delete an expired row by the machine's time on reading it, and would take a text that
    // begins with `:` for an escape of its own.
    // Value is string, the type parameter of this Keyv; keyv's type of the option does not know that.
    deserialize: <Value>(text: string) => ({ value: text as Value }),
  });
  keyv.on("error", (error: unknown) => deps.log.error({ err: error, collection: spec.name }, "keyv reported an error"));

  const readRow = createReader(keyv);

  function format(record: T, expires: number | undefined): string {
    return formatRow(spec.format?.(record) ?? record, expires);
  }

  async function readText(key: string): Promise<string | undefined> {
    return reading(() => readRow(key));
  }

  async function readRows({ sql, params }: Sql): Promise<readonly SqlRow[]> {
    return reading(() => reader.query(sql, params));
  }

  /** The live record in a row's text: `absent` when it has expired. Throws when it is corrupt. */
  function parse(text: string): { row: Row; record: T } | "absent" {
    const row = parseRow(text);
    return isExpired(row, clock.now()) ? "absent" : { row, record: spec.parse(row.value) };
  }

  function parseAll(rows: readonly SqlRow[]): { key: string; row: Row; record: T }[] {
    return rows.flatMap(({ key, value }) => {
      try {
        const parsed = parse(String(value));
        return parsed === "absent" ? [] : [{ key: String(key), ...parsed }];
      } catch (error) {
        corrupt.report(String(key), error);
        return [];
      }
    });
  }

  async function updateOnce(
    key: string,
    change: (current: T | undefined) => T | undefined,
  ): Promise<{ stands: T | undefined } | "overtaken"> {
    const text = await readText(key);
    const found = text === undefined ? "absent" : requireReadable(key, text);
    const current = found === "absent" ? undefined : found.record;
    const next = change(current);
    if (next === undefined || next === current) return { stands: current };
    if (found === "absent" || text === undefined) {
      const created = await writer.write(statements.create, [key, format(next, undefined)]);
      return created.length > 0 ? { stands: next } : "overtaken";
    }
    const written = format(next, found.row.expires);
    const isSmall = written.length * shrunkBy < text.length;
    const changed = await writer.write(isSmall ? statements.shrink : statements.replace, [key, text, written]);
    return changed.length > 0 ? { stands: next } : "overtaken";
  }

  function requireReadable(key: string, text: string): { row: Row; record: T } | "absent" {
    try {
      return parse(text);
    } catch (error) {
      corrupt.report(key, error);
      throw new StoreError("corrupt", `a record of ${spec.name} cannot be read and was left alone`, {
        cause: error,
      });
    }
  }

  return {
    async get(key) {
      const text = await readText(foldKey(key));
      return text === undefined ? undefined : parseAll([{ key, value: text }])[0]?.record;
    },
    async put(written, value, options) {
      const key = foldKey(written);
      const text = format(value, options?.expiresAt);
      await inTurn(key, () => writer.write(statements.put, [key, text]));
    },
    async create(written, value, options) {
      const key = foldKey(written);
      const text = format(value, options?.expiresAt);
      const created = await inTurn(key, () => writer.write(statements.create, [key, text]));
      return created.length > 0;
    },
    update(written, change) {
      const key = foldKey(written);
      return inTurn(key, async () => {
        for (let tries = 0; tries < triesAtMost; tries++) {
          const result = await updateOnce(key, change);
          if (result !== "overtaken") return result.stands;
        }
        throw new StoreError(
          "unavailable",
          `a record of ${spec.name} was changed by others ${triesAtMost} times in a row`,
        );
      });
    },
    async delete(written) {
      const key = foldKey(written);
      await inTurn(key, () => writer.write(statements.delete, [key]));
    },
    async range(index, query) {
      const fields = requireIndex(spec, index, query);
      const records: T[] = [];
      // Another page is read only where corrupt records left gaps, so that fewer than `limit` always means the end.
      for (let offset = 0; records.length < query.limit; ) {
        const limit = Math.min(query.limit - records.length, pageAtMost);
        const rows = await readRows(statements.range(fields, { ...query, limit }, { now: clock.now(), offset }));
        records.push(...parseAll(rows).map(({ record }) => record));
        if (rows.length < limit) break;
        offset += rows.length;
      }
      return records;
    },
    async claimDue(index, { now, leaseMs, limit }) {
      const field = requireDueIndex(spec, index);
      const claimed: T[] = [];
      // Corrupt ones are leased like the others, so the next step finds what lies behind them.
      while (claimed.length < limit) {
        const left = Math.min(limit - claimed.length, pageAtMost);
        const { sql, params } = statements.claimDue(field, { now, leaseMs, limit: left, expiryNow: clock.now() });
        const rows = await writer.write({ sql: () => sql }, params);
        const parsed = parseAll(rows).sort(
          (a, b) => (a.row.claimed ?? 0) - (b.row.claimed ?? 0) || compareValues(a.key, b.key),
        );
        claimed.push(...parsed.map(({ record }) => record));
        if (rows.length < left || leaseMs <= 0) break;
      }
      return claimed;
    },
    async sweep(now) {
      const { sql, params } = statements.sweep(now, sweptAtMost);
      return (await writer.write({ sql: () => sql }, params)).length;
    },
  };

  async function reading<R>(read: () => Promise<R>): Promise<R> {
    try {
      return await read();
    } catch (error) {
      throw toStoreError("the store could not be read", error);
    }
  }
}

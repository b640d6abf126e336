import type { RangeQuery } from "../core/ports/store.ts";
import type { SqlValue } from "./connection.ts";
import type { Statement } from "./writer.ts";

/** The SQL of one collection. Rows are keyv's: `key`, and in `value` the text `{"value":…,"expires":…}`. */
export interface Statements {
  readonly createIndexes: readonly string[];
  /** Takes key, text. An expired row counts as absent. */
  readonly create: Statement;
  /** Takes key, text. */
  readonly put: Statement;
  /** Takes key, the text that must still be there, the new text. */
  readonly replace: Statement;
  /** The same for a row that has become much smaller: SQLite would leave its place as large as it was, so it gets another one. */
  readonly shrink: Statement;
  /** Takes key. */
  readonly delete: Statement;
  range(fields: readonly string[], query: RangeQuery, page: { now: number; offset: number }): Sql;
  claimDue(field: string, claim: { now: number; expiryNow: number; leaseMs: number; limit: number }): Sql;
  sweep(now: number, limit: number): Sql;
}

export interface Sql {
  readonly sql: string;
  readonly params: readonly SqlValue[];
}

/** Names come checked (`checkSpec`): nothing in the text of a statement is from outside. */
export function createStatements(
  table: string,
  indexes: readonly (readonly string[])[],
  now: () => number,
): Statements {
  const expires = extract("expires");
  const isLive = `ifnull(${expires} >= ?, 1)`;
  return {
    createIndexes: [...indexes.map((fields) => createIndex(table, fields)), createExpiryIndex(table)],
    create: {
      sql: (rows) =>
        `INSERT INTO ${table}(key, value) VALUES ${tuples(rows, 2)}
         ON CONFLICT(key) DO UPDATE SET value = excluded.value WHERE ${extract("expires", `${table}.value`)} < ?
         RETURNING key`,
      tail: () => [now()],
    },
    put: {
      sql: (rows) =>
        `INSERT INTO ${table}(key, value) VALUES ${tuples(rows, 2)}
         ON CONFLICT(key) DO UPDATE SET value = excluded.value RETURNING key`,
    },
    replace: {
      sql: (rows) =>
        rows === 1
          ? `UPDATE ${table} SET value = ?3 WHERE key = ?1 AND value = ?2 RETURNING key`
          : `WITH change(k, old, new) AS (VALUES ${tuples(rows, 3)})
             UPDATE ${table} SET value = change.new FROM change
             WHERE key = change.k AND value = change.old RETURNING key`,
    },
    shrink: {
      sql: (rows) =>
        `WITH change(k, old, new) AS (VALUES ${tuples(rows, 3)})
         REPLACE INTO ${table}(key, value) SELECT change.k, change.new
         FROM change CROSS JOIN ${table} ON key = change.k AND value = change.old WHERE true RETURNING key`,
    },
    delete: { sql: (rows) => `DELETE FROM ${table} WHERE key IN (VALUES ${tuples(rows, 1)}) RETURNING key` },
    range(fields, { equal = [], from, to, reverse, limit }, page) {
      const columns = fields.map((field) => columnOf(field));
      const next = columns[equal.length];
      const where = columns.map((column) => `${column} IS NOT NULL`);
      const params: SqlValue[] = [];
      const require = (condition: string, value: SqlValue) => {
        where.push(condition);
        params.push(value);
      };
      for (const [place, value] of equal.entries()) require(`${columns[place]} = ?`, value);
      if (from !== undefined) require(`${next} >= ?`, from);
      if (to !== undefined) require(`${next} <= ?`, to);
      require(isLive, page.now);
      const direction = reverse ? " DESC" : "";
      // Without the columns that are equal anyway: with them SQLite would sort instead of following the index.
      const order = [...columns.slice(equal.length), "key"].map((column) => `${column}${direction}`).join(", ");
      return {
        sql: `SELECT key, value FROM ${table} INDEXED BY ${indexName(table, fields)}
              WHERE ${where.join(" AND ")} ORDER BY ${order} LIMIT ? OFFSET ?`,
        params: [...params, limit, page.offset],
      };
    },
    claimDue(name, { now, expiryNow, leaseMs, limit }) {
      const column = columnOf(name);
      return {
        // RETURNING promises no order and shows only new values, so the old number is kept beside the record.
        sql: `UPDATE ${table} SET value = json_set(value, '$.value.${name}', CAST(? AS INTEGER), '$.claimed', ${column})
              WHERE key IN (
                SELECT key FROM ${table} INDEXED BY ${indexName(table, [name])}
                WHERE ${column} IS NOT NULL AND ${column} <= ? AND json_valid(value) AND ${isLive} ORDER BY ${column}, key LIMIT ?)
              RETURNING key, value`,
        params: [now + leaseMs, now, expiryNow, limit],
      };
    },
    sweep: (now, limit) => ({
      sql: `DELETE FROM ${table} WHERE key IN (
              SELECT key FROM ${table} INDEXED BY ${table}_expires
              WHERE ${unguardedExpires} IS NOT NULL AND ${unguardedExpires} < ? ORDER BY ${unguardedExpires} LIMIT ?)
            RETURNING key`,
      params: [now, limit],
    }),
  };
}

const unguardedExpires = "json_extract(value, '$.expires')";

/** Without the guard, one row that went bad on the disk would fail every statement that meets it. */
function extract(path: string, column = "value"): string {
  return `iif(json_valid(${column}), json_extract(${column}, '$.${path}'), NULL)`;
}

function columnOf(name: string): string {
  return extract(`value.${name}`);
}

function indexName(table: string, fields: readonly string[]): string {
  return `${table}_by_${fields.join("_")}`;
}

function createIndex(table: string, fields: readonly string[]): string {
  const columns = fields.map((name) => columnOf(name));
  const present = columns.map((column) => `${column} IS NOT NULL`).join(" AND ");
  return `CREATE INDEX IF NOT EXISTS ${indexName(table, fields)} ON ${table}(${columns.join(", ")}, key) WHERE ${present}`;
}

/** Unguarded on purpose: it makes SQLite refuse a text that it cannot read, which would be in no index and so never found. */
function createExpiryIndex(table: string): string {
  return `CREATE INDEX IF NOT EXISTS ${table}_expires ON ${table}(${unguardedExpires}) WHERE ${unguardedExpires} IS NOT NULL`;
}

function tuples(rows: number, columns: number): string {
  const tuple = `(${Array(columns).fill("?").join(",")})`;
  return Array(rows).fill(tuple).join(",");
}

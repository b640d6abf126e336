import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Connection, openConnection } from "../../src/store/connection.ts";
import { createStatements, type Sql } from "../../src/store/statements.ts";

const fields = ["thread", "order"];
const statements = createStatements("chapar_things", [fields, ["due"]], () => 0);

let folder: string;
let connection: Connection;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "chapar-store-"));
  connection = await openConnection(join(folder, "x.sqlite"), { table: "chapar_things", busyMs: 100 });
  for (const sql of statements.createIndexes) await connection.query(sql);
});
afterAll(async () => {
  await connection.close();
  await rm(folder, { recursive: true });
});

async function planOf({ sql, params }: Sql): Promise<string> {
  const rows = await connection.query(`EXPLAIN QUERY PLAN ${sql}`, params);
  return rows.map((row) => row.detail).join("\n");
}

describe("SQLite follows an index and sorts nothing", () => {
  const page = { now: 0, offset: 0 };

  it.each([
    ["equal", { equal: ["a"], limit: 9 }],
    ["newest of a thread", { equal: ["a"], limit: 2, reverse: true }],
    ["equal and bounds", { equal: ["a"], from: 1, to: 2, limit: 9 }],
    ["bounds", { from: "a", limit: 9 }],
    ["equal in every field", { equal: ["a", 1], limit: 9 }],
  ])("for a range by %s", async (_, query) => {
    const plan = await planOf(statements.range(fields, query, page));
    expect(plan).toMatch(/^SEARCH chapar_things USING INDEX chapar_things_by_thread_order \([^\n]*\)$/);
  });

  it("for a whole index in its order", async () => {
    const plan = await planOf(statements.range(fields, { limit: 9 }, page));
    expect(plan).toBe("SCAN chapar_things USING INDEX chapar_things_by_thread_order");
  });

  it("for claims, sweeps and groups of changes", async () => {
    const claim = await planOf(statements.claimDue("due", { now: 1, expiryNow: 1, leaseMs: 1, limit: 1 }));
    expect(claim).toMatch(/SEARCH chapar_things USING INDEX chapar_things_by_due/);
    const sweep = await planOf(statements.sweep(1, 1));
    expect(sweep).toMatch(/SEARCH chapar_things USING INDEX chapar_things_expires/);
    const replace = await planOf({ sql: statements.replace.sql(3), params: Array(9).fill("") });
    expect(replace).toMatch(/SEARCH chapar_things USING INDEX sqlite_autoindex_chapar_things_1 \(key=\?\)/);
    const shrink = await planOf({ sql: statements.shrink.sql(3), params: Array(9).fill("") });
    expect(shrink).toMatch(/SEARCH chapar_things USING INDEX sqlite_autoindex_chapar_things_1 \(key=\?\)/);
    for (const plan of [claim, sweep, replace, shrink]) expect(plan).not.toMatch(/SCAN chapar_things|TEMP B-TREE/);
  });
});

import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { openConnection, type SqlRow, type SqlValue } from "../../src/store/connection.ts";
import { createWriter, type Statement } from "../../src/store/writer.ts";
import { makeFolder } from "./folder.ts";
import { createErrorLog } from "./sample.ts";

const insert: Statement = {
  sql: (rows) => `INSERT INTO things(key, value) VALUES ${Array(rows).fill("(?,?)").join()} RETURNING key`,
};
const replace: Statement = {
  sql: (rows) => `REPLACE INTO things(key, value) VALUES ${Array(rows).fill("(?,?)").join()} RETURNING key`,
};

/** A writer on a real file that keeps the statements it ran, and can be made to fail. */
async function openWriter(fail: (sql: string) => Error | undefined = () => undefined) {
  const connection = await openConnection(join(await makeFolder(), "x.sqlite"), { table: "things", busyMs: 100 });
  onTestFinished(() => connection.close());
  const ran: string[] = [];
  const query = async (sql: string, params?: readonly SqlValue[]): Promise<readonly SqlRow[]> => {
    ran.push(`${sql.split(" ")[0]} ${(params?.length ?? 0) / 2}`);
    const error = fail(sql);
    if (error) throw error;
    return connection.query(sql, params);
  };
  const count = async () => (await connection.query("SELECT count(*) AS n FROM things"))[0]?.n;
  return { writer: createWriter({ query }, createErrorLog()), ran, count };
}

it("writes what is asked for in one breath with one statement, and what arrives meanwhile with the next", async () => {
  const { writer, ran } = await openWriter();
  const first = ["a", "b"].map((key) => writer.write(insert, [key, ""]));
  await Promise.resolve();
  await Promise.resolve();
  const later = ["c", "d", "e"].map((key) => writer.write(insert, [key, ""]));
  expect(await Promise.all([...first, ...later])).toEqual(["a", "b", "c", "d", "e"].map((key) => [{ key }]));
  expect(ran).toEqual(["INSERT 2", "INSERT 3"]);
});

it("puts different statements into one transaction", async () => {
  const { writer, ran } = await openWriter();
  const writes = [insert, replace, insert].map((statement, n) => writer.write(statement, [`k${n}`, ""]));
  expect(await Promise.all(writes)).toEqual([[{ key: "k0" }], [{ key: "k1" }], [{ key: "k2" }]]);
  expect(ran).toEqual(["BEGIN 0", "INSERT 2", "REPLACE 1", "COMMIT 0"]);
});

it("tells nobody of success when the commit fails", async () => {
  let failures = 2;
  const { writer, count } = await openWriter((sql) =>
    sql === "COMMIT" && failures-- > 0
      ? Object.assign(new Error("SQLITE_BUSY: locked"), { code: "SQLITE_BUSY" })
      : undefined,
  );
  const write = () => Promise.allSettled([writer.write(insert, ["a", ""]), writer.write(replace, ["b", ""])]);
  expect((await write()).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  expect(await count()).toBe(0);
  await write();
  expect((await write()).map(({ status }) => status)).toEqual(["fulfilled", "fulfilled"]);
  expect(await count()).toBe(2);
});

it("writes nothing inside a transaction that could not be ended", async () => {
  let isBroken = true;
  const { writer, count } = await openWriter((sql) =>
    isBroken && (sql === "COMMIT" || sql === "ROLLBACK") ? new Error("SQLITE_IOERR: disk I/O error") : undefined,
  );
  await Promise.allSettled([writer.write(insert, ["a", ""]), writer.write(replace, ["b", ""])]);
  await expect(writer.write(insert, ["c", ""])).rejects.toMatchObject({ name: "StoreError", code: "unavailable" });
  isBroken = false;
  await writer.write(insert, ["d", ""]);
  expect(await count()).toBe(1);
});

it("refuses writes once it is closing, and finishes those before", async () => {
  const { writer, count } = await openWriter();
  const write = writer.write(insert, ["a", ""]);
  const closed = writer.close();
  await expect(writer.write(insert, ["b", ""])).rejects.toThrow("closed");
  await closed;
  expect(await count()).toBe(1);
  await write;
});

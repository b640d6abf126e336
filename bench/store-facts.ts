import { openConnection } from "../src/store/connection.ts";

/** How many SMS a store holds that came in. */
export async function countInbound(file: string): Promise<number> {
  const connection = await openConnection(file, { table: "chapar_inbound", busyMs: 5000 });
  try {
    const [row] = await connection.query("SELECT count(*) AS count FROM chapar_inbound");
    return Number(row?.count);
  } finally {
    await connection.close();
  }
}

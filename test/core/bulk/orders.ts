import type { BulkOrder } from "../../../src/core/bulk/plan.ts";
import { sara } from "../open-world.ts";

/** Whoever sends. */
export const press = { desk: "support", by: sara, place: "chat:7" };
export const peer = (n: number) => `+98912${String(n).padStart(7, "0")}`;

/** A list of so many receivers, each with a name. */
export function order(count: number, text = "سلام {نام}", more: Partial<BulkOrder> = {}): BulkOrder {
  const rows = Array.from({ length: count }, (_, n) => ({
    row: n + 2,
    written: peer(n),
    peer: peer(n),
    values: [`مشتری ${n}`],
  }));
  return { id: "run", desk: "support", by: sara, text, rows, ...more };
}

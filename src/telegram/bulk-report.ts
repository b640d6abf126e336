import type { BulkOutcome } from "../core/model/bulk.ts";
import { spellNumber } from "../core/model/phone.ts";
import { byteOrderMark } from "./csv.ts";
import type { Texts } from "./types.ts";

/** What became of each receiver, as a table for a spreadsheet. */
export async function bulkReport(
  { say }: Pick<Texts, "say">,
  outcomes: AsyncIterable<BulkOutcome>,
): Promise<{ name: string; content: Buffer }> {
  const lines = [row([say("bulk-column-number"), say("bulk-column-state"), say("bulk-column-reason")])];
  for await (const { peer, state, failure } of outcomes) {
    // In groups, as people read it, a spreadsheet leaves the zero at its head alone.
    const reason = failure === undefined ? "" : say(`failure-${failure.code}`);
    lines.push(row([spellNumber(peer), say(`bulk-state-${state}`), reason]));
  }
  return { name: "bulk-report.csv", content: Buffer.from(byteOrderMark + lines.join("")) };
}

function row(cells: readonly string[]): string {
  return `${cells.map((cell) => (/[";\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(";")}\r\n`;
}

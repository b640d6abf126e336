import type { BulkOutcome, RefusedRow } from "../../core/model/bulk.ts";
import { spellNumber } from "../../core/model/phone.ts";
import { byteOrderMark, csvRow } from "../../support/csv-row.ts";
import { withoutDirection } from "../texts/direction.ts";
import type { Texts } from "../types.ts";

export interface ReportFile {
  readonly name: string;
  readonly content: Buffer;
}

/** What became of each receiver, as a table for a spreadsheet. */
export async function bulkReport(
  { say }: Pick<Texts, "say">,
  outcomes: AsyncIterable<BulkOutcome | RefusedRow>,
): Promise<ReportFile> {
  const lines = [csvRow([say("bulk-column-number"), say("bulk-column-state"), say("bulk-column-reason")])];
  for await (const one of outcomes) {
    if ("why" in one) {
      const reason = say(`bulk-reason-${one.why}`, { row: one.row, field: `{${one.field ?? ""}}` });
      lines.push(csvRow([one.written, say("bulk-left-out-short"), withoutDirection(reason)]));
      continue;
    }
    const reason = one.failure === undefined ? "" : say(`failure-${one.failure.code}`);
    // In groups, as people read it, a spreadsheet leaves the zero at its head alone.
    lines.push(csvRow([spellNumber(one.peer), say(`bulk-state-${one.state}`), withoutDirection(reason)]));
  }
  return { name: "bulk-report.csv", content: Buffer.from(byteOrderMark + lines.join("")) };
}

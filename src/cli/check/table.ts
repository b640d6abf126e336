import { type Finding, withAdvice } from "./finding.ts";
import { visible } from "./visible.ts";

/** One finding about a panel. */
export interface Row {
  readonly kind: Finding["kind"];
  readonly provider: string;
  /** `login`, `credit`, `line 021 6406 3188`, `hook URL`. */
  readonly what: string;
  readonly finding: string;
  readonly advice?: string;
}

/** The findings in columns, in the order of the rows. Panels' words are in them, so nothing in them reaches a terminal as it came. */
export function renderTable(rows: readonly Row[]): Finding[] {
  const widthOf = (column: (row: Row) => string) => Math.max(0, ...rows.map((row) => [...column(row)].length));
  const providerWidth = widthOf((row) => row.provider);
  const whatWidth = widthOf((row) => row.what);
  return rows.map(({ kind, provider, what, finding, advice }) =>
    withAdvice(kind, `${pad(provider, providerWidth)}  ${pad(what, whatWidth)}  ${visible(finding)}`, advice),
  );
}

function pad(text: string, width: number): string {
  return text + " ".repeat(width - [...text].length);
}

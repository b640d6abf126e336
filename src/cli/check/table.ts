import { type FindingCode, requireCode } from "./codes.ts";
import { type Finding, found } from "./finding.ts";
import { visible } from "./visible.ts";

/** One finding about a panel. */
export interface Row {
  readonly kind: Finding["kind"];
  readonly code: FindingCode;
  readonly provider: string;
  /** `login`, `credit`, `line 021 6406 3188`, `hook URL`. */
  readonly what: string;
  /** The line that it is about, spelled; absent for what is about the whole account. */
  readonly line?: string;
  readonly finding: string;
  readonly advice?: string;
}

/** A row of this code, with what its code brings along. `line` is spelled. */
export function row(
  code: FindingCode,
  { provider, what, line }: Pick<Row, "provider" | "what" | "line">,
  finding: string,
  advice?: string,
): Row {
  const { kind, advice: usual } = requireCode(code);
  const about = line === undefined ? { provider, what } : { provider, what, line };
  const todo = advice ?? usual;
  return { kind, code, ...about, finding, ...(todo !== undefined && { advice: todo }) };
}

/** The findings in columns, in the order of the rows. Panels' words are in them, so nothing in them reaches a terminal as it came. */
export function renderTable(rows: readonly Row[]): Finding[] {
  const widthOf = (column: (row: Row) => string) => Math.max(0, ...rows.map((row) => [...column(row)].length));
  const providerWidth = widthOf((row) => row.provider);
  const whatWidth = widthOf((row) => row.what);
  return rows.map((row) =>
    toFinding(row, `${pad(row.provider, providerWidth)}  ${pad(row.what, whatWidth)}  ${visible(row.finding)}`),
  );
}

/** The same for a program: each for itself, `login: login works`. */
export function listRows(rows: readonly Row[]): Finding[] {
  return rows.map((row) => toFinding(row, `${row.what}: ${visible(row.finding)}`));
}

function toFinding({ code, provider, line, advice }: Row, text: string): Finding {
  return found(code, line ?? provider, text, advice);
}

function pad(text: string, width: number): string {
  return text + " ".repeat(width - [...text].length);
}

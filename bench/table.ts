/** One figure next to its bar. */
export interface Row {
  readonly figure: string;
  readonly chapar: string;
  readonly bare: string;
  /** What is held against the bar. */
  readonly compared: string;
  readonly bar: string;
  readonly isHeld: boolean;
}

const heads = ["figure", "chapar", "bare forwarder", "compared", "bar", "held"];

/** A table in Markdown, for the terminal and for docs/performance.md. */
export function renderTable(rows: readonly Row[]): string {
  const cells = rows.map(({ figure, chapar, bare, compared, bar, isHeld }) => [
    ...[figure, chapar, bare, compared, bar],
    isHeld ? "yes" : "**NO**",
  ]);
  const widths = heads.map((head, column) =>
    Math.max(...[head, ...cells.map((row) => row[column] ?? "")].map(widthOf)),
  );
  const line = (texts: readonly string[]) =>
    `| ${texts.map((text, column) => text + " ".repeat((widths[column] ?? 0) - widthOf(text))).join(" | ")} |`;
  return [line(heads), `|${widths.map((width) => "-".repeat(width + 2)).join("|")}|`, ...cells.map(line)].join("\n");
}

export function perSecond(value: number): string {
  return `${Math.round(value).toLocaleString("en")}/s`;
}

export function ms(value: number): string {
  return `${value.toFixed(value < 100 ? 2 : 0)} ms`;
}

export function times(value: number): string {
  return `${value.toFixed(2)} ×`;
}

function widthOf(text: string): number {
  return Array.from(text).length;
}

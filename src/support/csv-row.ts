/** Rows as spreadsheets read them: RFC 4180, and no cell that one would take for a formula. */
export function csvRow(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(",")}\r\n`;
}

/** Excel takes a file without it for an old code page, and Persian for noise. */
export const byteOrderMark = "\ufeff";

/**
 * What begins like a formula would be one, for an SMS is anybody's text: an apostrophe before it makes it a text again. A telephone
 * number that begins with `+` calculates nothing, and whoever reads the file again wants it as it is.
 */
function csvCell(cell: string): string {
  const isFormula = /^\s*[=+\-@|\t\r\n]/.test(cell) && !/^\+[\d ]{8,}$/.test(cell);
  const safe = isFormula ? `'${cell}` : cell;
  return /[",;\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

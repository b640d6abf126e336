/** Rows as Excel reads them: RFC 4180, and no cell that it would take for a formula. */
export function csvRow(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(",")}\r\n`;
}

/** Excel takes a file without it for an old code page, and Persian for noise. */
export const byteOrderMark = "\ufeff";

/**
 * What begins like a formula would be one, for an SMS is anybody's text: an apostrophe before it makes it a text again. So it does
 * with a number that begins with `+`.
 */
function csvCell(cell: string): string {
  const safe = /^\s*[=+\-@|\t\r\n]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

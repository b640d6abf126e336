/** A row, or what is wrong there, with the line of the file where it begins, from 1. */
export type CsvRow =
  | { readonly line: number; readonly fields: readonly string[] }
  | { readonly line: number; readonly problem: string };

/**
 * What stands between fields; spreadsheets of many countries write semicolons, and what is copied from one has tabs. People who
 * write by hand in Persian use their own comma.
 */
export type Separator = "," | ";" | "\t" | "،";

/**
 * Reads rows of fields as RFC 4180 has them: a field in quotes may hold commas, line ends, and quotes written twice. Empty lines, and
 * lines that begin with `#`, are no rows. After a quote that is never closed there is nothing that could be read.
 */
export function parseCsv(text: string, separator: Separator = ","): readonly CsvRow[] {
  const plainField = new RegExp(`[^${separator}\\r\\n]*`, "y");
  const fieldEnd = new RegExp(`[${separator}\\r\\n]`);
  const rows: CsvRow[] = [];
  let at = 0;
  let line = 1;

  /** One field, up to what ends it. */
  function readField(): { value: string } | { problem: string } {
    if (text[at] !== '"') {
      plainField.lastIndex = at;
      const [plain = ""] = plainField.exec(text) ?? [];
      at += plain.length;
      return plain.includes('"')
        ? { problem: "a quote stands inside a field that has none around it" }
        : { value: plain };
    }
    const close = closingQuote(text, at + 1);
    if (close === undefined) {
      at = text.length;
      return { problem: "a quote is opened and never closed" };
    }
    const inside = text.slice(at + 1, close);
    at = close + 1;
    line += inside.split("\n").length - 1;
    if (at < text.length && !fieldEnd.test(text[at] ?? "")) return { problem: "something follows a closing quote" };
    return { value: inside.replaceAll('""', '"') };
  }

  function endLine(): void {
    const end = text.indexOf("\n", at);
    at = end < 0 ? text.length : end + 1;
    line += 1;
  }

  function readRow(): CsvRow {
    const begins = line;
    const fields: string[] = [];
    for (;;) {
      const field = readField();
      if ("problem" in field) {
        endLine();
        return { line: begins, problem: field.problem };
      }
      fields.push(field.value);
      if (text[at] !== separator) break;
      at += 1;
    }
    endLine();
    return { line: begins, fields };
  }

  while (at < text.length) {
    if (/#|\r?\n|\r?$/y.test(text.slice(at, at + 2))) endLine();
    else rows.push(readRow());
  }
  return rows;
}

/** What stands between the fields of a file, as its first line shows. */
export function separatorOf(text: string): Separator {
  const [first = ""] = text.split("\n", 1);
  const count = (separator: Separator) => first.split(separator).length;
  const separators: readonly Separator[] = [",", ";", "\t", "،"];
  return separators.reduce((best, one) => (count(one) > count(best) ? one : best));
}

/** Of two quotes that stand together, neither closes. */
function closingQuote(text: string, from: number): number | undefined {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 2)) if (text[at + 1] !== '"') return at;
  return undefined;
}

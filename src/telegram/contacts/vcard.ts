/** One card, with the line of the file where it begins, from 1. */
export interface Vcard {
  readonly line: number;
  readonly name: string;
  readonly numbers: readonly string[];
}

interface Property {
  readonly name: string;
  readonly parameters: string;
  readonly value: string;
}

const form = /^(?:[\w-]+\.)?([\w-]+)((?:;(?:"[^"]*"|[^:";])*)*):(.*)$/s;

/**
 * The names and numbers of vCards 2.1 to 4.0 (RFC 2426, RFC 6350). Our own, for telephones still write 2.1, whose Persian is
 * quoted-printable in UTF-8, and the libraries that are kept read only what came after it.
 */
export function parseVcards(text: string): readonly Vcard[] {
  const cards: Vcard[] = [];
  let begun: { line: number; properties: Property[] } | undefined;
  for (const { line, content } of unfold(text)) {
    const property = readProperty(content);
    if (!property) continue;
    const mark = property.value.trim().toUpperCase() === "VCARD" ? property.name : "";
    if (mark === "BEGIN") begun = { line, properties: [] };
    else if (mark === "END") {
      if (begun) cards.push(toVcard(begun.line, begun.properties));
      begun = undefined;
    } else begun?.properties.push(property);
  }
  return cards;
}

export function isVcard(text: string): boolean {
  return /^\uFEFF?\s*BEGIN:VCARD\s*$/im.test(text);
}

function toVcard(line: number, properties: readonly Property[]): Vcard {
  const first = (name: string) => properties.find((one) => one.name === name && one.value.trim() !== "");
  const structured = first("N")?.value ?? "";
  // Family, given, additional, prefixes, suffixes.
  const [family = "", given = ""] = structured.split(/(?<!\\);/);
  const name = first("FN")?.value ?? [given, family].filter(Boolean).join(" ");
  const shown = name.trim() === "" ? (first("ORG")?.value.split(/(?<!\\);/)[0] ?? "") : name;
  const numbers = properties.filter((one) => one.name === "TEL").map(({ value }) => value.replace(/^tel:/i, ""));
  return { line, name: unescaped(shown), numbers: numbers.map(unescaped).filter(Boolean) };
}

/** A long line goes on in the next, which begins with a space; in quoted-printable, where it ends in `=`. */
function unfold(text: string): { line: number; content: string }[] {
  const unfolded: { line: number; content: string }[] = [];
  for (const [index, written] of text
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/)
    .entries()) {
    const last = unfolded.at(-1);
    if (last && /^[ \t]/.test(written)) last.content += written.slice(1);
    else if (last && isQuotedPrintable(last.content) && last.content.endsWith("=")) {
      last.content = last.content.slice(0, -1) + written;
    } else unfolded.push({ line: index + 1, content: written });
  }
  return unfolded;
}

function readProperty(content: string): Property | undefined {
  const [, name, parameters = "", value = ""] = form.exec(content) ?? [];
  if (name === undefined) return undefined;
  return { name: name.toUpperCase(), parameters, value: isQuotedPrintable(content) ? unquotedPrintable(value) : value };
}

function isQuotedPrintable(content: string): boolean {
  const [head = ""] = content.split(":", 1);
  return /;(?:ENCODING=)?QUOTED-PRINTABLE/i.test(head);
}

function unquotedPrintable(value: string): string {
  try {
    return decodeURIComponent(
      value.replace(/=([0-9A-F]{2})|%|[^\x20-\x7e]/giu, (written, hex: string | undefined) =>
        hex === undefined ? encodeURIComponent(written) : `%${hex}`,
      ),
    );
  } catch {
    return "";
  }
}

function unescaped(value: string): string {
  return value
    .replace(/\\n/gi, " ")
    .replace(/\\([\\;,:])/g, "$1")
    .trim();
}

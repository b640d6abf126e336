import { foldName } from "../../core/model/name.ts";
import type { Peer } from "../../core/model/phone.ts";
import { parseCsv, separatorOf } from "../../support/csv.ts";
import { numberTitle, readPeer } from "../contacts/written-number.ts";

/** A list of receivers, as people write them: with titles or, of bare numbers, without. */
export interface BulkTable {
  /** As they are written; empty where the list has none. */
  readonly titles: readonly string[];
  readonly rows: readonly TableRow[];
}

export interface TableRow {
  /** The line of the file where it begins, from 1. */
  readonly row: number;
  readonly written: string;
  /** Absent: there is no telephone number. */
  readonly peer?: Peer;
  readonly cells: readonly string[];
}

const longestShown = 32;
/** Titles that mean the same, folded. */
const synonyms: readonly (readonly string[])[] = [
  ["name", "fullname", "نام", "اسم", "نامونامخانوادگی"],
  ["number", "phone", "mobile", "شماره", "موبایل", "شمارهموبایل", "تلفن", "همراه"],
  ["text", "message", "متن", "پیام", "پیامک"],
];

/** Reads a list with commas, semicolons, tabs or Persian commas between its cells. */
export function parseBulkList(text: string): BulkTable {
  const content = text.replace(/^\uFEFF/, "");
  const read = parseCsv(content, separatorOf(content)).map((row) => ({
    row: row.line,
    cells: "fields" in row ? row.fields.map((cell) => cell.trim()) : [],
    isBroken: "problem" in row,
  }));
  const rows = read.filter(({ cells, isBroken }) => isBroken || cells.some((cell) => cell !== ""));
  const [first] = rows;
  const titles = first && isTitles(first.cells) ? first.cells : [];
  const body = titles.length > 0 ? rows.slice(1) : rows;
  const place = numberPlace(titles, body);
  return {
    titles: titles.length > 0 ? titles : guessTitles(place, body),
    rows: body.map(({ row, cells }) => toRow(row, cells, cells[place] ?? "")),
  };
}

/** Which cell each field of a text means, or the first of which nobody knows. */
export function findColumns(
  titles: readonly string[],
  fields: readonly string[],
): { readonly places: readonly number[] } | { readonly unknown: string } {
  const places = fields.map((field) => placeOf(titles, field));
  const unknown = fields.find((_, index) => places[index] === -1);
  return unknown === undefined ? { places } : { unknown };
}

/** A list may bring each receiver's text itself. */
export function textColumn(titles: readonly string[]): string | undefined {
  return titles[placeOf(titles, "text")];
}

function placeOf(titles: readonly string[], field: string): number {
  const wanted = foldTitle(field);
  const folded = titles.map(foldTitle);
  const same = folded.indexOf(wanted);
  if (same >= 0) return same;
  const others = synonyms.find((group) => group.includes(wanted)) ?? [];
  return folded.findIndex((title) => others.includes(title));
}

/** However it is spelled: letters of Arabic, half-spaces and capitals make no other title. */
function foldTitle(written: string): string {
  return foldName(written).replaceAll("_", "");
}

/** Titles hold no number, and so no digit: a number with a typing error must not be taken for one. */
function isTitles(cells: readonly string[]): boolean {
  return (
    cells.every((cell) => !/\p{Nd}/u.test(cell)) || cells.some((cell) => numberTitle.test(cell) && !readPeer(cell))
  );
}

function numberPlace(titles: readonly string[], rows: readonly { readonly cells: readonly string[] }[]): number {
  const titled = titles.findIndex((title) => numberTitle.test(title));
  if (titled >= 0) return titled;
  for (const { cells } of rows) {
    const found = cells.findIndex((cell) => readPeer(cell) !== undefined);
    if (found >= 0) return found;
  }
  return 0;
}

/** Without titles: the number, and beside it the name. */
function guessTitles(number: number, rows: readonly { readonly cells: readonly string[] }[]): readonly string[] {
  const width = rows.reduce((most, { cells }) => Math.max(most, cells.length), 0);
  if (width < 2) return [];
  const titles = Array.from({ length: width }, () => "");
  titles[number] = "number";
  titles[number === 0 ? 1 : 0] = "name";
  return titles;
}

function toRow(row: number, cells: readonly string[], written: string): TableRow {
  const peer = readPeer(written);
  const shown = [...(written || cells.join(" "))].slice(0, longestShown).join("");
  return { row, written: shown, cells, ...(peer === undefined ? {} : { peer }) };
}

import { cleanName } from "../../core/model/name.ts";
import type { Peer } from "../../core/model/phone.ts";
import { parseCsv, separatorOf } from "../../support/csv.ts";
import { isVcard, parseVcards } from "./vcard.ts";
import { numberTitle, readPeer } from "./written-number.ts";

/** What names people bring, and what of it cannot be used. */
export interface ContactList {
  /** One for each number; of several the last. */
  readonly names: ReadonlyMap<Peer, string>;
  readonly refused: readonly RefusedContact[];
}

/** Where it stands in the file, from 1, and why it is of no use. */
export interface RefusedContact {
  readonly line: number;
  readonly why: "no-number" | "no-name" | "unreadable";
  /** What stands there instead of a number, or whose number or name is missing. */
  readonly written: string;
}

interface Row {
  readonly line: number;
  readonly name: string;
  readonly numbers: readonly string[];
}

const longestShown = 40;
const noNumberTitle = /label|type|نوع/i;
const nameTitle = /^(?:full ?|display ?|file as)?name$|^(?:first|given|last|family) ?name$|^(?:نام|اسم)/i;
const wholeNameTitle = /^(?:full ?|display ?)?name$|^(?:نام|اسم|نام و نام خانوادگی)$/i;
/** Google puts several numbers into one field so. */
const betweenNumbers = ":::";

/** Reads a vCard file or a table of numbers and names; both as telephones and address books write them. */
export function parseContactList(text: string): ContactList {
  return isVcard(text) ? collect(parseVcards(text), []) : parseTable(text.replace(/^\uFEFF/, ""));
}

/** Of one that comes with its fields. */
export function contactListOf(rows: readonly Row[]): ContactList {
  return collect(rows, []);
}

function parseTable(text: string): ContactList {
  const read = parseCsv(text, separatorOf(text));
  const rows = read.flatMap((row) => ("fields" in row ? [row] : []));
  const refused = read.flatMap((row): RefusedContact[] =>
    "problem" in row ? [{ line: row.line, why: "unreadable", written: "" }] : [],
  );
  const titles = titlesOf(rows[0]?.fields ?? []);
  const content = titles ? rows.slice(1) : rows;
  return collect(
    content.map(({ line, fields }) => ({ line, ...(titles ? pick(fields, titles) : guess(fields)) })),
    refused,
  );
}

interface Titles {
  readonly numbers: readonly number[];
  readonly names: readonly number[];
}

/** Which columns hold what, where the first row says so. */
function titlesOf(fields: readonly string[]): Titles | undefined {
  const titles = fields.map((field) => field.trim());
  const places = (isWanted: (title: string) => boolean) =>
    titles.flatMap((title, place) => (isWanted(title) ? [place] : []));
  const numbers = places((title) => numberTitle.test(title) && !noNumberTitle.test(title));
  const whole = places((title) => wholeNameTitle.test(title)).slice(0, 1);
  const names = whole.length > 0 ? whole : places((title) => nameTitle.test(title));
  return numbers.length > 0 && names.length > 0 ? { numbers, names } : undefined;
}

function pick(fields: readonly string[], { numbers, names }: Titles): Omit<Row, "line"> {
  const at = (places: readonly number[]) => places.map((place) => fields[place]?.trim() ?? "").filter(Boolean);
  return { name: at(names).join(" "), numbers: at(numbers).flatMap((field) => field.split(betweenNumbers)) };
}

/** Without titles: the first number, and the first other field beside it. */
function guess(fields: readonly string[]): Omit<Row, "line"> {
  const filled = fields.map((field) => field.trim()).filter(Boolean);
  const number = filled.find((field) => readPeer(field) !== undefined);
  const others = filled.filter((field) => field !== number);
  if (number === undefined) return { name: others[1] ?? "", numbers: others.slice(0, 1) };
  return { name: others[0] ?? "", numbers: [number] };
}

function collect(rows: readonly Row[], unreadable: readonly RefusedContact[]): ContactList {
  const names = new Map<Peer, string>();
  const refused = [...unreadable];
  for (const { line, name: written, numbers } of rows) {
    const name = cleanName(written);
    const peers = numbers.flatMap((number) => readPeer(number) ?? []);
    const refuse = (why: RefusedContact["why"], what: string) =>
      refused.push({ line, why, written: [...(cleanName(what) ?? "")].slice(0, longestShown).join("") });
    if (peers.length === 0) refuse("no-number", numbers[0] || written);
    else if (name === undefined) refuse("no-name", numbers[0] ?? "");
    else for (const peer of peers) names.set(peer, name);
  }
  return { names, refused: refused.toSorted((one, other) => one.line - other.line) };
}

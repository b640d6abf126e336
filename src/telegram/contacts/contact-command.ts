import type { Peer } from "../../core/model/phone.ts";
import { opensQuote, unquoted, valueForm } from "../written-values.ts";
import { looksLikeNumber, readNumber, shortWord } from "./written-number.ts";

/** What `/contact` was asked to do, or what is wrong with it. */
export type ContactCommand =
  | { readonly kind: "contact"; readonly peer: Peer; readonly fields: Readonly<Record<string, string>> }
  | ContactProblem;

export type ContactProblem =
  | { readonly kind: "empty" }
  | { readonly kind: "bad-number"; readonly written: string }
  | { readonly kind: "unknown-field"; readonly written: string }
  | { readonly kind: "unreadable"; readonly written: string };

const ownLine = /^([^=:]+):(.+)$/;
// No space is matched in two ways: in a message of 4,096 spaces that took a minute.
const pair = new RegExp(`([^=]*)=\\s*${valueForm}`, "y");

/**
 * Reads `<number> <field=value …>`; a value with spaces stands in quotation marks, or its field on a line of its own, as
 * `field: value`. Where there is a `customer` the number may be left out. `known` are the names of the fields.
 */
export function parseContact(
  args: string,
  at: { readonly known: readonly string[]; readonly customer?: Peer | undefined },
): ContactCommand {
  const read = readNumber(args, { digitsFollow: false });
  if (read.kind === "number") return withFields(read.peer, read.rest, at.known);
  const word = shortWord(args);
  if (at.customer !== undefined && !looksLikeNumber(word)) return withFields(at.customer, args, at.known);
  return word === "" ? { kind: "empty" } : { kind: "bad-number", written: word };
}

function withFields(peer: Peer, written: string, known: readonly string[]): ContactCommand {
  const fields = new Map<string, string>();
  for (const line of written.split("\n")) {
    const { pairs, unread } = readLine(line);
    for (const [name, value] of pairs) {
      const field = findNamed(known, name);
      if (field === undefined) return { kind: "unknown-field", written: name };
      fields.set(field, value);
    }
    if (unread !== "") return { kind: "unreadable", written: shortWord(unread) };
  }
  return { kind: "contact", peer, fields: Object.fromEntries(fields) };
}

/** The names and values of one line, as far as it can be read. */
function readLine(line: string): { pairs: [string, string][]; unread: string } {
  const [, name = "", value = ""] = ownLine.exec(line) ?? [];
  if (name.trim() !== "" && unquoted(value) !== "") return { pairs: [[name.trim(), unquoted(value)]], unread: "" };
  const pairs: [string, string][] = [];
  pair.lastIndex = 0;
  let end = 0;
  for (let found = pair.exec(line); found; found = pair.exec(line)) {
    const field = (found[1] ?? "").trim();
    const clean = unquoted(found[2] ?? "");
    if (field === "" || clean === "" || opensQuote(clean)) break;
    pairs.push([field, clean]);
    end = pair.lastIndex;
  }
  return { pairs, unread: line.slice(end).trim() };
}

function findNamed(known: readonly string[], written: string): string | undefined {
  const small = written.toLowerCase();
  return known.find((field) => field === written) ?? known.find((field) => field.toLowerCase() === small);
}

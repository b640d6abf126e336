import { z } from "zod";
import { foldNumber, isTelephone, type Peer } from "../../core/model/phone.ts";
import { cleanText } from "../../core/model/text.ts";
import { parseCsv } from "../../support/csv.ts";

/** Somebody who is to get an SMS, and the line of the file that says so, from 1. */
export interface Receiver {
  readonly peer: Peer;
  readonly line?: number;
}

/** With a text of his own. */
export interface Row extends Receiver {
  readonly text: string;
}

export interface Problem {
  readonly line: number;
  readonly what: string;
}

export interface Parsed<T> {
  readonly found: readonly T[];
  /** Everything that is wrong. */
  readonly problems: readonly Problem[];
}

type Outcome<T> = { readonly found: T } | { readonly problem: Problem };

const headers = /^(?:number|to|phone|mobile|receiver|شماره|موبایل)$/i;
const json = z.strictObject({ to: z.union([z.string(), z.number()]).transform(String), text: z.string() });

/** `undefined`: no telephone number. Any way of writing one will do. */
export function readPeer(written: string): Peer | undefined {
  const peer = foldNumber(written);
  return isTelephone(peer) ? peer : undefined;
}

/** One number a line; what follows a `#` is a comment. */
export function parseNumbers(content: string): Parsed<Receiver> {
  const lines = content
    .split(/\r?\n/)
    .map((written, at) => ({ line: at + 1, written: written.replace(/#.*/s, "").trim() }));
  return collect(
    lines
      .filter(({ written }) => written !== "")
      .map(({ line, written }) => {
        const peer = readPeer(written);
        return peer === undefined ? { problem: noNumber(line, written) } : { found: { peer, line } };
      }),
  );
}

/** A number and a text each: lines of JSON, `{"to":"0912…","text":"…"}`, or CSV, `0912…,"…"`. */
export function parseRows(content: string): Parsed<Row> {
  return /^\s*\{/.test(content) ? parseJsonLines(content) : parseCsvRows(content);
}

function parseJsonLines(content: string): Parsed<Row> {
  const lines = content.split(/\r?\n/).map((written, at) => ({ line: at + 1, written }));
  return collect(
    lines
      .filter(({ written }) => written.trim() !== "")
      .map(({ line, written }): Outcome<Row> => {
        const parsed = json.safeParse(readJson(written));
        if (parsed.success) return toRow(line, parsed.data.to, parsed.data.text);
        return { problem: { line, what: 'not of the form {"to":"0912…","text":"…"}' } };
      }),
  );
}

function parseCsvRows(content: string): Parsed<Row> {
  const rows = parseCsv(content);
  const [first] = rows;
  const hasHeader = first !== undefined && "fields" in first && headers.test(first.fields[0]?.trim() ?? "");
  return collect(
    rows.slice(hasHeader ? 1 : 0).map((row): Outcome<Row> => {
      if ("problem" in row) return { problem: { line: row.line, what: row.problem } };
      const [number, text, ...more] = row.fields;
      if (number !== undefined && text !== undefined && more.length === 0) return toRow(row.line, number, text);
      const what = "needs a number, a comma and a text; around a text that holds a comma or a line end, quotes";
      return { problem: { line: row.line, what } };
    }),
  );
}

function toRow(line: number, number: string, written: string): Outcome<Row> {
  const peer = readPeer(number);
  const text = cleanText(written);
  if (peer === undefined) return { problem: noNumber(line, number) };
  if (text.trim() === "") return { problem: { line, what: "the text is empty" } };
  return { found: { peer, text, line } };
}

function noNumber(line: number, written: string): Problem {
  return { line, what: `"${written.slice(0, 40)}" is not a telephone number` };
}

function readJson(written: string): unknown {
  try {
    return JSON.parse(written);
  } catch {
    return undefined;
  }
}

function collect<T>(outcomes: readonly Outcome<T>[]): Parsed<T> {
  return {
    found: outcomes.flatMap((one) => ("found" in one ? [one.found] : [])),
    problems: outcomes.flatMap((one) => ("problem" in one ? [one.problem] : [])),
  };
}

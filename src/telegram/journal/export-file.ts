import type { Exported } from "../../core/keeping/export.ts";
import { spellNumber } from "../../core/model/phone.ts";
import { byteOrderMark, csvRow } from "../../support/csv-row.ts";
import type { Texts } from "../types.ts";

export type ExportForm = "csv" | "json";

/** One of the files of an export, whole. */
export interface ExportFile {
  readonly name: string;
  readonly content: Buffer;
  readonly messages: number;
}

/** The greatest part of an export that is in memory, and so of one file: more goes into the next one. */
const greatestFile = 8 * 1024 * 1024;

/** Puts messages into files, one after the other, each readable by itself. */
export async function* filesOf(
  messages: AsyncIterable<Exported>,
  how: {
    readonly form: ExportForm;
    /** Without its ending. */
    readonly name: string;
    readonly texts: Pick<Texts, "say">;
    /** A moment as a spreadsheet wants it. */
    readonly stamp: (at: number) => string;
    readonly greatest?: number;
  },
): AsyncGenerator<ExportFile> {
  const { form, name, greatest = greatestFile } = how;
  const write = form === "csv" ? csvWriter(how) : jsonWriter();
  let chunks: Buffer[] = [];
  let bytes = 0;
  let number = 0;
  const finish = (isOnly: boolean): ExportFile => {
    number += 1;
    const content = Buffer.concat([Buffer.from(write.head), ...chunks, Buffer.from(write.foot)]);
    const file = { name: `${name}${isOnly ? "" : `-${number}`}.${form}`, content, messages: chunks.length };
    chunks = [];
    bytes = 0;
    return file;
  };
  for await (const message of messages) {
    const chunk = Buffer.from(write.row(message, chunks.length === 0));
    if (bytes + chunk.length > greatest && chunks.length > 0) {
      yield finish(false);
      chunks.push(Buffer.from(write.row(message, true)));
    } else chunks.push(chunk);
    bytes += chunk.length;
  }
  if (chunks.length > 0) yield finish(number === 0);
}

interface Writer {
  readonly head: string;
  row(one: Exported, isFirst: boolean): string;
  readonly foot: string;
}

const columns = ["time", "direction", "number", "line", "text", "state", "operator", "panel-time"] as const;

function csvWriter({ texts, stamp }: { texts: Pick<Texts, "say">; stamp: (at: number) => string }): Writer {
  return {
    head: byteOrderMark + csvRow(columns.map((column) => texts.say(`export-column-${column}`))),
    row(one) {
      const { message } = one;
      const isIn = one.direction === "in";
      return csvRow([
        stamp(message.at),
        texts.say(`export-${one.direction}`),
        // In groups, as people read it, a spreadsheet leaves the zero at its head alone.
        spellNumber(message.peer),
        spellNumber(message.line),
        message.text,
        isIn ? "" : texts.say(`export-state-${one.message.state}`),
        isIn ? "" : (one.message.by?.name ?? ""),
        isIn && one.message.panelTime !== undefined ? stamp(one.message.panelTime) : "",
      ]);
    },
    foot: "",
  };
}

/** For programs: the bridge's own words, and times as ISO 8601 writes them. */
function jsonWriter(): Writer {
  return {
    head: "[\n",
    row(one, isFirst) {
      const { at, peer, line, text } = one.message;
      const facts = { time: iso(at), direction: one.direction, number: peer, line, text };
      const more =
        one.direction === "in"
          ? { panelTime: one.message.panelTime === undefined ? undefined : iso(one.message.panelTime) }
          : { state: one.message.state, operator: one.message.by?.name, failure: one.message.failure?.code };
      return `${isFirst ? "" : ",\n"}${JSON.stringify({ ...facts, ...more })}`;
    },
    foot: "\n]\n",
  };
}

function iso(at: number): string {
  return new Date(at).toISOString();
}

import { toEpochMs } from "../../core/model/calendar.ts";
import { foldNumber, type Line, type Peer } from "../../core/model/phone.ts";
import { toAsciiDigits } from "../../core/model/text.ts";
import type { IncomingSms } from "../../core/ports/inbox.ts";
import { aliases, type Entry, toEntry, valuesOf } from "./aliases.ts";
import { findTenDigits } from "./numbers.ts";

/** Reads one entry of `receivedMessages`. `undefined`: it names no sender or no text, or no line to which it could have come. */
export function readEntry(value: unknown, lines: readonly Line[]): IncomingSms | undefined {
  const fields = toEntry(value);
  const text = fields && readText(fields);
  const ends = fields && readEnds(fields, lines);
  if (!fields || text === undefined || !ends) return undefined;
  const panelId = valuesOf(fields, "id").find((id) => !/^0+$/.test(id));
  const time = readTime(fields);
  return { ...ends, text, ...(panelId === undefined ? {} : { panelId }), ...(time === undefined ? {} : { time }) };
}

/** An empty text is an SMS, as long as there is a place for one. */
function readText(fields: Entry): string | undefined {
  const there = aliases.text.filter((name) => fields.has(name)).map((name) => fields.get(name) ?? "");
  return there.find((text) => text !== "") ?? there[0];
}

/**
 * Who wrote to which of our lines. The names are guesses, so the numbers have the last word: one that is ours, or else one that
 * is no mobile beside one that is, is the line. Where only the sender is told, the SMS came to the first line.
 */
function readEnds(fields: Entry, lines: readonly Line[]): { line: Line; peer: Peer } | undefined {
  const from = distinct(valuesOf(fields, "from").map(foldNumber));
  const to = distinct(valuesOf(fields, "to").map(foldNumber));
  const all = distinct([...to, ...from]);
  const isOurs = (number: string) => lines.includes(number);
  const asLine = to.find(isOurs) ?? to[0];
  const asPeer = from.find((number) => number !== asLine);
  if (asLine !== undefined && asPeer !== undefined) {
    const isSwapped = isOurs(asPeer) ? !isOurs(asLine) : !isOurs(asLine) && isMobile(asLine) && !isMobile(asPeer);
    return isSwapped ? { line: asPeer, peer: asLine } : { line: asLine, peer: asPeer };
  }
  const ours = all.find(isOurs) ?? (all.some(isMobile) ? all.find((number) => !isMobile(number)) : undefined);
  const peer = all.find((number) => number !== ours);
  const line = ours ?? lines[0];
  return line === undefined || peer === undefined ? undefined : { line, peer };
}

/** As it was written, for that tells an SMS from the next one with the same text; date and time of day joined. */
function readTime(fields: Entry): IncomingSms["time"] {
  const all = valuesOf(fields, "date").filter((value) => value !== "0");
  const clock = all.find(isClock);
  const day = all.find((value) => !isClock(value) && !value.includes(":"));
  const joined = day !== undefined && clock !== undefined ? [`${day} ${clock}`] : [];
  const candidates = [...joined, ...all];
  const written = candidates.find((value) => toEpochMs(value) !== undefined) ?? candidates[0];
  if (written === undefined) return undefined;
  const at = toEpochMs(written);
  return { written, ...(at === undefined ? {} : { at }) };
}

function isClock(value: string): boolean {
  return /^\d{1,2}:\d{1,2}(?::\d{1,2}(?:\.\d+)?)?$/.test(toAsciiDigits(value));
}

function isMobile(number: string): boolean {
  return findTenDigits(number) !== undefined;
}

function distinct(numbers: readonly string[]): readonly string[] {
  return [...new Set(numbers)].filter((number) => number !== "");
}

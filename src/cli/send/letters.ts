import { readFile } from "node:fs/promises";
import { hashKey, type MessageId } from "../../core/model/ids.ts";
import type { Peer } from "../../core/model/phone.ts";
import { UsageError } from "../arguments.ts";
import type { Io } from "../io.ts";
import { type Parsed, parseNumbers, parseRows, type Receiver, type Row, readPeer } from "./lists.ts";

/** One SMS of many. */
export interface Letter extends Row {
  readonly id: MessageId;
}

export interface Letters {
  readonly letters: readonly Letter[];
  /** What a person should know of how they were read. */
  readonly notes: readonly string[];
}

export interface ListArguments {
  readonly to: readonly string[];
  readonly toFile: string | undefined;
  readonly each: string | undefined;
  readonly text: string;
}

/** A list that nothing is sent by, with everything that is wrong in it. */
export class ListError extends Error {
  override name = "ListError";
}

/**
 * Who gets what. Its ids are made from the key, the receiver and, where he has several texts, which of them it is: the same list
 * again sends nothing again, and a text that was changed meanwhile is refused, not sent beside the first.
 */
export async function readLetters(wanted: ListArguments, key: string, io: Io): Promise<Letters> {
  const rows =
    wanted.each === undefined ? await readOneText(wanted, io) : await readList("each", wanted.each, parseRows, io);
  if (rows.length === 0) throw new UsageError("nobody is named who gets it");
  const distinct = new Map(rows.map((row) => [JSON.stringify([row.peer, row.text]), row]));
  const doubled = rows.length - distinct.size;
  const counts = new Map<Peer, number>();
  const letters = [...distinct.values()].map((row) => {
    const before = counts.get(row.peer) ?? 0;
    counts.set(row.peer, before + 1);
    return { ...row, id: letterId(key, row.peer, before) };
  });
  const what = wanted.each === undefined ? "receiver" : "receiver and text";
  return {
    letters,
    notes: doubled === 0 ? [] : [`named more than once, and sent once: ${doubled} times the same ${what}`],
  };
}

/** @param before how many texts this receiver gets before it. */
export function letterId(key: string, peer: Peer, before = 0): MessageId {
  return before === 0 ? hashKey("chapar send", key, peer) : hashKey("chapar send", key, peer, String(before));
}

async function readOneText({ to, toFile, text }: ListArguments, io: Io): Promise<readonly Row[]> {
  const written = to.flatMap((one) => one.split(/[,،]/)).filter((one) => one.trim() !== "");
  const wrong = written.filter((one) => readPeer(one) === undefined);
  if (wrong.length > 0) throw new UsageError(`--to is not a telephone number: ${wrong.join(", ")}`);
  const named = written.flatMap((one): Receiver[] => {
    const peer = readPeer(one);
    return peer === undefined ? [] : [{ peer }];
  });
  const listed = toFile === undefined ? [] : await readList("to-file", toFile, parseNumbers, io);
  return [...named, ...listed].map((receiver) => ({ ...receiver, text }));
}

async function readList<T>(option: string, file: string, parse: (content: string) => Parsed<T>, io: Io) {
  const { found, problems } = parse(decode(await readBytes(option, file, io), option));
  if (problems.length === 0) return found;
  const name = file === "-" ? "stdin" : file;
  throw new ListError(problems.map(({ line, what }) => `${name}:${line}: ${what}`).join("\n"));
}

async function readBytes(option: string, file: string, io: Io): Promise<Uint8Array> {
  if (file === "-") return io.input();
  try {
    return await readFile(file);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
    throw new UsageError(`--${option}: ${file} cannot be read (${code})`);
  }
}

/** Without the mark at its beginning that Excel writes. */
function decode(bytes: Uint8Array, option: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new UsageError(`--${option}: this is not UTF-8; save it as such`);
  }
}

import { foldNumber, isTelephone, type Peer } from "../../core/model/phone.ts";
import { toAsciiDigits } from "../../core/model/text.ts";

/** What stands where a number is expected. */
export type NumberRead =
  /** `rest` is what follows it, untouched. */
  | { readonly kind: "number"; readonly peer: Peer; readonly rest: string }
  /** `written` is the word that should have been a number; empty where there is none. */
  | { readonly kind: "none"; readonly written: string }
  /** A number of variable length in groups, and more digits after it: nobody can tell where it ends. */
  | { readonly kind: "ambiguous" };

const numberWord = /^[+\d().\-–/_\u200b-\u200f\u202a-\u202e\u2060-\u2069]*$/;
const iranian = /^\+98\d{10}$/;
const longestShown = 32;

/** What people call a column of telephone numbers. */
export const numberTitle = /number|phone|mobile|\btel|cell|شماره|موبایل|تلفن|همراه/i;

/**
 * Reads the number that a text begins with. It may be written in Persian digits and in groups: `0912 123 4567 سلام`. An
 * Iranian number has a known length, so digits are safe after it. Others end where only one reading is possible, or at the
 * end of their line: an SMS to half a number would reach a stranger. `digitsFollow: false` says that no digits can come
 * after it, so that the longest reading is the number.
 */
export function readNumber(text: string, { digitsFollow = true } = {}): NumberRead {
  const trimmed = text.trim();
  const readings = readingsOf(trimmed);
  const best = readings.find(({ peer }) => iranian.test(peer)) ?? readings.at(-1);
  if (!best) return { kind: "none", written: shortWord(trimmed) };
  const isSure = iranian.test(best.peer) || readings.length === 1 || best.endsLine || !digitsFollow;
  return isSure ? { kind: "number", peer: best.peer, rest: trimmed.slice(best.end) } : { kind: "ambiguous" };
}

/** The number that a whole text is, and nothing beside it. */
export function readPeer(text: string): Peer | undefined {
  const read = readNumber(text, { digitsFollow: false });
  return read.kind === "number" && read.rest.trim() === "" ? read.peer : undefined;
}

/** Whether a word was meant as a number, right or wrong. */
export function looksLikeNumber(word: string): boolean {
  const spelled = toAsciiDigits(word);
  return numberWord.test(spelled) && /\d/.test(spelled);
}

/** The first word of a text, not longer than a person wants to read again. */
export function shortWord(text: string): string {
  const [first = ""] = text.trim().split(/\s/, 1);
  return [...first].slice(0, longestShown).join("");
}

interface Reading {
  readonly peer: Peer;
  /** Where the number ends. */
  readonly end: number;
  readonly endsLine: boolean;
}

/** Every way to take words of the first line for a number in full; the shortest spelling of each number. */
function readingsOf(text: string): Reading[] {
  const [line = ""] = text.split("\n", 1);
  const readings = new Map<Peer, Reading>();
  let digits = "";
  for (const match of line.matchAll(/\S+/g)) {
    const word = toAsciiDigits(match[0]);
    if (!numberWord.test(word)) break;
    digits += word;
    const end = match.index + match[0].length;
    const peer = foldNumber(digits);
    const endsLine = line.slice(end).trim() === "" && line.length < text.length;
    if (isReachable(peer) && !readings.has(peer)) readings.set(peer, { peer, end, endsLine });
  }
  return [...readings.values()];
}

/** A telephone number in full. The library takes some short local numbers of Iran for valid; no SMS reaches those. */
function isReachable(peer: Peer): boolean {
  return peer.startsWith("+98") ? iranian.test(peer) : isTelephone(peer);
}

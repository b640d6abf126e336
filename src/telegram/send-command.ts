import { foldNumber, isTelephone, type Peer } from "../core/model/phone.ts";
import { cleanText, toAsciiDigits } from "../core/model/text.ts";

/** What `/send` was asked to do, or what is wrong with it. */
export type SendCommand =
  | { readonly kind: "send"; readonly peer: Peer; readonly text: string }
  | { readonly kind: "empty" }
  | { readonly kind: "no-text" }
  | { readonly kind: "bad-number"; readonly written: string }
  /** A number of variable length in groups, and more digits after it: nobody can tell where it ends. */
  | { readonly kind: "ambiguous" };

const numberWord = /^[+\d().\-–/_\u200b-\u200f\u202a-\u202e\u2060-\u2069]*$/;
const iranian = /^\+98\d{10}$/;
const longestShown = 32;

/**
 * Reads `<number> <text>`. The number may be written in Persian digits and in groups: `0912 123 4567 سلام`. An Iranian
 * number has a known length, so a text that begins with digits is safe after it. Others end where only one reading is
 * possible, or at the end of their line: an SMS to half a number would reach a stranger.
 */
export function parseSend(args: string): SendCommand {
  const trimmed = args.trim();
  if (trimmed === "") return { kind: "empty" };
  const readings = readingsOf(trimmed);
  const best = readings.find(({ peer }) => iranian.test(peer)) ?? readings.at(-1);
  if (!best) return { kind: "bad-number", written: shown(trimmed) };
  const isSure = iranian.test(best.peer) || readings.length === 1 || best.endsLine;
  if (!isSure) return { kind: "ambiguous" };
  const text = cleanText(trimmed.slice(best.end)).trim();
  return text === "" ? { kind: "no-text" } : { kind: "send", peer: best.peer, text };
}

interface Reading {
  readonly peer: Peer;
  /** Where the text begins. */
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

function shown(text: string): string {
  const [first = ""] = text.split(/\s/, 1);
  return [...first].slice(0, longestShown).join("");
}

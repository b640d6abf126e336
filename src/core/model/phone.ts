import { parsePhoneNumberFromString } from "libphonenumber-js/max";
import { cleanText, toAsciiDigits } from "./text.ts";

/**
 * The one canonical spelling of the other person's number: `+989121234567` for a telephone number,
 * the bare digits for a service line or short code (`30001234`), the name itself for an alphanumeric sender.
 */
export type Peer = string;
/** The canonical spelling of one of our numbers; folds exactly as a peer does. */
export type Line = string;

const spacing = /[\s().\-_/\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]/g;
// No Iranian mobile number begins with 98: ten such digits are a service line behind a country code.
const iranianMobile = /^(?:\+98|0098|98|0)?(9[0-79]\d{8})$/;
const serviceWithCountryCode = /^(?:\+98|0098|98)([1-9]000\d*)$/;

/** What the numbering plans said, for our own lines stand in every SMS. */
const folded = new Map<string, Peer>();
const mostRemembered = 1000;
const longestRemembered = 24;

/**
 * Folds every spelling of one number into one form: `09…`, `9…`, `989…`, `+98…`, `0098…`, `۰۹…`, with or without
 * spaces. Service lines lose a leading country code; short codes and names stay as they are,
 * but for what no wire can carry. An empty string folds to an empty string.
 */
export function foldNumber(written: string): Peer {
  const spelled = cleanText(toAsciiDigits(written)).replace(/[\p{Cc}\p{Cf}]/gu, "");
  const compact = spelled.replace(spacing, "");
  if (!/^\+?\d+$/.test(compact)) return spelled.trim();
  const mobile = iranianMobile.exec(compact);
  if (mobile) return `+98${mobile[1]}`;
  const service = serviceWithCountryCode.exec(compact);
  if (service?.[1]) return service[1];
  const known = folded.get(compact);
  if (known !== undefined) return known;
  const peer = foldByPlan(compact);
  if (folded.size >= mostRemembered) folded.clear();
  if (compact.length <= longestRemembered) folded.set(compact, peer);
  return peer;
}

/** By the numbering plans of all countries: ten times the work of the rules above. */
function foldByPlan(compact: string): Peer {
  const parsed = parsePhoneNumberFromString(compact, "IR");
  if (parsed?.isValid()) return parsed.number;
  const bare = compact.replace(/^\+/, "");
  // Without its plus, what is no number abroad may read as one at home, which is another one.
  return bare === compact || foldNumber(bare) === bare ? bare : compact;
}

/** Whether an SMS can be sent to it as to a person: a telephone number of any country, not a service line or a name. */
export function isTelephone(peer: Peer): boolean {
  return /^\+\d{7,15}$/.test(peer);
}

/** `09121234567` for an Iranian number, the canonical form without `+` for any other. What panels take. */
export function toNational(number: Peer): string {
  return number.startsWith("+98") ? `0${number.slice(3)}` : number.replace(/^\+/, "");
}

/** A spelling for people's eyes: `0912 123 4567`, `021 6406 3188`, `+49 1512 3456789`, `30001234`. */
export function spellNumber(number: Peer): string {
  if (!isTelephone(number)) return number;
  const parsed = parsePhoneNumberFromString(number);
  // What is no number of its country would lose the zeros that its plan does not know.
  if (!parsed?.isValid()) return number;
  return parsed.country === "IR" ? parsed.formatNational() : parsed.formatInternational();
}

/** For logs: keeps the first four and the last two characters. */
export function maskNumber(number: string): string {
  return number.length <= 6 ? "***" : `${number.slice(0, 4)}***${number.slice(-2)}`;
}

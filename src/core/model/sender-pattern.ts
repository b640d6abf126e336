import { parsePhoneNumberFromString } from "libphonenumber-js/max";
import { foldNumber, isTelephone, type Peer, toNational } from "./phone.ts";
import { toAsciiDigits } from "./text.ts";

/** Tells whether a sender is meant. */
export type SenderPattern = (peer: Peer) => boolean;

/** Every sender that is not a person's mobile telephone: service lines, short codes, names, landlines. */
export const notMobile = "not-mobile";

/** Reads a sender of a rule: a number in any spelling, a name, the beginning of either and a `*`, or `not-mobile`. */
export function parseSenderPattern(written: string): SenderPattern {
  const plain = written.trim();
  if (plain === notMobile) return (peer) => !isMobile(peer);
  if (!plain.endsWith("*")) {
    const sender = foldNumber(plain).toLowerCase();
    return (peer) => peer.toLowerCase() === sender;
  }
  const start = beginning(plain.slice(0, -1));
  return (peer) => spellingsOf(peer).some((spelled) => spelled.startsWith(start));
}

/** Of a telephone abroad whose kind no numbering plan tells, it is in doubt a person's. */
export function isMobile(peer: Peer): boolean {
  if (!isTelephone(peer)) return false;
  if (peer.startsWith("+989")) return true;
  const type = parsePhoneNumberFromString(peer)?.getType();
  return type === undefined || type === "MOBILE" || type === "FIXED_LINE_OR_MOBILE";
}

function beginning(written: string): string {
  const spelled = toAsciiDigits(written).trim().toLowerCase();
  return /^[+\d\s().-]+$/.test(spelled) ? spelled.replace(/[\s().-]/g, "") : spelled;
}

/** The ways in which a person may write a number; a name is written in one. */
function spellingsOf(peer: Peer): readonly string[] {
  if (isTelephone(peer)) return [peer, peer.slice(1), `00${peer.slice(1)}`, toNational(peer)];
  return /^\d+$/.test(peer) ? [peer, `98${peer}`, `+98${peer}`, `0098${peer}`] : [peer.toLowerCase()];
}

import { foldNumber, type Peer } from "../../core/model/phone.ts";

/** A button of the canned answers. */
export type CannedPress =
  /** Sends it to this customer. */
  | { readonly kind: "send"; readonly id: number; readonly peer: Peer }
  /** With a customer: those to send; without one: those to look at. */
  | { readonly kind: "page"; readonly page: number; readonly peer?: Peer }
  | { readonly kind: "view"; readonly id: number }
  | { readonly kind: "remove"; readonly id: number };

// Telegram keeps old buttons for ever: add, never change.
const form = /^a:([slvx]):(\d{1,9})(?::(\+?\d{1,24}))?$/;
const letters: Readonly<Record<CannedPress["kind"], string>> = { send: "s", page: "l", view: "v", remove: "x" };

/** Callback data: at most 39 of Telegram's 64 bytes. The customer stands in it, for where there are no topics no place tells them. */
export function encodeCannedPress(press: CannedPress): string {
  const number = press.kind === "page" ? press.page : press.id;
  const peer = "peer" in press && press.peer !== undefined ? `:${press.peer}` : "";
  return `a:${letters[press.kind]}:${number}${peer}`;
}

/** Callback data comes from outside: `undefined` for what is none of ours. */
export function parseCannedPress(given: string | undefined): CannedPress | undefined {
  const [, letter, number, peer] = form.exec(given ?? "") ?? [];
  if (number === undefined || (peer !== undefined && foldNumber(peer) !== peer)) return undefined;
  const id = Number(number);
  if (letter === letters.send) return peer === undefined ? undefined : { kind: "send", id, peer };
  if (letter === letters.page) return { kind: "page", page: id, ...(peer === undefined ? {} : { peer }) };
  if (letter === letters.view) return { kind: "view", id };
  return letter === letters.remove ? { kind: "remove", id } : undefined;
}

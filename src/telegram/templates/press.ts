import { hashKey } from "../../core/model/ids.ts";
import { foldNumber, type Peer } from "../../core/model/phone.ts";

/** A button that takes a template up, for this customer where it stands in a thread. */
export interface TemplatePress {
  /** Of its name, which may be too long for a button. */
  readonly key: string;
  readonly peer?: Peer;
}

const keyLength = 12;
// Telegram keeps old buttons for ever: add, never change.
const form = /^t:([A-Za-z0-9_-]{12})(?::(\+?\d{1,24}))?$/;

export function templateKey(name: string): string {
  return hashKey(name).slice(0, keyLength);
}

/** Callback data: at most 40 of Telegram's 64 bytes. */
export function encodeTemplatePress({ key, peer }: TemplatePress): string {
  return `t:${key}${peer === undefined ? "" : `:${peer}`}`;
}

/** Callback data comes from outside: `undefined` for what is none of ours. */
export function parseTemplatePress(given: string | undefined): TemplatePress | undefined {
  const [, key, peer] = form.exec(given ?? "") ?? [];
  if (key === undefined || (peer !== undefined && foldNumber(peer) !== peer)) return undefined;
  return { key, ...(peer === undefined ? {} : { peer }) };
}

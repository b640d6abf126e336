import type { Peer } from "../../core/model/phone.ts";
import { cleanText } from "../../core/model/text.ts";
import { readNumber } from "./written-number.ts";

/** What `/send` was asked to do, or what is wrong with it. */
export type SendCommand =
  | { readonly kind: "send"; readonly peer: Peer; readonly text: string }
  | { readonly kind: "empty" }
  | { readonly kind: "no-text" }
  | { readonly kind: "bad-number"; readonly written: string }
  | { readonly kind: "ambiguous" };

/** Reads `<number> <text>`; see `readNumber` for what a number may look like. */
export function parseSend(args: string): SendCommand {
  if (args.trim() === "") return { kind: "empty" };
  const read = readNumber(args);
  if (read.kind === "none") return { kind: "bad-number", written: read.written };
  if (read.kind === "ambiguous") return read;
  const text = cleanText(read.rest).trim();
  return text === "" ? { kind: "no-text" } : { kind: "send", peer: read.peer, text };
}

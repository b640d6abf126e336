import type { Bridge } from "../../core/bridge.ts";
import type { Conversation } from "../../core/model/conversation.ts";
import type { DeskId } from "../../core/model/ids.ts";
import { cleanText } from "../../core/model/text.ts";
import { isName } from "../texts/spell-peer.ts";
import { unquoted, valueForm } from "../written-values.ts";
import { parseSend, type SendCommand } from "./send-command.ts";
import { looksLikeNumber } from "./written-number.ts";

/** What `/send` was asked to do, by number or by name. */
export type SendRequest = SendCommand | Several;

/** More than one customer fits, or none is called exactly so and these nearly are: nobody is written to. */
export interface Several {
  readonly kind: "several";
  readonly found: readonly Conversation[];
}

const longestNameWords = 6;
const mostListed = 10;
const inQuotes = new RegExp(`^${valueForm}`);

/**
 * Reads `<number or name> <text>`. An SMS to the wrong person cannot be taken back, so a name in the middle of words counts only
 * when it is somebody's whole name, and when no other reading names somebody else. One in quotation marks, or alone on the
 * first line, may be a part of the one name that it fits.
 */
export async function readSend(
  at: { readonly bridge: Pick<Bridge, "directory">; readonly desk: { readonly id: DeskId } },
  args: string,
): Promise<SendRequest> {
  const byNumber = parseSend(args);
  if (byNumber.kind !== "bad-number" || looksLikeNumber(byNumber.written)) return byNumber;
  const { directory } = at.bridge;
  const apart = setApart(args.trim());
  if (apart) {
    const called = await directory.called(at.desk.id, apart.name);
    const found = called.length > 0 ? called : (await directory.search(at.desk.id, apart.name, mostListed)).found;
    if (found.length > 0) {
      return decide(
        byNumber,
        found.map((conversation) => ({ conversation, text: apart.text })),
      );
    }
  }
  const exact = await Promise.all(
    readingsOf(args.trim()).map(async ({ name, text }) =>
      (await directory.called(at.desk.id, name)).map((conversation) => ({ conversation, text })),
    ),
  );
  if (exact.flat().length > 0) return decide(byNumber, exact.flat());
  const { found } = await directory.search(at.desk.id, byNumber.written, mostListed);
  return found.length > 0 ? { kind: "several", found } : byNumber;
}

interface Reading {
  readonly name: string;
  readonly text: string;
}

function decide(
  otherwise: SendCommand,
  readings: readonly { readonly conversation: Conversation; readonly text: string }[],
): SendRequest {
  const able = readings.filter(({ conversation }) => !isName(conversation.peer));
  const [only, ...others] = able;
  if (!only) return otherwise;
  if (others.length > 0) {
    const found = new Map(able.map(({ conversation }) => [conversation.id, conversation]));
    return { kind: "several", found: [...found.values()].slice(0, mostListed) };
  }
  const text = cleanText(only.text).trim();
  return text === "" ? { kind: "no-text" } : { kind: "send", peer: only.conversation.peer, text };
}

function setApart(args: string): Reading | undefined {
  const [first = ""] = args.split("\n", 1);
  if (first.length < args.length && !/^["«“”„]/.test(first)) return { name: first, text: args.slice(first.length) };
  const [whole] = /^["«“”„]/.test(args) ? (inQuotes.exec(args) ?? []) : [];
  return whole === undefined ? undefined : { name: unquoted(whole), text: args.slice(whole.length) };
}

/** Every way to take the first words of the line for a name. */
function readingsOf(args: string): readonly Reading[] {
  return [...args.matchAll(/\S+/g)].slice(0, longestNameWords).map((word) => {
    const end = word.index + word[0].length;
    return { name: args.slice(0, end), text: args.slice(end) };
  });
}

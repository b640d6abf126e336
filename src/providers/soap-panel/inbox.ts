import { toEpochMs } from "../../core/model/calendar.ts";
import { foldNumber, type Line } from "../../core/model/phone.ts";
import type { IncomingSms, PollInbox, PollReading } from "../../core/ports/inbox.ts";
import { ProviderError } from "../../core/ports/provider-error.ts";
import { toPanelLine } from "../numbers.ts";
import type { SoapPanelClient } from "./client.ts";
import { readReply } from "./envelope.ts";
import { type PanelMessage, readMessages } from "./messages.ts";

const idsPerConfirm = 100;

export interface SoapPanelInboxOptions {
  readonly everySeconds: number;
  readonly backlogHours: number;
}

/**
 * Asks for each line by itself: `GetNewMessagesList` for what is new and, because nobody knows whether that hands an SMS out only
 * once, now and then `GetReceiveSMSIsNotReadList` for what is unread.
 */
export function createSoapPanelInbox(client: SoapPanelClient, options: SoapPanelInboxOptions): PollInbox {
  return {
    mode: "poll",
    scope: "line",
    ...options,
    fetch: async (lines, signal) => client.getNewMessagesList(oneOf(lines), signal),
    catchUp: async (lines, signal) => client.getReceiveSMSIsNotReadList(oneOf(lines), signal),
    parse: async (answer, lines) => parseMessages(answer, lines),
    async confirm(ids, _lines, signal) {
      for (let at = 0; at < ids.length; at += idsPerConfirm) {
        await client.updateMessagesIsRead(ids.slice(at, at + idsPerConfirm), signal);
      }
    },
  };
}

/** Reads an answer to any of the lists. It needs no contract, so an answer that was stored is read without the network. */
export function parseMessages(answer: string, lines: readonly Line[]): PollReading {
  const sms: IncomingSms[] = [];
  const unreadable: string[] = [];
  for (const message of requireMessages(answer)) {
    const read = toSms(message, lines);
    if (read) sms.push(read);
    else unreadable.push(message.markup);
  }
  return { sms, unreadable };
}

/** Throws `bad-reply` for what is no answer to a list. */
export function requireMessages(answer: string): readonly PanelMessage[] {
  const reply = readReply(answer);
  const messages = reply?.kind === "response" ? readMessages(reply.response) : undefined;
  if (messages) return messages;
  throw new ProviderError("bad-reply", "soap-panel: no list of SMS in the answer", { certain: true });
}

/** Without a sender there is nobody to answer. A text that is empty is an SMS; one that may stand under another name is none. */
function toSms(message: PanelMessage, lines: readonly Line[]): IncomingSms | undefined {
  const peer = foldNumber(message.sender);
  const line = foldNumber(message.receiver) || lines[0];
  if (peer === "" || line === undefined || message.body === undefined) return undefined;
  const at = toEpochMs(message.sendDate);
  return {
    line,
    peer,
    text: message.body,
    ...(message.id === "" ? {} : { panelId: message.id }),
    ...(message.sendDate === "" ? {} : { time: { written: message.sendDate, ...(at === undefined ? {} : { at }) } }),
  };
}

function oneOf(lines: readonly Line[]): string {
  const [line] = lines;
  if (line !== undefined && lines.length === 1) return toPanelLine(line);
  throw new ProviderError("bad-request", `the panel is asked for one line, not ${lines.length}`, { certain: true });
}

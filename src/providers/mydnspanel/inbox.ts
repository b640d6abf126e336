import type { Line } from "../../core/model/phone.ts";
import type { PollInbox, PollReading } from "../../core/ports/inbox.ts";
import { ProviderError } from "../../core/ports/provider-error.ts";
import type { MydnspanelClient } from "./client.ts";
import { nothingToShow } from "./codes.ts";
import { readEntry } from "./entry.ts";
import { findEntries, holdsNothing } from "./listing.ts";
import { readJson, readReply } from "./wire.ts";

export interface InboxOptions {
  readonly pollSeconds: number;
  readonly backlogHours: number;
}

/**
 * Asks for what came in to all lines of the account at once: `receivedMessages` takes no line and no page. Whether reading uses
 * an SMS up is not told; the answer is stored before it is read, and what is listed again is known by its id or its content.
 */
export function createMydnspanelInbox(client: MydnspanelClient, options: InboxOptions): PollInbox {
  return {
    mode: "poll",
    scope: "account",
    everySeconds: options.pollSeconds,
    backlogHours: options.backlogHours,
    fetch: (_, signal) => client.receivedMessages(signal),
    parse: async (answer, lines) => readReceived(answer, lines),
  };
}

/** Throws `ProviderError("bad-reply")` where there is something and nothing of it can be read. */
export function readReceived(answer: string, lines: readonly Line[]): PollReading {
  const entries = requireEntries(answer);
  const read = entries.map((entry) => ({ entry, sms: readEntry(entry, lines) }));
  const sms = read.flatMap((one) => one.sms ?? []);
  if (entries.length > 0 && sms.length === 0) throw badReply(`none of ${entries.length} entries can be read`);
  return { sms, unreadable: read.filter((one) => !one.sms).map(({ entry }) => write(entry)) };
}

/** None where the panel says that there is nothing to show, or shows an empty list. */
export function requireEntries(answer: string): readonly unknown[] {
  const content = readJson(answer);
  const entries = findEntries(content);
  if (entries.length > 0) return entries;
  const reply = readReply("receivedMessages", answer);
  const isNothing = reply?.isAccepted ? holdsNothing(content) : reply?.code === nothingToShow;
  if (isNothing || isEmptyList(content)) return [];
  throw badReply("no list in the answer");
}

function write(entry: unknown): string {
  try {
    return JSON.stringify(entry);
  } catch {
    // Nested deeper than the stack.
    return String(typeof entry);
  }
}

function isEmptyList(content: unknown): boolean {
  return Array.isArray(content) && holdsNothing(content);
}

function badReply(what: string): ProviderError {
  return new ProviderError("bad-reply", `mydnspanel receivedMessages: ${what}`, { certain: true });
}

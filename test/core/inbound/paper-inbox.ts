import type { IncomingSms, PollInbox } from "../../../src/core/ports/inbox.ts";
import { ProviderError } from "../../../src/core/ports/provider-error.ts";

/** An inbox on paper: its answers are JSON lists of SMS, and a test says what is in them. */
export interface PaperInbox extends PollInbox {
  /** What the next questions are answered; throws, or waits, as a test wants. */
  list: () => readonly Partial<IncomingSms>[] | Promise<readonly Partial<IncomingSms>[]>;
  unread: () => readonly Partial<IncomingSms>[] | Promise<readonly Partial<IncomingSms>[]>;
  readonly asked: { question: "fetch" | "catchUp"; lines: readonly string[] }[];
  readonly confirmed: string[][];
}

export function createPaperInbox(options: Partial<Omit<PollInbox, "mode">> = {}): PaperInbox {
  const inbox: PaperInbox = {
    mode: "poll",
    scope: "account",
    everySeconds: 10,
    backlogHours: 24,
    list: () => [],
    unread: () => [],
    asked: [],
    confirmed: [],
    async fetch(lines) {
      inbox.asked.push({ question: "fetch", lines });
      return JSON.stringify(await inbox.list());
    },
    async catchUp(lines) {
      inbox.asked.push({ question: "catchUp", lines });
      return JSON.stringify(await inbox.unread());
    },
    async parse(answer) {
      const entries = readJson(answer);
      return {
        sms: entries.filter(isSms).map((entry) => ({ line: "30001", peer: "09120000000", ...entry })),
        unreadable: entries.filter((entry) => !isSms(entry)).map((entry) => JSON.stringify(entry)),
      };
    },
    async confirm(ids) {
      inbox.confirmed.push([...ids]);
    },
    ...options,
  };
  return inbox;
}

function readJson(answer: string): readonly Partial<IncomingSms>[] {
  const parsed: unknown = JSON.parse(answer);
  if (!Array.isArray(parsed)) throw new ProviderError("bad-reply", "no list", { certain: true });
  return parsed;
}

function isSms(entry: Partial<IncomingSms>): entry is Partial<IncomingSms> & { text: string } {
  return entry.text !== undefined;
}

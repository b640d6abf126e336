import type {
  Bridge,
  Change,
  ContactOutcome,
  CreditOfProvider,
  Draft,
  OfferedTemplate,
  PhoneBook,
  ProviderHealth,
} from "../../src/core/bridge.ts";
import type { CannedAnswers } from "../../src/core/canned.ts";
import type { Inbound, Operator, Outbound } from "../../src/core/model/message.ts";
import { partsOfThread, threadOf } from "../../src/core/model/thread.ts";
import { StoreError } from "../../src/core/ports/store.ts";

export const line = "+982164063188";

export interface FakeBridge extends Bridge {
  readonly drafts: Map<string, Draft>;
  readonly messages: Map<string, Outbound>;
  readonly posts: Map<string, Inbound>;
  /** The desks that were to show what waits for them. */
  readonly wakes: string[];
  /** How often `accept` was called, with or without success. */
  accepts: number;
  /** While it says so, the store cannot be written. */
  isStoreDown: () => boolean;
  /** Something a handler does not expect. */
  poison: (text: string) => boolean;
  /** Runs before a draft is committed. */
  beforeAccept: () => Promise<void>;
  credit: () => Promise<readonly CreditOfProvider[]>;
  health: readonly ProviderHealth[];
  templates: readonly OfferedTemplate[];
  phoneBooks: readonly PhoneBook[];
  /** What was asked to be kept, and what becomes of it. */
  readonly contacts: Parameters<Bridge["addContact"]>[1][];
  keep: () => Promise<readonly ContactOutcome[]>;
  set(id: string, fields: Partial<Outbound>): void;
  addPost(place: string, peer: string, desk?: string): Inbound;
}

const noCanned: CannedAnswers = {
  all: async () => [],
  find: async () => undefined,
  called: async () => undefined,
  add: async () => ({ outcome: "unknown" }),
  change: async () => ({ outcome: "unknown" }),
  remove: async () => ({ outcome: "unknown" }),
  used: async () => undefined,
};

/** The bridge as the bot's handlers see it, with nothing behind it: records in memory, no panel, no desk. */
export function createFakeBridge(now: () => number, canned: CannedAnswers = noCanned): FakeBridge {
  const messages = new Map<string, Outbound>();
  const posts = new Map<string, Inbound>();
  const drafts = new Map<string, Draft>();

  function requireStore(): void {
    if (bridge.isStoreDown()) throw new StoreError("unavailable", "the disk is full");
  }

  async function press(
    id: string,
    attempt: number,
    by: Operator,
    from: string[],
    to: Partial<Outbound>,
  ): Promise<Change> {
    requireStore();
    const message = messages.get(id);
    if (!message) return { outcome: "unknown" };
    if (message.attempt !== attempt || !from.includes(message.state)) return { outcome: "late", message };
    const moved = { ...message, ...to, settledBy: by };
    messages.set(id, moved);
    return { outcome: "done", message: moved };
  }

  const bridge: FakeBridge = {
    drafts,
    messages,
    posts,
    accepts: 0,
    isStoreDown: () => false,
    poison: () => false,
    beforeAccept: async () => undefined,
    credit: async () => [],
    health: [],
    templates: [],
    phoneBooks: [],
    directory: { search: async () => ({ found: [], count: 0 }), called: async () => [] },
    canned,
    contacts: [],
    keep: async () => [],
    set(id, fields) {
      const message = messages.get(id);
      if (message) messages.set(id, { ...message, ...fields });
    },
    addPost(place, peer, desk = "support") {
      const id = `in-${posts.size + 1}`;
      const thread = threadOf(desk, peer);
      const at = now();
      const post = {
        id,
        desk,
        thread,
        provider: "panel",
        line,
        peer,
        text: "سلام",
        at,
        seq: 1,
        repeats: 0,
        post: place,
      };
      posts.set(place, post);
      return post;
    },
    wakes: [],
    wake: (desk) => void bridge.wakes.push(desk),
    replan: async () => undefined,
    conversations: {
      find: async () => undefined,
      answer: async () => undefined,
      claim: async () => ({ outcome: "unknown" }),
      release: async () => ({ outcome: "unknown" }),
      close: async () => ({ outcome: "unknown" }),
      reopen: async () => ({ outcome: "unknown" }),
      snooze: async () => ({ outcome: "unknown" }),
      unsnooze: async () => ({ outcome: "unknown" }),
      name: async () => ({ outcome: "unknown" }),
      showAgain: async () => ({ outcome: "unknown" }),
      block: async () => ({ outcome: "unknown" }),
      unblock: async () => ({ outcome: "unknown" }),
    },
    bulk: {
      plan: async () => ({ samples: [], parts: 0, mostParts: 0, refused: [] }),
      find: async () => undefined,
      send: async () => "unknown",
      drop: async () => "unknown",
      stop: async () => "unknown",
    },
    blocking: {
      block: async () => ({ outcome: "unknown" }),
      unblock: async () => ({ outcome: "unknown", came: 0 }),
    },
    optOut: async () => ({ outcome: "unknown" }),
    journal: {
      noting: (_entry, run) => run(),
      note: async () => undefined,
      ofThread: async () => [],
      ofDesk: async () => [],
    },
    exports: {
      async *ofThread() {},
      async *ofDesk() {},
    },
    forgetting: {
      ask: async () => 0,
      find: async () => undefined,
      confirm: async () => false,
      withdraw: async () => false,
    },
    later: {
      waiting: async () => [...messages.values()].filter(({ hold }) => hold === "scheduled"),
      putOff: async () => ({ outcome: "unknown" as const }),
      choose: async () => ({ outcome: "unknown" as const }),
      change: async () => ({ outcome: "unknown" }),
    },
    inbound: {
      accept: async () => [],
      find: async () => undefined,
      findByPost: async (place) => posts.get(place),
      lastLineOf: async () => line,
    },
    outbound: {
      async accept(draft) {
        bridge.accepts += 1;
        if (bridge.poison(draft.text)) throw new TypeError("cannot read properties of undefined");
        await bridge.beforeAccept();
        requireStore();
        const known = messages.get(draft.id);
        if (known) return { message: known, isNew: false };
        const message = outboundOf(draft, now());
        messages.set(draft.id, message);
        drafts.set(draft.id, draft);
        return { message, isNew: true };
      },
      questionOf: async () => undefined,
      shorten: async () => ({ outcome: "late" }),
      find: async (id) => messages.get(id),
      findByMark: async (place) => [...messages.values()].find((message) => message.markPost === place),
      async edit(id, text, template) {
        requireStore();
        const message = messages.get(id);
        if (!message) return { outcome: "unknown" };
        if (message.text === text) return { outcome: "same", message };
        if (message.state !== "held" && message.state !== "queued") return { outcome: "late", message };
        const { template: _, ...rest } = message;
        const edited = { ...rest, text, ...(template ? { template: { ...template, names: [] } } : {}) };
        messages.set(id, edited);
        return { outcome: "done", message: edited };
      },
      cancel: (id, attempt, by) => press(id, attempt, by, ["held", "queued"], { state: "cancelled" }),
      sendNow: (id, attempt, by) => press(id, attempt, by, ["held"], { state: "queued" }),
      sendInQuiet: (id, attempt, by) => press(id, attempt, by, ["held"], { state: "queued" }),
      sendInTime: (id, attempt, by) => press(id, attempt, by, ["held"], { state: "held", hold: "scheduled" }),
      tryAgain: (id, attempt, by) => press(id, attempt, by, ["failed", "uncertain"], { state: "queued" }),
      wasSent: (id, attempt, by) => press(id, attempt, by, ["uncertain"], { state: "sent" }),
    },
    providerHealth: () => bridge.health,
    creditOf: () => bridge.credit(),
    linesOf: () => [line],
    templatesOf: () => bridge.templates,
    phoneBooksOf: () => bridge.phoneBooks,
    async addContact(_desk, contact) {
      bridge.contacts.push(contact);
      return bridge.keep();
    },
  };
  return bridge;
}

export function outboundOf(draft: Draft, at: number): Outbound {
  const { desk, peer } = partsOfThread(draft.thread);
  return {
    id: draft.id,
    desk,
    thread: draft.thread,
    peer,
    line: draft.line ?? line,
    text: draft.text,
    ...(draft.template ? { template: { ...draft.template, names: [] } } : {}),
    lane: "answer",
    ...(draft.origin === undefined ? {} : { origin: draft.origin }),
    ...(draft.quoted ? { quoted: true } : {}),
    ...(draft.markPost === undefined ? {} : { markPost: draft.markPost }),
    ...(draft.by ? { by: draft.by } : {}),
    at,
    order: 1,
    state: draft.hold ? "held" : "queued",
    ...(draft.hold ? { hold: draft.hold.why } : {}),
    attempt: 0,
    tries: 0,
    giveUpAt: at + 3_600_000,
    triedLines: [],
    receipts: [],
    reports: {},
  };
}

import type { Bridge } from "../../src/core/bridge.ts";
import { createEvents } from "../../src/core/events.ts";
import { type BulkOutcome, type BulkProgress, bulkKey, isOver, type RefusedRow } from "../../src/core/model/bulk.ts";
import { type Conversation, cardKey } from "../../src/core/model/conversation.ts";
import type { FollowUpRules } from "../../src/core/model/follow-up.ts";
import type { Hours } from "../../src/core/model/hours.ts";
import { markKey } from "../../src/core/model/mark.ts";
import type { Inbound, Outbound } from "../../src/core/model/message.ts";
import type { DigestTimes } from "../../src/core/notices/digests.ts";
import { openBridge } from "../../src/core/open-bridge.ts";
import { type Desk, DeskError, type Notice, type Reminder } from "../../src/core/ports/desk.ts";
import { ProviderError } from "../../src/core/ports/provider-error.ts";
import type { Report, SmsProvider } from "../../src/core/ports/sms-provider.ts";
import type { Store } from "../../src/core/ports/store.ts";
import { openRecords } from "../../src/core/records.ts";
import { createRegistry, type DeskRules } from "../../src/core/registry.ts";
import { openStore } from "../../src/store/open.ts";
import { createFakeClock, type FakeClock } from "../support/fake-clock.ts";
import { silentLog } from "./bridge-parts.ts";
import { noon } from "./messages.ts";

/** A panel on paper: takes what it is given, unless told otherwise. */
export interface PaperPanel extends SmsProvider {
  readonly sent: { text: string; line: string; at: number }[];
  readonly asked: (readonly string[])[];
  /** Throws, or waits, before it takes. */
  before(): void | Promise<void>;
  tell(ids: readonly string[]): readonly Report[] | Promise<readonly Report[]>;
}

/** A desk on paper: what it would show. */
export interface PaperDesk extends Desk {
  readonly posts: Inbound[];
  readonly marks: { id: string; state: Outbound["state"]; at: number }[];
  readonly cards: Conversation[];
  /** What was shown of bulk runs; of one that is over, with its report. */
  readonly bulks: (BulkProgress & { readonly outcomes: readonly (BulkOutcome | RefusedRow)[] })[];
  readonly notices: Notice[];
  /** The texts of posts that were shown again with their codes hidden. */
  readonly hidden: (readonly string[])[];
  readonly reminders: Reminder[];
  /** Throws, or waits, before it shows. */
  before(what: "post" | "mark" | "card" | "codes", shown: Inbound | Outbound | Conversation): void | Promise<void>;
  againAfterMs?: number;
  /** SMS that go into one post. Default 1. */
  mostTogether: number;
}

export function createPanel(id: string, clock: FakeClock): PaperPanel {
  const panel: PaperPanel = {
    id,
    kind: "paper",
    limits: { receiversPerCall: 100, perSecond: 1000, inFlight: 4, sendTimeoutMs: 20_000 },
    sent: [],
    asked: [],
    before: () => undefined,
    tell: () => [],
    async send({ line, text }) {
      await panel.before();
      panel.sent.push({ text, line, at: clock.now() });
      return { ids: [`${id}-${panel.sent.length}`] };
    },
    reports: {
      idsPerCall: 10,
      askAtSeconds: [5, 60, 600],
      async fetch(asked) {
        const ids = asked.map(({ id }) => id);
        panel.asked.push(ids);
        return panel.tell(ids);
      },
    },
    close: async () => undefined,
  };
  return panel;
}

export function createDesk(id: string, clock: FakeClock): PaperDesk {
  const desk: PaperDesk = {
    id,
    markAfterMs: 0,
    posts: [],
    marks: [],
    cards: [],
    bulks: [],
    notices: [],
    hidden: [],
    reminders: [],
    mostTogether: 1,
    before: () => undefined,
    async post({ first, take, commit }) {
      await desk.before("post", first);
      const sms = await take((together) => together.length <= desk.mostTogether);
      desk.posts.push(...sms.map(({ message }) => message));
      await commit(`${id}:${desk.posts.length}`);
    },
    async mark(read, commit) {
      const message = await read();
      if (message === undefined) return commit({ shown: "" });
      await desk.before("mark", message);
      desk.marks.push({ id: message.id, state: message.state, at: clock.now() });
      const againAt = desk.againAfterMs === undefined ? {} : { againAt: message.at + desk.againAfterMs };
      await commit({ shown: markKey(message), ...againAt });
    },
    async card(read, commit) {
      const conversation = await read();
      if (conversation === undefined) return;
      await desk.before("card", conversation);
      desk.cards.push(conversation);
      await commit(cardKey(conversation));
    },
    async hideCodes(task) {
      const [first] = task.sms;
      if (first) await desk.before("codes", first.message);
      desk.hidden.push(task.sms.map(({ message }) => message.text));
    },
    async bulk({ read, commit, report }) {
      const progress = await read();
      if (progress === undefined) return;
      const outcomes: (BulkOutcome | RefusedRow)[] = [];
      if (isOver(progress.run)) for await (const one of report()) outcomes.push(one);
      desk.bulks.push({ ...progress, outcomes });
      await commit(bulkKey(progress));
    },
    async remind(read, commit) {
      const reminders = await read();
      desk.reminders.push(...reminders);
      await commit(reminders);
    },
    echo: ({ commit }) => commit(),
    erase: (_wanted, commit) => commit("gone"),
    notify: async (notice) => void desk.notices.push(notice),
  };
  return desk;
}

export const away = () => {
  throw new DeskError("unreachable", "away");
};
export const refused = () => {
  throw new DeskError("refused", "this will not become better");
};
export const fails =
  (code: ProviderError["code"], certain = true) =>
  () => {
    throw new ProviderError(code, "told to fail", { certain });
  };

/** Core, whole, on a memory store, with panels and desks on paper and a clock that the test moves. */
export async function openWorld(
  options: {
    store?: Store;
    clock?: FakeClock;
    desks?: string[];
    fallback?: string[];
    /** Capabilities of the first panel beside sending and reports. */
    first?: Partial<SmsProvider>;
    templates?: Record<string, Record<string, unknown>>;
    keepMs?: number;
    random?: () => number;
    confirmations?: { out: string; back: string };
    followUp?: FollowUpRules;
    /** Read whenever core asks for them. */
    digestTimes?: () => DigestTimes | undefined;
    /** Of every desk. */
    opening?: Pick<DeskRules, "hours" | "away">;
    /** Of the first line. */
    quiet?: Hours;
    rules?: Partial<DeskRules>;
  } = {},
) {
  const clock = options.clock ?? createFakeClock(noon);
  const store = options.store ?? (await openStore("memory:", { clock, log: silentLog }));
  const [first, second] = [Object.assign(createPanel("first", clock), options.first), createPanel("second", clock)];
  const desks = (options.desks ?? ["support", "oncall"]).map((id) => createDesk(id, clock));
  const quiet = options.quiet ? { quiet: options.quiet } : {};
  const registry = createRegistry({
    providers: [first, second],
    desks: desks.map((desk) => ({
      desk,
      rules: {
        line: "30001",
        giveUpMs: 3_600_000,
        collisionMs: 60_000,
        undoMs: 0,
        maxParts: 6,
        ...options.opening,
        ...(options.confirmations ? { confirmations: options.confirmations } : {}),
        ...(options.followUp ? { followUp: options.followUp } : {}),
        get digestTimes() {
          return options.digestTimes?.();
        },
        ...options.rules,
      },
    })),
    lines: new Map([
      ["30001", { provider: "first", desk: desks[0]?.id ?? "", fallback: options.fallback ?? [], ...quiet }],
      ["30002", { provider: "second", desk: desks[0]?.id ?? "", fallback: [] }],
      ["50001", { provider: "first", desk: desks.at(-1)?.id ?? "", fallback: [] }],
    ]),
    deskOfProvider: new Map([["first", desks[0]?.id ?? ""]]),
    templates: new Map(
      Object.entries(options.templates ?? {}).map(([name, forms]) => [name, new Map(Object.entries(forms))]),
    ),
  });
  const events = createEvents((error) => {
    throw error;
  });
  const { keepMs = 365 * 86_400_000, random = () => 1 } = options;
  const bridge = await openBridge({ store, registry, clock, events, log: silentLog, random, keepMs });
  const records = await openRecords(store);

  /** Lets everything that can happen without time passing happen. */
  async function settle(): Promise<void> {
    for (let turn = 0; turn < 30; turn++) await new Promise((resolve) => setImmediate(resolve));
  }
  /** Moves time on in steps in which everything may happen. */
  async function pass(ms: number, stepMs = 500): Promise<void> {
    for (let left = ms; left > 0; left -= stepMs) {
      clock.pass(Math.min(stepMs, left));
      await settle();
    }
  }
  let written = 0;
  const peer = (n: number) => `0912000${String(n).padStart(4, "0")}`;
  return {
    clock,
    store,
    records,
    registry,
    events,
    bridge,
    first,
    second,
    desks,
    support: desks[0] ?? createDesk("none", clock),
    oncall: desks.at(-1) ?? createDesk("none", clock),
    settle,
    pass,
    async start() {
      await bridge.start();
      bridge.open();
      await settle();
    },
    async receive(text: string, options: { from?: number; line?: string; at?: number } = {}) {
      const { from = 0, line = "30001", at = clock.now() } = options;
      const sms = { line, peer: peer(from), text, time: { written: `${at} ${text}`, at } };
      await bridge.inbound.accept("first", [sms]);
      await settle();
    },
    async answer(text: string, to = 0): Promise<string> {
      const id = `m${++written}`;
      const thread = `${desks[0]?.id}/+98${peer(to).slice(1)}`;
      await bridge.outbound.accept({ id, thread, text, origin: `chat:${written}` });
      await settle();
      return id;
    },
    find: async (id: string) => (await bridge.outbound.find(id)) ?? undefined,
    stop: () => bridge.stop(0),
  };
}

export const sara: Parameters<Bridge["outbound"]["cancel"]>[2] = { id: "5", name: "سارا" };

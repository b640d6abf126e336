import { slices } from "../../support/slices.ts";
import type { OptOuts } from "../automatic/opt-outs.ts";
import type { Conversations } from "../conversations/book.ts";
import type { BulkReceiver, BulkRun, RefusedRow } from "../model/bulk.ts";
import { fillText, textFor } from "../model/bulk-text.ts";
import type { DeskId, MessageId, ProviderId } from "../model/ids.ts";
import type { Operator } from "../model/message.ts";
import type { Line, Peer } from "../model/phone.ts";
import { countSegments } from "../model/text.ts";
import { threadOf } from "../model/thread.ts";
import type { Clock } from "../ports/clock.ts";
import type { Registry } from "../registry.ts";
import { type BulkRecords, pageSize } from "./records.ts";

const planHoldsMs = 24 * 60 * 60_000;
/** No run lasts so long: what a crash leaves of a list that nobody was shown goes then. */
const pagesHoldMs = 30 * 24 * 60 * 60_000;
const samplesAtMost = 3;

/** What somebody wants to have sent, as it was read from a list. */
export interface BulkOrder {
  readonly id: MessageId;
  readonly desk: DeskId;
  readonly by: Operator;
  /** Clean, with its fields. */
  readonly text: string;
  readonly rows: readonly BulkRow[];
}

export interface BulkRow {
  /** Where it stands in the file, from 1. */
  readonly row: number;
  /** The number as it is written there. */
  readonly written: string;
  /** Absent: that is no telephone number, or the row cannot be read. */
  readonly peer?: Peer;
  /** What the text's fields hold, in the order of `namesIn`. */
  readonly values: readonly string[];
}

/** What a person is to see before anything is sent. */
export interface BulkPlan {
  /** Absent: there is nobody to send to. */
  readonly run?: BulkRun;
  /** The panel that is to send it. */
  readonly provider?: ProviderId;
  /** The first receivers, with what they get. */
  readonly samples: readonly { readonly peer: Peer; readonly text: string }[];
  /** Of all SMS together. */
  readonly parts: number;
  /** Of the longest SMS. */
  readonly mostParts: number;
  readonly refused: readonly RefusedRow[];
  /** The line is quiet at this hour: what is sent now leaves after that. */
  readonly isQuiet?: boolean;
}

/** Decides who gets what and writes it down, so that what is sent later is what was shown. Sends nothing. */
export function createBulkPlanner(deps: {
  readonly records: BulkRecords;
  readonly registry: Registry;
  readonly optOuts: Pick<OptOuts, "isOut">;
  readonly conversations: Pick<Conversations, "find">;
  readonly clock: Clock;
  readonly keepMs: number;
}): (order: BulkOrder) => Promise<BulkPlan> {
  const { records, registry, optOuts, conversations, clock, keepMs } = deps;

  async function refusalOf(line: Line, desk: DeskId, peer: Peer): Promise<RefusedRow["why"] | undefined> {
    if (await optOuts.isOut(line, peer)) return "opted-out";
    return (await conversations.find(threadOf(desk, peer)))?.blockedAt === undefined ? undefined : "blocked";
  }

  async function sift({ desk, text, rows }: BulkOrder, line: Line) {
    const receivers: BulkReceiver[] = [];
    const refused: RefusedRow[] = [];
    const named = new Set<Peer>();
    for (const page of slices(rows, pageSize)) {
      const refusals = await Promise.all(page.map(({ peer }) => peer && refusalOf(line, desk, peer)));
      for (const [place, { row, written, peer, values }] of page.entries()) {
        const refuse = (why: RefusedRow["why"], field?: string) =>
          refused.push({ row, written, why, ...(field === undefined ? {} : { field }) });
        const filled = fillText(text, values);
        const refusal = refusals[place];
        if (peer === undefined || registry.findLine(peer)) refuse("bad-number");
        else if (named.has(peer)) refuse("duplicate");
        else if (filled.kind === "missing") refuse("empty-field", filled.fields[0]);
        else if (refusal) refuse(refusal);
        else receivers.push({ peer, values });
        // Whoever is refused for a field that is empty may stand in the list once more, whole.
        if (peer !== undefined && filled.kind === "filled") named.add(peer);
      }
    }
    return { receivers, refused };
  }

  return async (order) => {
    const { id, desk, by, text } = order;
    const line = registry.findRules(desk)?.line;
    if (line === undefined) throw new Error(`no desk ${desk}`);
    const { receivers, refused } = await sift(order, line);
    const lengths = receivers.map(({ values }) => countSegments(textFor(text, values)).parts);
    const provider = registry.providerOfLine(line)?.id;
    const facts = {
      ...(provider === undefined ? {} : { provider }),
      samples: receivers.slice(0, samplesAtMost).map(({ peer, values }) => ({ peer, text: textFor(text, values) })),
      parts: lengths.reduce((sum, parts) => sum + parts, 0),
      mostParts: lengths.reduce((most, parts) => Math.max(most, parts), 0),
      refused,
      isQuiet: registry.quietUntil(line, clock.now()) !== undefined,
    };
    if (receivers.length === 0) return facts;
    // A plan that is there already may be running: its pages stay as they are.
    const known = await records.runs.get(id);
    if (known) return { ...facts, run: known };
    const at = clock.now();
    const total = receivers.length;
    const plan = { id, desk, line, text, by, at, state: "planned", total, next: 0, due: at + planHoldsMs } as const;
    await records.writePages(id, receivers, { expiresAt: at + pagesHoldMs });
    await records.writeRefused(id, refused, { expiresAt: at + pagesHoldMs });
    await records.runs.create(id, plan, { expiresAt: at + Math.max(keepMs, pagesHoldMs) });
    return { ...facts, run: (await records.runs.get(id)) ?? plan };
  };
}

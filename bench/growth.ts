import { type BridgeFolder, createFolder } from "./bridge-config.ts";
import { type Delays, type Measured, measureDelays, noDelays, withMeasured } from "./delays.ts";
import { grow, topicOf } from "./grow.ts";
import { startBridge, withSides } from "./processes.ts";

export interface StoreFigures {
  readonly delays: Delays;
  readonly startMs: number[];
  /** Resident memory at its highest, in megabytes. */
  readonly peakMb: number[];
}

export interface GrowthFigures {
  readonly empty: StoreFigures;
  readonly grown: StoreFigures;
  readonly growSeconds: number;
}

export interface GrowthOptions {
  readonly chat: number;
  readonly rounds: number;
  readonly samples: number;
  readonly messages: number;
  readonly threads: number;
}

/** From one customer to the next, so that nothing of one warms the place of the other. */
const stride = 7919;
const startsARound = 4;

/** A store under measurement. */
interface Aged {
  readonly folder: BridgeFolder;
  readonly customers: number;
  readonly figures: StoreFigures;
}

/**
 * A store with a past next to one without, by turns. The customers of the empty one have their topics, else it would make them
 * while the other does not; every SMS is of another customer.
 */
export async function measureGrowth(options: GrowthOptions): Promise<GrowthFigures> {
  const { chat, threads, messages, rounds, samples } = options;
  const empty = await storeOf(samples + 100);
  const grown = await storeOf(threads);
  const both = [empty, grown] as const;
  try {
    const startedAt = performance.now();
    await grow({ file: empty.folder.store, chat, threads: empty.customers, messages: 0 });
    await grow({ file: grown.folder.store, chat, threads, messages });
    const growSeconds = (performance.now() - startedAt) / 1000;
    // Once more than is counted: the first start reads what the system has not in memory yet.
    for (const store of both) await timeStart(store, chat);
    for (let round = 0; round < rounds; round++) {
      for (let start = 0; start < startsARound; start++) {
        for (const store of both) store.figures.startMs.push(await timeStart(store, chat));
      }
      await measureRound(both, options);
    }
    return { empty: empty.figures, grown: grown.figures, growSeconds };
  } finally {
    for (const { folder } of both) await folder.remove();
  }
}

async function storeOf(customers: number): Promise<Aged> {
  return { folder: await createFolder(), customers, figures: { delays: noDelays(), startMs: [], peakMb: [] } };
}

function timeStart({ folder }: Aged, chat: number): Promise<number> {
  return withSides(chat, async ({ sides }) => {
    const subject = await startBridge(sides, { folder });
    await subject.stop();
    return subject.startMs;
  });
}

function measureRound([empty, grown]: readonly [Aged, Aged], options: GrowthOptions): Promise<void> {
  return withBridge(empty, options.chat, (one) =>
    withBridge(grown, options.chat, async (other) => {
      await measureDelays([one, other], options);
      empty.figures.peakMb.push(await one.subject.peakMb());
      grown.figures.peakMb.push(await other.subject.peakMb());
    }),
  );
}

function withBridge(aged: Aged, chat: number, work: (measured: Measured) => Promise<void>): Promise<void> {
  const customer = (n: number) => (n * stride) % aged.customers;
  const facts = { customer, topic: (n: number) => topicOf(customer(n)), delays: aged.figures.delays };
  return withMeasured(chat, (sides) => startBridge(sides, { folder: aged.folder }), facts, work);
}

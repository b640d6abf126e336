/**
 * Makes a store of a business that has been at it for years: `tsx bench/grow.ts FILE [threads] [messages]`, by default 100,000
 * threads and 1,000,000 messages, all of them finished. Written through the store's own collections, so that it stays true to
 * the format.
 */
import { pathToFileURL } from "node:url";
import { threadOf } from "../src/core/model/thread.ts";
import { openRecords } from "../src/core/records.ts";
import { openStore } from "../src/store/open.ts";
import { createSystemClock } from "../src/support/system-clock.ts";
import { openTopics, topicKey } from "../src/telegram/topics.ts";
import { desk } from "./bridge-config.ts";
import { createHistory } from "./history.ts";

export interface Growth {
  readonly file: string;
  readonly chat: number;
  readonly threads: number;
  /** All together, in equal shares. */
  readonly messages: number;
}

/** What is asked of the store at once: enough for full groups, and no more memory than needed. */
const inFlight = 4000;
/** The topic of the n-th customer. */
export const topicOf = (n: number): number => 10_000_000 + n;

const quiet = { debug() {}, info() {}, warn() {}, error: console.error, child: () => quiet };

export async function grow({ file, chat, threads, messages }: Growth): Promise<void> {
  const clock = createSystemClock();
  const store = await openStore(`sqlite://${file}`, { clock, log: quiet });
  const records = await openRecords(store);
  const topics = await openTopics(store);
  const history = createHistory({ chat, threads, messages, now: clock.now() });

  await inGroups(threads, (n) => {
    const thread = threadOf(desk, history.customer(n));
    const topic = { thread, chat: String(chat), topicId: String(topicOf(n)), at: history.since, card: history.since };
    return topics.create(topicKey(topic.chat, topic.topicId), topic);
  });
  await inGroups(messages, (n) => {
    const message = history.message(n);
    return message.way === "in"
      ? records.inbound.create(message.record.id, message.record)
      : records.outbound.create(message.record.id, message.record);
  });
  await store.close();
}

async function inGroups(count: number, write: (n: number) => Promise<unknown>): Promise<void> {
  for (let from = 0; from < count; from += inFlight) {
    const size = Math.min(inFlight, count - from);
    await Promise.all(Array.from({ length: size }, (_, n) => write(from + n)));
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const [file = "grown.sqlite", threads = "100000", messages = "1000000"] = process.argv.slice(2);
  const startedAt = performance.now();
  await grow({ file, chat: -1001234567890, threads: Number(threads), messages: Number(messages) });
  console.log(
    `${file}: ${messages} messages of ${threads} threads in ${Math.round((performance.now() - startedAt) / 1000)} s`,
  );
}

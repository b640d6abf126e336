/**
 * Makes a store of a business that has been at it for a year: `tsx bench/grow.ts FILE [threads] [messages]`, by default 100,000
 * threads and 1,000,000 messages, all of them finished. Written through the store's own collections, so that it stays true to
 * the format.
 */
import { pathToFileURL } from "node:url";
import { threadOf } from "../src/core/model/thread.ts";
import { openRecords } from "../src/core/records.ts";
import { openStore } from "../src/store/open.ts";
import { createSystemClock } from "../src/support/system-clock.ts";
import { openTopics, topicKey } from "../src/telegram/topics/topic-record.ts";
import { desk } from "./bridge-config.ts";
import { createHistory, customerOf } from "./history.ts";
import { quiet } from "./quiet.ts";

export interface Growth {
  readonly file: string;
  readonly chat: number;
  readonly threads: number;
  /** All together; the threads take turns. */
  readonly messages: number;
}

export interface TopicsGiven {
  readonly file: string;
  readonly chat: number;
  readonly threads: number;
  topic(n: number): number;
}

/** What is asked of the store at once: enough for full groups, and no more memory than needed. */
const inFlight = 4000;
const clock = createSystemClock();

/** The topic of the n-th customer. */
export const topicOf = (n: number): number => 10_000_000 + n;

export async function grow({ file, chat, threads, messages }: Growth): Promise<void> {
  await giveTopics({ file, chat, threads, topic: topicOf });
  const store = await openStore(`sqlite://${file}`, { clock, log: quiet });
  const records = await openRecords(store);
  const history = createHistory({ chat, threads, messages, now: clock.now() });
  await inGroups(messages, (n) => {
    const { way, record } = history.message(n);
    return way === "in" ? records.inbound.create(record.id, record) : records.outbound.create(record.id, record);
  });
  await store.close();
}

/** The customers have their topics, with a card in each. */
export async function giveTopics({ file, chat, threads, topic }: TopicsGiven): Promise<void> {
  const store = await openStore(`sqlite://${file}`, { clock, log: quiet });
  const topics = await openTopics(store);
  const at = clock.now();
  await inGroups(threads, (n) => {
    const record = {
      thread: threadOf(desk, customerOf(n)),
      chat: String(chat),
      topicId: String(topic(n)),
      at,
      card: at,
    };
    return topics.create(topicKey(record.chat, record.topicId), record);
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
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  console.log(`${file}: ${messages} messages of ${threads} threads in ${seconds} s`);
}

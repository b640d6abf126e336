import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { desk } from "../../bench/bridge-config.ts";
import { grow, topicOf } from "../../bench/grow.ts";
import { customerOf } from "../../bench/history.ts";
import { quiet } from "../../bench/quiet.ts";
import { markKey } from "../../src/core/model/mark.ts";
import { threadOf } from "../../src/core/model/thread.ts";
import { openRecords } from "../../src/core/records.ts";
import { openStore } from "../../src/store/open.ts";
import { openTopics, topicKey } from "../../src/telegram/topics/topic-record.ts";
import { createFakeClock } from "../support/fake-clock.ts";

const chat = -1001234567890;

test("a grown store holds what the bridge would have left there, and nothing unfinished", async () => {
  const folder = await mkdtemp(join(tmpdir(), "chapar-grow-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, "grown.sqlite");
  await grow({ file, chat, threads: 20, messages: 120 });

  const store = await openStore(`sqlite://${file}`, { clock: createFakeClock(), log: quiet });
  onTestFinished(() => store.close());
  const { inbound, outbound } = await openRecords(store);
  const topics = await openTopics(store);
  const all = { limit: 1000 };
  const came = await inbound.range("seq", all);
  const left = await outbound.range("order", all);

  expect([came.length, left.length]).toEqual([80, 40]);
  for (const [records, index] of [
    [inbound, "postDue"],
    [outbound, "due"],
    [outbound, "reportDue"],
    [outbound, "markDue"],
  ] as const) {
    expect(await records.range(index, all)).toEqual([]);
  }
  for (const message of left) {
    expect(message.state).toBe("delivered");
    expect(message.shown).toBe(markKey(message));
  }
  for (const n of [0, 7, 19]) {
    const thread = threadOf(desk, customerOf(n));
    expect(await topics.get(topicKey(String(chat), String(topicOf(n))))).toMatchObject({ thread });
    expect(await inbound.range("thread", { equal: [thread], ...all })).toHaveLength(4);
    expect(await outbound.range("thread", { equal: [thread], ...all })).toHaveLength(2);
  }
});

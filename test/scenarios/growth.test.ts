import { stat } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openUnreadable } from "../../src/core/inbound/unreadable.ts";
import { createRetention } from "../../src/core/keeping/retention.ts";
import { hashKey } from "../../src/core/model/ids.ts";
import type { Inbound, Outbound } from "../../src/core/model/message.ts";
import { openTold } from "../../src/core/notices/told.ts";
import { openRecords } from "../../src/core/records.ts";
import { openRaw } from "../../src/store/connection.ts";
import { openStore } from "../../src/store/open.ts";
import { openBotMemory } from "../../src/telegram/memory.ts";
import { openParts } from "../../src/telegram/posts/parts.ts";
import { silentLog } from "../core/bridge-parts.ts";
import { noon, outbound } from "../core/messages.ts";
import { makeFolder } from "../store/folder.ts";
import { createFakeClock } from "../support/fake-clock.ts";

const dayMs = 86_400_000;
const keepMs = 5 * dayMs;
const perDay = { inbound: 200, outbound: 100 };
const text = "سلام، سفارش من کی به دستم می‌رسد؟ ".repeat(3);

/** A store on a clock of the test's own, and what a day at a busy desk leaves in it. */
async function openDesk() {
  const file = join(await makeFolder(), "chapar.sqlite");
  const clock = createFakeClock(noon);
  const store = await openStore(`sqlite://${file}`, { clock, log: silentLog });
  onTestFinished(() => store.close());
  const records = await openRecords(store);
  const memory = await openBotMemory({ store, clock });
  const parts = await openParts({ store, clock, keepMs });
  const keepUnreadable = await openUnreadable({
    store,
    clock,
    told: await openTold({ store, clock }),
    tell: () => undefined,
  });
  const sweepMessages = createRetention({ records, clock, keepMs });

  async function day(n: number): Promise<void> {
    const at = clock.now();
    const customers = (k: number) => `+98912${String(k % 50).padStart(7, "0")}`;
    const received = Array.from({ length: perDay.inbound }, (_, k): Inbound => {
      const peer = customers(k);
      const facts = { desk: "support", thread: `support/${peer}`, provider: "asanak", line: "+982164063188", peer };
      const post = `-100123:${1000 * n + k}`;
      return {
        id: hashKey("in", `${n}/${k}`),
        ...facts,
        text,
        at,
        panelTime: at,
        seq: at * 1000 + k,
        repeats: 0,
        post,
      };
    });
    const sent = Array.from({ length: perDay.outbound }, (_, k): Outbound => {
      const { due: _due, ...waiting } = outbound({ at, peer: customers(k), thread: `support/${customers(k)}`, text });
      const receipts = [{ attempt: 1, provider: "asanak", at, ids: [`${n}-${k}`] }];
      const origin = `-100123:${1000 * n + k}`;
      const over = { state: "delivered", attempt: 1, order: at * 1000 + k, receipts, origin } as const;
      return { ...waiting, ...over, id: hashKey("out", origin), reports: { [`${n}-${k}`]: "delivered" } };
    });
    await Promise.all([
      ...received.map((message) => records.inbound.create(message.id, message)),
      ...sent.map((message) => records.outbound.create(message.id, message)),
      ...received.slice(0, 20).map(({ post = "" }) => parts.remember([`${post}1`, `${post}2`], post)),
      ...sent.map(({ id }) => memory.keepEdit(id, text)),
      ...sent.map(({ id }) => memory.isFirst(`hint/${id}`, 600_000)),
      keepUnreadable("asanak", "call", [`unreadable of day ${n} ${"x".repeat(2000)}`]),
    ]);
    clock.pass(dayMs);
    await sweepMessages();
    await store.sweep();
  }

  return { file, day };
}

async function usedBytes(file: string): Promise<number> {
  const connection = await openRaw(file, { table: "chapar_probe", busyMs: 5000 });
  const [pages] = await connection.query(
    "SELECT page_count * page_size AS bytes FROM pragma_page_count, pragma_page_size",
  );
  await connection.close();
  return Number(pages?.bytes);
}

test("in sixty days of steady traffic the file stops growing, but for a key of each SMS that came in", async () => {
  const { file, day } = await openDesk();
  for (let n = 0; n < 20; n++) await day(n);
  const early = await usedBytes(file);
  for (let n = 20; n < 60; n++) await day(n);
  const late = await usedBytes(file);
  const perKey = (late - early) / (40 * perDay.inbound);
  // A key and a hash of 24 letters each, once in the table and the key once more in its index.
  expect(perKey).toBeLessThan(200);
  expect(late).toBeLessThan(60 * (perDay.inbound + perDay.outbound) * 250);
  expect((await stat(`${file}-wal`)).size).toBeLessThan(12_000_000);
}, 120_000);

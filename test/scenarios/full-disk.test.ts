import { setTimeout as pause } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { openRaw } from "../../src/store/connection.ts";
import { openKeyvStore } from "../../src/store/keyv.ts";
import type { openStore } from "../../src/store/open.ts";
import { parseStoreUri } from "../../src/store/uri.ts";
import { startBridge } from "./start-bridge.ts";

/** A disk with a file on it that takes nearly all of it; SQLite itself refuses to grow beyond it. */
async function smallDisk() {
  let file = "";
  const junk = (sql: string) => withFile(file, sql);
  const open: typeof openStore = async (uri, deps) => {
    const place = parseStoreUri(uri, deps.baseDir);
    if (place.kind === "memory") throw new TypeError("a disk is wanted");
    file = place.file;
    const store = await openKeyvStore(file, deps, { pragmas: { max_page_count: 900 } });
    await junk("CREATE TABLE IF NOT EXISTS junk(value)");
    await junk("INSERT INTO junk SELECT zeroblob(4000) FROM generate(700)");
    return store;
  };
  return { open, free: () => junk("DROP TABLE junk") };
}

async function withFile(file: string, sql: string): Promise<void> {
  const connection = await openRaw(file, { table: "chapar_probe", busyMs: 5000 });
  try {
    const rows = /generate\((\d+)\)/.exec(sql)?.[1];
    const numbers = `(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${rows}) SELECT i FROM n)`;
    await connection.query(sql.replace(/generate\(\d+\)/, numbers));
  } finally {
    await connection.close();
  }
}

test("a disk that is full: nothing is taken that is not kept, nothing leaves twice, and all of it goes on when there is space", async () => {
  const disk = await smallDisk();
  const bridge = await startBridge({ parts: { openStore: disk.open } });
  const { phone, desk, asanak, telegram, problems, app } = bridge;
  // What has happened outside waits for the store, also when the bridge stops.
  onTestFinished(() => disk.free().catch(() => undefined));
  const customer = phone("09120000000");
  await customer.sends("سلام");
  const topic = await desk.topicOf("09120000000");
  await topic.shows("سلام");

  const push = (n: number) => {
    const time = `2026-11-22 12:${String(Math.floor(n / 60)).padStart(2, "0")}:${String(n % 60).padStart(2, "0")}`;
    return asanak.push({ from: customer.number, to: "982164063188", text: `شماره ${n} ${"x".repeat(2000)}`, time });
  };
  const answers = [topic.operatorSays("پیش از پر شدن")];
  const kept = new Set<number>();
  const refused = new Set<number>();
  for (let n = 0; refused.size < 5 && n < 600; n++) {
    const { status } = await push(n);
    expect([200, 503]).toContain(status);
    (status === 200 ? kept : refused).add(n);
    if (n % 10 === 0) answers.push(topic.operatorSays(`جواب ${n}`));
  }
  expect(kept.size).toBeGreaterThan(5);
  expect(refused.size).toBe(5);
  // Small records may still find a place; in the end nothing does.
  for (let n = 0; telegram.pendingUpdates() === 0 && n < 400; n++) {
    answers.push(topic.operatorSays(`در دیسک پر ${n}`));
    await pause(30);
  }
  expect(telegram.pendingUpdates()).toBeGreaterThan(0);
  await pause(2000);
  const sentWhileFull = bridge.sentTo(customer);
  expect(new Set(sentWhileFull).size).toBe(sentWhileFull.length);
  expect(problems.join()).toMatch(/pushed sms not stored/);
  const readiness = async () => (await fetch(`${app.url}/readyz`)).status;
  await expect.poll(readiness, { timeout: 10_000 }).toBe(503);

  await disk.free();
  for (const n of refused) expect((await push(n)).status).toBe(200);
  for (const n of kept) expect((await push(n)).status).toBe(200);
  const last = topic.operatorSays("پس از پر شدن");
  await last.isMarked("✓✓");
  await telegram.waitFor(
    () => answers.every(({ marks }) => marks().some(({ text }) => text.startsWith("✓✓"))),
    60_000,
    "every answer delivered",
  );
  const texts = answers.map(({ message }) => message.text);
  expect(bridge.sentTo(customer)).toEqual([...texts, "پس از پر شدن"]);
  const shown = () =>
    topic.texts().flatMap((text) => [...text.matchAll(/شماره (\d+) /g)].map((found) => Number(found[1])));
  await telegram.waitFor(() => shown().length >= kept.size + refused.size, 60_000, "every SMS shown");
  expect(shown().toSorted((a, b) => a - b)).toEqual([...kept, ...refused].toSorted((a, b) => a - b));
  // Those who ask within a second share one look.
  await expect.poll(readiness, { timeout: 10_000 }).toBe(200);
}, 120_000);

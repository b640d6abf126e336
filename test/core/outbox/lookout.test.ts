import { expect, onTestFinished, test } from "vitest";
import type { Outbound } from "../../../src/core/model/message.ts";
import { createLookout } from "../../../src/core/outbox/lookout.ts";
import { openRecords } from "../../../src/core/records.ts";
import { openSequence } from "../../../src/core/sequence.ts";
import { openStore } from "../../../src/store/open.ts";
import { createFakeClock } from "../../support/fake-clock.ts";
import { silentLog } from "../bridge-parts.ts";
import { noon, outbound } from "../messages.ts";

async function world() {
  const clock = createFakeClock(noon);
  const store = await openStore("memory:", { clock, log: silentLog });
  onTestFinished(() => store.close());
  const records = await openRecords(store);
  const reads: string[] = [];
  const range = records.outbound.range.bind(records.outbound);
  Object.assign(records.outbound, {
    range(...[index, query]: Parameters<typeof range>) {
      reads.push(index);
      return range(index, query);
    },
  });
  const found: string[] = [];
  const sequence = await openSequence(records, clock);
  const lookout = createLookout({
    records,
    sequence,
    clock,
    log: silentLog,
    found: (messages) => void found.push(...messages.map(({ id }) => id)),
  });
  async function pass(ms: number) {
    for (let left = ms; left > 0; left -= 500) {
      clock.pass(Math.min(500, left));
      lookout.glance();
      for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
    }
  }
  const put = (id: string, order: number, changes: Partial<Outbound> = {}) =>
    records.outbound.put(id, outbound({ id, order, ...changes }));
  const takeFound = () => found.splice(0);
  const takeReads = () => reads.splice(0);
  return { clock, sequence, lookout, pass, put, takeFound, takeReads };
}

test("what another process commits is found at the next look, and for a while what it commits out of order", async () => {
  const { lookout, sequence, pass, put, takeFound } = await world();
  lookout.start();
  await put("new", sequence.next());
  const late = sequence.next();
  await put("newer", sequence.next());
  await pass(500);
  expect(takeFound()).toEqual(["new", "newer"]);
  await put("late", late);
  await pass(500);
  expect(takeFound()).toContain("late");
});

test("what was found is not read again and again, be it thousands", async () => {
  const { lookout, sequence, pass, put, takeFound } = await world();
  lookout.start();
  for (let n = 0; n < 1500; n++) await put(`b${n}`, sequence.next());
  await pass(500);
  expect(new Set(takeFound()).size).toBe(1500);
  await pass(2500);
  takeFound();
  await pass(20_000);
  expect(takeFound()).toEqual([]);
});

test("what was committed long after its place in the order is found by a full look, now and then", async () => {
  const { lookout, sequence, pass, put, takeFound, takeReads } = await world();
  const early = sequence.next();
  await put("known", sequence.next());
  lookout.start();
  await pass(15_000);
  await put("forgotten", early);
  await pass(5000);
  expect(takeFound()).toEqual([]);
  await pass(12_000);
  expect(takeFound()).toContain("forgotten");
  expect(takeReads().filter((index) => index === "due")).toHaveLength(1);
});

test("a full look reaches beyond thousands that are due at one moment", async () => {
  const { lookout, sequence, pass, put, takeFound } = await world();
  sequence.next();
  lookout.start();
  const orders = Array.from({ length: 2300 }, () => sequence.next());
  await pass(5000);
  for (const [n, order] of orders.entries())
    await put(`b${n}`, order - 1_000_000_000, { due: n < 2000 ? noon : noon + n });
  await pass(40_000);
  expect(new Set(takeFound()).size).toBe(2300);
});

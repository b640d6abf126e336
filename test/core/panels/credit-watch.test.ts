import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { DeskError, type Notice } from "../../../src/core/ports/desk.ts";
import { ProviderError } from "../../../src/core/ports/provider-error.ts";
import type { CreditReading } from "../../../src/core/ports/sms-provider.ts";
import type { Store } from "../../../src/core/ports/store.ts";
import { openStore } from "../../../src/store/open.ts";
import { makeFolder } from "../../store/folder.ts";
import { createFakeClock, type FakeClock } from "../../support/fake-clock.ts";
import { silentLog } from "../bridge-parts.ts";
import { noon } from "../messages.ts";
import { openWorld } from "../open-world.ts";

const hour = 3_600_000;

interface Panel {
  amount: number;
  perHour: number;
  reads: number;
  refuses: boolean;
  /** Where it tells its credit in money, too. */
  rial?: () => number;
}

/** A panel whose credit a test spends, on a SQLite file. */
async function openSpending(kept?: { file: string; clock: FakeClock; amount: number }) {
  const clock = kept?.clock ?? createFakeClock(noon);
  const file = kept?.file ?? join(await makeFolder(), "chapar.sqlite");
  const store: Store = await openStore(`sqlite://${file}`, { clock, log: silentLog });
  const panel: Panel = { amount: kept?.amount ?? 1000, perHour: 10, reads: 0, refuses: false };
  const credit: CreditReading = {
    async read() {
      panel.reads += 1;
      if (panel.refuses) throw new ProviderError("bad-credentials", "told to refuse", { certain: true });
      const { amount, rial } = panel;
      return [{ unit: "messages", amount }, ...(rial === undefined ? [] : [{ unit: "rial" as const, amount: rial() }])];
    },
  };
  const world = await openWorld({ store, clock, first: { credit } });
  await world.start();
  const close = async () => {
    await world.stop();
    await store.close();
  };
  onTestFinished(close);
  return {
    ...world,
    panel,
    /** Each with one reading of the credit. */
    async hours(count: number) {
      for (let n = 0; n < count; n++) {
        const before = panel.reads;
        clock.pass(hour);
        // The watch may set its alarm for this hour only after it has passed.
        const reads = () => {
          clock.pass(1);
          return panel.reads;
        };
        await expect.poll(reads, { timeout: 20_000, interval: 1 }).toBe(before + 1);
        await expect.poll(() => isAtRest(store, panel), { timeout: 20_000, interval: 1 }).toBe(true);
        panel.amount -= panel.perHour;
      }
    },
    told: () => world.support.notices.filter(({ kind }) => kind === "low-credit").map(daysOf),
    kinds: () => world.support.notices.map(({ kind }) => kind),
    async restart() {
      await close();
      return openSpending({ file, clock, amount: panel.amount });
    },
  };
}

async function isAtRest(store: Store, panel: { amount: number; refuses: boolean }): Promise<boolean> {
  const courses = await store.collection<Course>({
    name: "credits",
    indexes: { at: ["at"] },
    parse: (value) => value as Course,
  });
  const course = await courses.get("first/messages");
  return panel.refuses || course?.samples.at(-1)?.amount === panel.amount;
}

interface Course {
  readonly at: number;
  readonly samples: readonly { readonly amount: number }[];
}

function daysOf(notice: Notice): number {
  return notice.kind === "low-credit" ? Math.ceil(notice.credit.daysLeft ?? -1) : -1;
}

test("before a day has passed only the credit is known; after it, how long it lasts", async () => {
  const { bridge, hours } = await openSpending();
  await hours(23);
  expect(await bridge.creditOf("support")).toEqual([
    { provider: "first", credits: [{ provider: "first", unit: "messages", amount: 770 }] },
  ]);
  await hours(2);
  const [first] = await bridge.creditOf("support");
  expect(first?.credits?.[0]).toMatchObject({ amount: 750, daysLeft: expect.closeTo(3, 2) });
}, 60_000);

test("each warning is told once, a restart forgets nothing and repeats nothing", async () => {
  const first = await openSpending();
  first.panel.amount = 700;
  await first.hours(30);
  await expect.poll(first.told).toEqual([2]);
  const second = await first.restart();
  await second.hours(10);
  expect(second.told()).toEqual([]);
  await second.hours(10);
  await expect.poll(second.told).toEqual([1]);
  second.panel.amount = 1000;
  await second.hours(1);
  const third = await second.restart();
  await third.hours(30);
  // It had risen to four days: that less than three are left is told again.
  await expect.poll(third.told).toEqual([3]);
}, 120_000);

test("a panel that tells its credit in SMS and in money is warned of once, by what ends first", async () => {
  const { hours, support, panel } = await openSpending();
  panel.rial = () => panel.amount * 300 - 30_000;
  await hours(28);
  const warned = () => support.notices.flatMap((notice) => (notice.kind === "low-credit" ? notice.credit.unit : []));
  await expect.poll(warned).toEqual(["rial"]);
}, 60_000);

test("a warning that no desk has shown is still to be given", async () => {
  const { hours, support, oncall, told } = await openSpending();
  const { notify } = support;
  support.notify = async () => {
    throw new DeskError("unreachable", "away");
  };
  oncall.notify = support.notify;
  await hours(30);
  expect(told()).toEqual([]);
  support.notify = notify;
  await hours(3);
  await expect.poll(told).toEqual([3]);
}, 60_000);

test("a panel that never told its credit is not said to be down because of it; one that did is, once, and that it is well again", async () => {
  const { hours, kinds, panel } = await openSpending();
  panel.refuses = true;
  await hours(3);
  expect(kinds()).toEqual([]);
  panel.refuses = false;
  await hours(1);
  panel.refuses = true;
  await hours(3);
  await expect.poll(kinds).toEqual(["provider-down"]);
  panel.refuses = false;
  await hours(2);
  await expect.poll(kinds).toEqual(["provider-down", "provider-up"]);
}, 60_000);

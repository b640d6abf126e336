import { expect, test } from "vitest";
import type { Told } from "../../../src/core/notices/notices.ts";
import { openTold } from "../../../src/core/notices/told.ts";
import { createHealth } from "../../../src/core/panels/health.ts";
import type { Notice } from "../../../src/core/ports/desk.ts";
import { type FailureCode, ProviderError } from "../../../src/core/ports/provider-error.ts";
import type { Store } from "../../../src/core/ports/store.ts";
import { openStore } from "../../../src/store/open.ts";
import { createFakeClock, type FakeClock } from "../../support/fake-clock.ts";
import { silentLog } from "../bridge-parts.ts";
import { noon } from "../messages.ts";

async function open(before?: { store: Store; clock: FakeClock }) {
  const clock = before?.clock ?? createFakeClock(noon);
  const store = before?.store ?? (await openStore("memory:", { clock, log: silentLog }));
  const memory = await openTold({ store, clock });
  const told: string[] = [];
  let ends: Told = "shown";
  const tell = async (_: string, notice: Notice): Promise<Told> => {
    told.push("code" in notice ? `down ${notice.code}` : notice.kind);
    return ends;
  };
  const health = createHealth({ clock, tell, memory, log: silentLog });
  const fails = (code: FailureCode, area?: Parameters<typeof health.failed>[2]) =>
    health.failed("panel", new ProviderError(code, "told to fail", { certain: true }), area);
  return {
    clock,
    told,
    fails,
    works: (area?: Parameters<typeof health.worked>[1]) => health.worked("panel", area),
    health,
    /** How telling ends from now on. */
    tellingEnds: (how: Told) => {
      ends = how;
    },
    restart: async () => {
      await settle();
      health.stop();
      return open({ store, clock });
    },
  };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

test("a passing fault is told when it lasts, and once; that it is over, once", async () => {
  const { clock, told, fails, works } = await open();
  for (let n = 0; n < 5; n++) {
    fails("unreachable");
    clock.pass(20_000);
  }
  works();
  works();
  expect(told).toEqual(["down unreachable", "provider-up"]);
});

test("a refusal of one text says nothing of the panel; an inbox that is refused is a fault", async () => {
  const { clock, told, fails, health } = await open();
  for (let n = 0; n < 5; n++) {
    fails("rejected");
    clock.pass(20_000);
  }
  expect([told, health.of("panel").isUp]).toEqual([[], true]);
  for (let n = 0; n < 5; n++) {
    fails("rejected", "inbox fetch 30001");
    clock.pass(20_000);
  }
  expect(told).toEqual(["down rejected"]);
});

test("one inbox that works does not hide another that does not", async () => {
  const { clock, told, fails, works, health } = await open();
  for (let n = 0; n < 10; n++) {
    fails("no-answer", "inbox fetch 30001");
    works("inbox fetch 30002");
    works();
    clock.pass(20_000);
  }
  expect(told).toEqual(["down no-answer"]);
  expect(health.of("panel")).toMatchObject({ isUp: false, failure: { code: "no-answer" } });
  works("inbox fetch 30001");
  expect(told).toEqual(["down no-answer", "provider-up"]);
});

test("two faults of the account are told once each, however they take turns", async () => {
  const { clock, told, fails } = await open();
  for (let n = 0; n < 10; n++) {
    fails("no-credit");
    fails("bad-credentials", "inbox fetch 30001");
    clock.pass(20_000);
  }
  expect(told).toEqual(["down no-credit", "down bad-credentials"]);
});

test("a fault that lasts over restarts is told once, and that it is over once, a minute after the start", async () => {
  const first = await open();
  first.fails("bad-credentials");
  first.clock.pass(1000);
  const second = await first.restart();
  second.fails("bad-credentials");
  second.clock.pass(600_000);
  second.fails("bad-credentials");
  const third = await second.restart();
  third.works();
  third.clock.pass(30_000);
  expect(third.told).toEqual([]);
  third.clock.pass(40_000);
  third.works();
  await settle();
  const fourth = await third.restart();
  fourth.works();
  fourth.clock.pass(120_000);
  fourth.works();
  expect([first, second, third, fourth].map(({ told }) => told)).toEqual([
    ["down bad-credentials"],
    [],
    ["provider-up"],
    [],
  ]);
});

test("after a restart what works does not speak for what still fails", async () => {
  const before = await open();
  before.fails("bad-credentials", "inbox fetch 30001");
  const after = await before.restart();
  after.works();
  after.clock.pass(10_000);
  after.fails("bad-credentials", "inbox fetch 30001");
  after.clock.pass(120_000);
  after.works();
  expect(after.told).toEqual([]);
  after.works("inbox fetch 30001");
  expect(after.told).toEqual(["provider-up"]);
});

test("what no desk has shown is told again: at the next failure, and by the next start", async () => {
  const before = await open();
  before.tellingEnds("late");
  before.fails("no-credit");
  await settle();
  before.fails("no-credit");
  await settle();
  const after = await before.restart();
  after.fails("no-credit");
  after.fails("no-credit");
  expect([before.told, after.told]).toEqual([["down no-credit", "down no-credit"], ["down no-credit"]]);
});

test("what is asked beside sending does not end a fault of sending, but reaches a panel that was out of reach", async () => {
  const { clock, told, fails, works, health } = await open();
  clock.pass(100_000);
  for (let n = 0; n < 4; n++) {
    fails("no-credit");
    works("reports");
    works("credit");
  }
  expect(told).toEqual(["down no-credit"]);
  works();
  expect(told).toEqual(["down no-credit", "provider-up"]);
  fails("unreachable");
  works("reports");
  expect(health.of("panel").isUp).toBe(true);
  fails("bad-credentials", "credit");
  works();
  expect(health.of("panel").isUp).toBe(true);
});

test("a panel that keeps its credit to itself and sends all the same is told of as down once, not every hour", async () => {
  const { told, clock, fails, works } = await open();
  clock.pass(100_000);
  for (let hour = 0; hour < 5; hour++) {
    fails("bad-credentials", "credit");
    works();
  }
  await settle();
  expect(told).toEqual(["down bad-credentials", "provider-up"]);
  works("credit");
  fails("bad-credentials", "credit");
  await settle();
  expect(told).toEqual(["down bad-credentials", "provider-up", "down bad-credentials"]);
});

test("after a restart a fault that was told is over only once something works there", async () => {
  const before = await open();
  before.fails("no-credit");
  const { clock, told, fails, works } = await before.restart();
  works("inbox fetch 30001");
  works("reports");
  clock.pass(120_000);
  works("inbox fetch 30001");
  await settle();
  expect(told).toEqual([]);
  fails("no-credit");
  expect(told).toEqual([]);
  works();
  expect(told).toEqual(["provider-up"]);
});

test("that it is over is still to be said when nobody heard it, after a restart too", async () => {
  const before = await open();
  before.clock.pass(100_000);
  before.fails("no-credit");
  await settle();
  before.tellingEnds("late");
  before.works();
  await settle();
  const { clock, told, works } = await before.restart();
  clock.pass(100_000);
  works();
  expect(told).toEqual(["provider-up"]);
});

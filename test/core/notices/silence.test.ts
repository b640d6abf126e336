import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { createWallClock } from "../../../src/core/model/zone.ts";
import { DeskError } from "../../../src/core/ports/desk.ts";
import type { Inbox } from "../../../src/core/ports/inbox.ts";
import { openStore } from "../../../src/store/open.ts";
import { makeFolder } from "../../store/folder.ts";
import { createFakeClock, type FakeClock } from "../../support/fake-clock.ts";
import { silentLog } from "../bridge-parts.ts";
import { fails, openWorld } from "../open-world.ts";

const minute = 60_000;
const hour = 60 * minute;
/** Midnight at the beginning of Sunday 1 November 2026, in Tehran. */
const start = Date.UTC(2026, 9, 31, 20, 30);
const at = (days: number, hours: number) => start + days * 24 * hour + hours * hour;

const push: Inbox = { mode: "push", parse: () => [] };

/** A bridge whose line 30001 gets an SMS every half hour from nine to six, for ten days, on a SQLite file. */
async function openOffice({ days = 10, kept }: { days?: number; kept?: { file: string; clock: FakeClock } } = {}) {
  const clock = kept?.clock ?? createFakeClock(start);
  const file = kept?.file ?? join(await makeFolder(), "chapar.sqlite");
  const store = await openStore(`sqlite://${file}`, { clock, log: silentLog });
  const world = await openWorld({
    store,
    clock,
    first: { inbox: push },
    rules: { wallClock: createWallClock("Asia/Tehran") },
  });
  await world.start();
  const close = async () => {
    await world.stop();
    await store.close();
  };
  onTestFinished(close);
  for (let n = 0; n < (kept ? 0 : days); n++) {
    for (let hours = 9; hours <= 18; hours += 0.5) {
      clock.set(at(n, hours));
      await world.receive(`${n} ${hours}`, { at: clock.now() });
    }
  }
  return {
    ...world,
    /** Moves to that moment, ten minutes after the other, as far as the disk can follow. */
    async until(moment: number) {
      while (clock.now() < moment) {
        clock.pass(Math.min(10 * minute, moment - clock.now()));
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      await new Promise((resolve) => setTimeout(resolve, 300));
    },
    told: () => world.support.notices.filter(({ kind }) => kind === "silent-line"),
    async restart() {
      await close();
      return openOffice({ kept: { file, clock } });
    },
  };
}

test("a line that falls silent in its busy hours is told of once, with what to look at; a restart tells it no second time", async () => {
  const first = await openOffice();
  await first.until(at(10, 10.5));
  // At half past nine on other days the first SMS had come long ago.
  expect(first.told()).toEqual([
    expect.objectContaining({ kind: "silent-line", line: "30001", provider: "first", isPushed: true }),
  ]);
  await first.until(at(10, 13));
  const second = await first.restart();
  await second.until(at(10, 17));
  expect([first.told().length, second.told()]).toEqual([1, []]);
  await second.receive("at last");
  await second.until(at(11, 12));
  expect(second.told()).toHaveLength(1);
}, 120_000);

test("nothing is said at night, of a line that is as usual, of a young one, or by a bridge that has just begun to listen", async () => {
  const asUsual = await openOffice();
  await asUsual.until(at(10, 9.4));
  expect(asUsual.told()).toEqual([]);
  const young = await openOffice({ days: 6 });
  await young.until(at(6, 15));
  expect(young.told()).toEqual([]);
  const away = await openOffice();
  away.clock.set(at(10, 16));
  const back = await away.restart();
  await back.until(at(10, 16.9));
  expect(back.told()).toEqual([]);
  await back.until(at(10, 17.2));
  expect(back.told()).toHaveLength(1);
}, 120_000);

test("a panel that is known to be down is not told of a second time as a silent line", async () => {
  const { first, answer, until, told, pass, support } = await openOffice();
  first.before = fails("bad-credentials");
  await answer("hello");
  await pass(1000);
  await expect.poll(() => support.notices.map(({ kind }) => kind)).toContain("provider-down");
  await until(at(10, 12));
  expect(told()).toEqual([]);
}, 120_000);

test("what the desk could not show is told later", async () => {
  const { support, until, told } = await openOffice();
  const { notify } = support;
  support.notify = () => Promise.reject(new DeskError("unreachable", "away"));
  await until(at(10, 11));
  support.notify = notify;
  await until(at(10, 13));
  expect(told()).toHaveLength(1);
}, 120_000);

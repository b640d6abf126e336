import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { Digest } from "../../../src/core/model/digest.ts";
import type { Operator } from "../../../src/core/model/message.ts";
import { openStore } from "../../../src/store/open.ts";
import { dailyAt } from "../../../src/support/daily.ts";
import { createTexts } from "../../../src/telegram/texts/texts.ts";
import { makeFolder } from "../../store/folder.ts";
import { createFakeClock, type FakeClock } from "../../support/fake-clock.ts";
import { silentLog } from "../bridge-parts.ts";
import { fails, openWorld, sara } from "../open-world.ts";

const minute = 60_000;
const day = 24 * 60 * minute;
/** Eight in the evening in Tehran, when the desk gets its digest. */
const evening = Date.UTC(2026, 10, 26, 16, 30);
const reza: Operator = { id: "6", name: "رضا" };

/** A desk on a SQLite file that gets a digest at eight. */
async function openDesk(kept?: { file: string; clock: FakeClock }) {
  const clock = kept?.clock ?? createFakeClock(evening - 8 * day);
  const file = kept?.file ?? join(await makeFolder(), "chapar.sqlite");
  const store = await openStore(`sqlite://${file}`, { clock, log: silentLog });
  const rules = { digestTimes: dailyAt("20:00", "Asia/Tehran") };
  const world = await openWorld({ store, clock, desks: ["support"], rules });
  await world.start();
  const close = async () => {
    await world.stop();
    await store.close();
  };
  onTestFinished(close);
  let written = 0;
  const threadOf = (from: number) => `support/+98912000${String(from).padStart(4, "0")}`;
  const digests = () =>
    world.support.notices.flatMap((notice): Digest[] => (notice.kind === "digest" ? [notice.digest] : []));
  return {
    ...world,
    threadOf,
    digests,
    async sms(at: number, from: number) {
      clock.set(at);
      await world.receive(`${++written}`, { from });
      await expect
        .poll(async () => (await world.bridge.conversations.find(threadOf(from)))?.activeAt, { timeout: 20_000 })
        .toBe(at);
    },
    async answerBy(by: Operator, at: number, to: number) {
      clock.set(at);
      const id = `a${++written}`;
      await world.bridge.conversations.answer(threadOf(to), { id, by, at }, { evenSo: true });
      await world.bridge.outbound.accept({ id, thread: threadOf(to), text: id, origin: `chat:${written}`, by });
      await expect
        .poll(async () => (await world.bridge.outbound.find(id))?.state, { timeout: 20_000 })
        .not.toMatch(/queued|sending/);
    },
    /** Moves on until something is told, or nothing more will be. */
    async untilEvening(at = evening) {
      const before = digests().length;
      clock.set(at);
      for (let n = 0; n < 40 && digests().length === before; n++) {
        clock.pass(20 * minute);
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
      return digests().at(-1);
    },
    async restart() {
      await close();
      return openDesk({ file, clock });
    },
  };
}

test("the digest and its picture tell what the records hold: of seven days, each operator, what failed and what waits", async () => {
  const { sms, answerBy, untilEvening, first, bridge, threadOf } = await openDesk();
  const ago = (days: number, minutes: number) => evening - days * day + minutes * minute;
  await sms(ago(8, -5), 1);
  // Five days' wait, ended three days ago; the SMS itself is older than the picture.
  await answerBy(sara, ago(3, -10), 1);
  await sms(ago(2, -700), 2);
  await answerBy(reza, ago(2, -695), 2);
  await sms(ago(0, -900), 3);
  await sms(ago(0, -890), 3);
  await answerBy(sara, ago(0, -860), 3);
  await sms(ago(0, -600), 4);
  await answerBy(sara, ago(0, -480), 4);
  await sms(ago(0, -300), 5);
  first.before = fails("rejected");
  await answerBy(reza, ago(0, -290), 5);
  first.before = fails("no-answer", false);
  await answerBy(reza, ago(0, -280), 5);
  first.before = () => undefined;
  await sms(ago(0, -200), 6);
  await sms(ago(0, -100), 7);
  await bridge.conversations.close(threadOf(7));
  const digest = await untilEvening();
  expect(digest).toMatchObject({ received: 6, answers: 2, failed: 1, uncertain: 1, open: 6, unanswered: 1 });
  expect(digest?.operators).toEqual([{ by: sara, answers: 2, medianMs: 40 * minute, slowestMs: 120 * minute }]);
  const counts = digest?.days.map(({ received, answers }) => [received, answers]);
  expect(counts).toEqual([
    [0, 0],
    [0, 0],
    [0, 0],
    [0, 1],
    [1, 1],
    [0, 0],
    [6, 2],
  ]);
  expect(digest?.days[3]?.medianMs).toBe(5 * day - 5 * minute);
  const svg = digest ? createTexts("en").chart(digest) : "";
  const drawn = [...svg.matchAll(/<text[^>]*>(\d+)<\/text>/g)].map(([, number]) => Number(number));
  expect(drawn).toEqual(counts?.flat());
}, 120_000);

test("a digest is told once, whatever is restarted; a day on which nothing happened and nobody waits is not told", async () => {
  const first = await openDesk();
  await first.sms(evening - 60 * minute, 1);
  expect(await first.untilEvening()).toMatchObject({ received: 1, unanswered: 1 });
  const second = await first.restart();
  await second.untilEvening(second.clock.now() + minute);
  expect(second.digests()).toEqual([]);
  await second.bridge.conversations.close(second.threadOf(1));
  await second.untilEvening(evening + day);
  expect(second.digests()).toEqual([]);
}, 120_000);

test("what is open without an end is open too: a desk that never closes and never reminds", async () => {
  const { sms, bridge, untilEvening, threadOf } = await openDesk();
  await sms(evening - 60 * minute, 1);
  expect((await bridge.conversations.find(threadOf(1)))?.due).toBeUndefined();
  expect(await untilEvening()).toMatchObject({ open: 1, unanswered: 1 });
}, 120_000);

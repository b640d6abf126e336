import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import type { Clock } from "../../src/core/ports/clock.ts";
import { createSystemClock } from "../../src/support/system-clock.ts";
import { openTopic } from "./open-topic.ts";

const hourMs = 3_600_000;

/** The bridge's machine, whose clock somebody sets. */
function createMachine(offsetMs = 0) {
  const machine = { wall: () => Date.now() + offsetMs, steady: () => performance.now() };
  return {
    bridgeClock: createSystemClock(machine),
    set(by: number) {
      offsetMs += by;
    },
  };
}

test.each([
  ["back by an hour", -hourMs],
  ["back by a day", -24 * hourMs],
  ["forward by two hours", 2 * hourMs],
])(
  "a clock that is set %s under load loses nothing, doubles nothing and keeps every order",
  async (_, by) => {
    const { bridgeClock, set } = createMachine();
    const { bridge, customer, topic } = await openTopic({ parts: { clock: bridgeClock } });
    const texts = Array.from({ length: 6 }, (_, n) => `پیام ${n}`);
    const answers = Array.from({ length: 6 }, (_, n) => `پاسخ ${n}`);
    const replies: ReturnType<typeof topic.operatorSays>[] = [];
    for (const [at, text] of texts.entries()) {
      if (at === 3) set(by);
      expect((await customer.sends(text)).status).toBe(200);
      replies.push(topic.operatorSays(answers[at] ?? ""));
      await pause(150);
    }
    await topic.shows("پیام 5");
    // The first message after a jump forward may look as old as the jump is long: then a person is asked, as for any old one.
    const held = replies.flatMap((reply) => reply.marks()).filter(({ text }) => text.includes("حالا بفرستم"));
    expect(held.length).toBeLessThanOrEqual(by > 0 ? 1 : 0);
    for (const mark of held)
      bridge.group.press(bridge.operators[0] ?? bridge.telegram.user(), mark, mark.buttons.flat()[0] ?? "");
    await customer.gets("پاسخ 5", 15_000);
    for (const reply of replies) await bridge.telegram.waitFor(() => reply.marks()[0]?.text.startsWith("✓✓"), 15_000);
    expect(topic.texts().filter((text) => text.startsWith("پیام"))).toEqual(texts);
    // What waited for a person has lost its place.
    const sent = bridge.sentTo(customer);
    expect(held.length === 0 ? sent : sent.toSorted()).toEqual(answers);
  },
  60_000,
);

test("what waits when the clock is set back and the bridge restarted does not wait for the clock", async () => {
  let machine = createMachine();
  const bridgeClock: Clock = {
    now: () => machine.bridgeClock.now(),
    after: (ms, run) => machine.bridgeClock.after(ms, run),
  };
  const { bridge, customer, topic } = await openTopic({ parts: { clock: bridgeClock } });
  await bridge.asanak.network.refuse();
  await bridge.telegram.waitFor(() => bridge.telegram.pendingUpdates() === 0);
  const reply = topic.operatorSays("در خدمتم");
  await reply.isMarked("⏳");
  await bridge.telegram.network.refuse();
  await customer.sends("منتظرم");
  await bridge.stop();
  machine = createMachine(-hourMs);
  await bridge.asanak.network.listen();
  await bridge.telegram.network.listen();
  await bridge.restart();
  await topic.shows("منتظرم");
  await customer.gets("در خدمتم", 20_000);
  await reply.isMarked("✓✓");
  expect(bridge.sentTo(customer)).toEqual(["در خدمتم"]);
}, 60_000);

import { expect, it } from "vitest";
import { createFastClock } from "../../support/fast-clock.ts";
import { inbound, openDesk, startSimulator } from "../desk-setup.ts";

it("clears a storm at Telegram's own pace, without a single 429", async () => {
  const timeScale = 60;
  const simulator = await startSimulator();
  const group = simulator.group({ forum: true });
  const clock = createFastClock(timeScale);
  const limits = { groupPerMinute: 20, privatePerSecond: 1, globalPerSecond: 30 };
  simulator.setLimits({ ...limits, timeScale });
  const setup = await openDesk({ simulator, chat: group.id, clock, limits });
  const peers = Array.from({ length: 10 }, (_, index) => `+98912000000${index}`);
  const started = Date.now();
  const storm = peers.map(async (peer) => {
    for (let i = 0; i < 8; i += 1) await setup.desk.post(inbound({ peer, text: `${peer} ${i}` }));
  });
  await Promise.all(storm);
  const minutes = ((Date.now() - started) * timeScale) / 60_000;
  // 10 topics, 10 cards and 80 SMS at 20 a minute: the last of five full minutes' worth may leave when four have passed.
  expect(simulator.floods).toBe(0);
  expect(minutes).toBeGreaterThanOrEqual(4);
  expect(minutes).toBeLessThan(7);
  for (const topic of group.topics()) {
    const numbers = group.messages(topic.id).flatMap(({ text }) => /(\d)$/.exec(text)?.[1] ?? []);
    expect(numbers.slice(-8)).toEqual(["0", "1", "2", "3", "4", "5", "6", "7"]);
  }
  await setup.stop();
  await simulator.stop();
});

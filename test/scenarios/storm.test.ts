import { expect, test } from "vitest";
import { startBridge } from "./start-bridge.ts";

const limits = { groupPerMinute: 20, privatePerSecond: 1, globalPerSecond: 30 };
/** A minute of Telegram passes in a second. */
const scale = 60;

/** 600 SMS of 50 customers, in a burst, into a forum with Telegram's limits. */
async function storm({ isNew }: { isNew: boolean }) {
  const bridge = await startBridge({
    speed: scale,
    limits,
    configure: (config) => ({ ...config, telegram: { ...config.telegram, limits } }),
  });
  const { group, telegram } = bridge;
  const customers = Array.from({ length: 50 }, (_, n) => bridge.phone(`09120000${String(100 + n)}`));
  const fromBot = () => group.messages().filter(({ from }) => from.isBot);
  const shown = () =>
    fromBot()
      .map(({ text }) => text)
      .join("\n");
  if (!isNew) {
    await Promise.all(customers.map((customer) => customer.sends("hello")));
    await telegram.waitFor(() => shown().split("hello").length === 51, 30_000 * scale, "every topic");
    // As it is on any other day: nothing has been said for a minute.
    await new Promise((resolve) => setTimeout(resolve, 61_000 / scale));
  }
  const before = fromBot().length;
  const texts = Array.from({ length: 12 }, (_, k) => customers.map((_, n) => `s${k}c${n};`));
  for (const wave of texts) await Promise.all(wave.map((text, n) => customers[n]?.sends(text)));
  const all = texts.flat();
  await telegram.waitFor(() => all.every((text) => shown().includes(text)), 60_000 * scale, "every SMS shown");
  return { bridge, all, customers, messages: fromBot().length - before, shown: shown() };
}

test.each([
  { isNew: false, timesSooner: 8, oneEach: 600 },
  { isNew: true, timesSooner: 4, oneEach: 600 + 2 * 50 },
])(
  "a storm goes out joined and in order, without a 429 (all new: $isNew)",
  async (row) => {
    const { bridge, all, customers, messages, shown } = await storm(row);
    expect(bridge.telegram.floods).toBe(0);
    expect(all.filter((text) => shown.split(text).length !== 2)).toEqual([]);
    for (const [n, topic] of customers.entries()) {
      const { texts } = await bridge.desk.topicOf(topic.number);
      const shownThere = texts()
        .join("\n")
        .match(/s\d+c\d+;/g);
      expect(shownThere).toEqual(Array.from({ length: 12 }, (_, k) => `s${k}c${n};`));
    }
    // How long that takes is for the benchmark to say.
    expect(row.oneEach / messages).toBeGreaterThan(row.timesSooner);
  },
  90_000,
);

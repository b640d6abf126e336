import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { worldClock } from "../../src/sandbox/timers.ts";
import { openConversation, openTopic, withDesk } from "./open-topic.ts";

/** A minute is a second. */
const speed = 60;
const longMs = 60_000 * speed;

/** So many minutes from now, as the configuration writes it. */
function inMinutes(minutes: number): string {
  const form = new Intl.DateTimeFormat("en-GB", { timeZone: "Asia/Tehran", timeStyle: "short" });
  return form.format(worldClock.now() + minutes * 60_000);
}

test.each([
  [
    "fa",
    [/📊 ۲۴ ساعت گذشته/, /۲ پیامک رسید و ۱ جواب رفت/, /❗ از ۲ گفتگوی باز، ۱ تا منتظر/, /سارا: ۱ جواب، معمولاً بعد از/],
  ],
  [
    "en",
    [
      /📊 The last 24 hours/,
      /2 SMS in, 1 out/,
      /wait for an answer: 1; open conversations: 2/,
      /سارا\u2069: 1 answer, usually after/,
    ],
  ],
] as const)(
  "at its hour the desk is told once how the day was (%s)",
  async (language, lines) => {
    const { bridge, customer, topic } = await openTopic({
      speed,
      ...withDesk({ language, digestAt: inMinutes(25), reminderSeconds: [] }),
    });
    await openConversation(bridge, "09120000002");
    topic.operatorSays("در خدمتم");
    await customer.gets("در خدمتم", longMs);
    const { text, picture } = await bridge.desk.isTold("📊");
    expect(picture).toMatchObject({ width: 1080, height: 760 });
    for (const line of lines) expect(text).toMatch(line);
    await bridge.restart();
    await pause(2000);
    expect(bridge.desk.told("📊")).toHaveLength(1);
  },
  120_000,
);

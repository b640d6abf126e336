import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import type { BridgeConfig } from "../../src/sandbox/start.ts";
import { openTopic, withDesk } from "./open-topic.ts";
import { startBridge } from "./start-bridge.ts";

const labels = {
  fa: { now: "حالا بفرست", later: "بعداً", drop: "نفرست", shorten: "کوتاهش کن", undo: "نفرست" },
  en: { now: "Send now", later: "Later", drop: "Drop", shorten: "Shorten", undo: "Undo" },
};
const languages = ["fa", "en"] as const;
/** Long enough for what must not leave to have left. */
const aWhile = 700;
const part = "س".repeat(67);

test.each(languages)("the first SMS to a number that never wrote asks once (%s)", async (language) => {
  const { bridge } = await openTopic(withDesk({ language }));
  const general = bridge.desk.topicView(undefined);
  const stranger = bridge.phone("09351112233");
  const first = general.operatorSays("/send 09351112233 سفارش آماده است");
  const mark = await first.isMarked("⏳");
  expect(mark.text).toContain({ fa: "تا حالا پیامکی نیامده", en: "has never written to us" }[language]);
  expect(mark.text).toContain("0935 111 2233");
  expect(mark.buttons.flat()).toEqual([labels[language].now, labels[language].later, labels[language].drop]);
  await pause(aWhile);
  expect(stranger.received()).toEqual([]);
  first.press(labels[language].now);
  await first.isMarked("✓✓");
  await general.operatorSays("/send 09351112233 بیایید").isMarked("✓✓");
  expect(stranger.received()).toEqual(["سفارش آماده است", "بیایید"]);
});

test("a number that was not meant is dropped, and asked about again; one that has written is never asked about", async () => {
  const { bridge, customer } = await openTopic();
  const general = bridge.desk.topicView(undefined);
  const stranger = bridge.phone("09351112233");
  const first = general.operatorSays("/send 09351112233 سلام");
  await first.isMarked("⏳");
  first.press(labels.fa.drop);
  await first.isMarked("⊘");
  await general.operatorSays("/send 09351112233 سلام").isMarked("⏳");
  await general.operatorSays("/send 09120000000 بفرمایید").isMarked("✓✓");
  expect(customer.received()).toEqual(["بفرمایید"]);
  expect(stranger.received()).toEqual([]);
});

test.each(languages)("a text of more than maxParts asks, and leaves when a person says so (%s)", async (language) => {
  const { bridge, customer, topic } = await openTopic(withDesk({ language, maxParts: 2 }));
  const [, reza] = bridge.operators;
  if (!reza) return expect.unreachable();
  const reply = topic.operatorSays(part.repeat(3));
  const mark = await reply.isMarked("⏳");
  expect(mark.text).toContain({ fa: "۳ بخش", en: "3 SMS parts" }[language]);
  await pause(aWhile);
  expect(customer.received()).toEqual([]);
  // What is asked about is no answer yet: somebody else's is the first.
  await topic.operatorSays(part.repeat(2), { by: reza }).isMarked("✓✓");
  reply.press(labels[language].now);
  const sent = await reply.isMarked("✓✓");
  expect(sent.text).toBe({ fa: "✓✓ رسید · ۳ بخش", en: "✓✓ Delivered · 3 parts" }[language]);
  expect(customer.received()).toEqual([part.repeat(2), part.repeat(3)]);
});

test("a long text that is made short enough leaves by itself; one that has become too long is held", async () => {
  const { customer, topic } = await openTopic(withDesk({ maxParts: 2, undoSeconds: 3 }));
  const long = topic.operatorSays(part.repeat(4));
  await long.isMarked("⏳");
  long.edit(part.repeat(3));
  await pause(aWhile);
  expect((await long.isMarked("⏳")).buttons.flat()).toEqual([labels.fa.now, labels.fa.later, labels.fa.drop]);
  long.edit("کوتاه");
  await long.isMarked("✓✓");
  const short = topic.operatorSays("بله");
  await short.isMarked("⏳");
  short.edit(part.repeat(3));
  await pause(4500);
  expect((await short.isMarked("⏳")).text).toContain("۳ بخش");
  expect(customer.received()).toEqual(["کوتاه"]);
});

const costly = `${"a".repeat(90)}’s`;
const cheap = `${"a".repeat(90)}'s`;

test.each(languages)(
  "a character that makes the text expensive is named, and Shorten spells it (%s)",
  async (language) => {
    const { bridge, customer, topic } = await openTopic(withDesk({ language, maxParts: 1 }));
    const reply = topic.operatorSays(costly);
    const mark = await reply.isMarked("⏳");
    expect(mark.text).toContain(
      {
        fa: "به خاطر «’» شده ۲ بخش؛ ساده‌ترش ۱ بخش می‌شود.",
        en: "With “’” it is 2 parts; written plainly it would be 1.",
      }[language],
    );
    const press = reply.press(labels[language].shorten);
    const answer = await bridge.telegram.waitFor(() => press.answer, 8000);
    expect(answer.text).toMatch(/کوتاه شد|Shortened/);
    const shortened = () => reply.marks().find(({ text }) => text.includes(cheap));
    const shown = await bridge.telegram.waitFor(shortened, 8000, "the shorter text");
    expect(shown.buttons.flat()).toEqual([labels[language].now, labels[language].later, labels[language].drop]);
    expect(customer.received()).toEqual([]);
    reply.press(labels[language].now);
    await reply.isMarked("✓✓");
    expect(customer.received()).toEqual([cheap]);
    expect(topic.messages().find(({ id }) => id === reply.message.id)?.text).toBe(costly);
  },
);

test.each(languages)(
  "what left as it was written tells its parts and what made it expensive, with no button (%s)",
  async (language) => {
    const { customer, topic } = await openTopic(withDesk({ language }));
    const mark = await topic.operatorSays(costly).isMarked("✓✓");
    expect(mark.text).toContain("’");
    expect(mark.text).toMatch(/[2۲] (بخش|parts)/);
    expect(mark.buttons.flat()).toEqual([]);
    expect(customer.received()).toEqual([costly]);
    expect((await topic.operatorSays("یک بخش").isMarked("✓✓")).text).not.toMatch(/بخش|part/);
  },
);

test("where a desk has several lines, the mark tells the line", async () => {
  const { bridge, topic } = await openTopic({
    configure: (config: BridgeConfig) => ({
      ...config,
      lines: { ...config.lines, "30009999": { provider: Object.keys(config.providers)[0], desk: "support" } },
      desks: { support: { ...config.desks.support, line: Object.keys(config.lines)[0] } },
    }),
  });
  const mark = await topic.operatorSays(part.repeat(2)).isMarked("✓✓");
  expect(mark.text).toMatch(/^✓✓ رسید · خط .*\d+.* · ۲ بخش$/u);
  expect(bridge.problems).toEqual([]);
});

test("a note never becomes an SMS, whatever invisible a keyboard puts before its slashes, and with a dot before them", async () => {
  const { customer, topic } = await openTopic();
  topic.operatorSays("\u200f// گران می‌دهیم");
  topic.operatorSays("\u200e/send 09120000000 سلام");
  await topic.operatorSays("سلام").isMarked("✓✓");
  expect(customer.received()).toEqual(["سلام"]);
  const dotted = await startBridge(withDesk({ sends: "prefix" }));
  const other = dotted.phone("09120000000");
  await other.sends("سلام");
  const second = await dotted.desk.topicOf("09120000000");
  await second.shows("سلام");
  second.operatorSays(".// بین خودمان");
  await second.operatorSays(".بله").isMarked("✓✓");
  expect(other.received()).toEqual(["بله"]);
});

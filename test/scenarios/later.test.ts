import { expect, test } from "vitest";
import { openConversation, openTopic, withDesk } from "./open-topic.ts";

const words = {
  fa: {
    soon: "/later ده دقیقه دیگر سفارش شما آماده است",
    text: "سفارش شما آماده است",
    far: "/later فردا ۹ صبح ما فردا هستیم",
    cancel: "لغو",
    cancelFirst: "لغو ۱",
    unclear: "/later فردا ۴ باز هستیم",
    none: "منتظر زمانش نیست",
    title: "چه کسی چه کرد",
    log: "پیامکی را برای بعد گذاشت",
  },
  en: {
    soon: "/later in ten minutes Your order is ready",
    text: "Your order is ready",
    far: "/later tomorrow 9am We are open tomorrow",
    cancel: "Cancel",
    cancelFirst: "Cancel 1",
    unclear: "/later tomorrow 4 We are open",
    none: "Nothing waits for its time",
    title: "Who did what",
    log: "set an SMS for later",
  },
} as const;

const tenMinutes = 600_000;

test.each(["fa", "en"] as const)(
  "an SMS for later tells when it leaves, waits for it, and leaves once (%s)",
  async (language) => {
    const { bridge, customer, topic } = await openTopic({ ...withDesk({ language }), speed: 40 });
    const said = words[language];
    const reply = topic.operatorSays(said.soon);
    const mark = await reply.isMarked("⏳");
    expect(mark.text).toContain(said.text);
    expect(mark.buttons.flat()).toContain(said.cancel);
    expect(customer.received()).toEqual([]);
    const { date } = reply.message;
    await reply.isMarked("✓✓");
    expect(customer.received()).toEqual([said.text]);
    const [sms] = bridge.asanak.ledger;
    expect(sms?.at).toBeGreaterThanOrEqual(date * 1000 + tenMinutes);
  },
);

test.each(["fa", "en"] as const)(
  "what waits is listed in its thread and at the desk, and cancelled there (%s)",
  async (language) => {
    const { bridge, customer, topic } = await openTopic(withDesk({ language }));
    const other = await openConversation(bridge, "09120000001");
    const said = words[language];
    const general = bridge.desk.topicView(undefined);
    const empty = topic.operatorSays("/later");
    await bridge.telegram.waitFor(() => empty.marks().find(({ text }) => text.includes(said.none)), 20_000);
    const reply = topic.operatorSays(said.far);
    await reply.isMarked("⏳");
    const otherReply = other.topic.operatorSays(said.soon);
    await otherReply.isMarked("⏳");

    topic.operatorSays("/log");
    expect((await topic.shows(said.title)).text).toContain(said.log);
    const here = topic.operatorSays("/later");
    const list = await bridge.telegram.waitFor(() => here.marks()[0], 20_000);
    expect(list.buttons.flat()).toEqual([said.cancelFirst]);
    const all = general.operatorSays("/later");
    const both = await bridge.telegram.waitFor(() => all.marks()[0], 20_000);
    expect(both.buttons.flat()).toHaveLength(2);
    // What leaves first is first.
    expect(both.text.indexOf(said.text)).toBeLessThan(both.text.indexOf(said.far.split(" ").at(-1) ?? ""));

    here.press(said.cancelFirst);
    await reply.isMarked("⊘");
    const struck = await bridge.telegram.waitFor(
      () => here.marks().find(({ buttons }) => buttons[0]?.[0] === "⊘"),
      20_000,
    );
    expect(struck).toMatchObject({ id: list.id, text: list.text, buttons: [["⊘"]] });
    // No other button takes its place, and what was cancelled elsewhere is struck with it.
    all.press(said.cancelFirst);
    await otherReply.isMarked("⊘");
    await bridge.telegram.waitFor(() => all.marks().find(({ buttons }) => buttons[0]?.[0] === "⊘"), 20_000);
    expect(all.marks()[0]).toMatchObject({ text: both.text, buttons: [["⊘", "⊘"]] });
    expect(customer.received()).toEqual([]);
  },
);

test.each(["fa", "en"] as const)(
  "a time that is unclear sets nothing, and the answer shows how to write it (%s)",
  async (language) => {
    const { bridge, customer, topic } = await openTopic(withDesk({ language }));
    const reply = topic.operatorSays(words[language].unclear);
    const told = await bridge.telegram.waitFor(() => reply.marks()[0], 20_000);
    expect(told.text).toContain("/later");
    expect(told.text).toContain(
      "16:00".replace(/\d/g, (digit) => (language === "fa" ? ("۰۱۲۳۴۵۶۷۸۹"[Number(digit)] ?? "") : digit)),
    );
    const list = topic.operatorSays("/later");
    const empty = await bridge.telegram.waitFor(() => list.marks()[0], 20_000);
    expect(empty.text).toContain(words[language].none);
    expect(customer.received()).toEqual([]);
  },
);

test("an edit before its time changes time and text in one; a bad one changes nothing and says so", async () => {
  const { bridge, customer, topic } = await openTopic();
  const reply = topic.operatorSays("/later فردا ۹ صبح سفارش آماده است");
  const first = await reply.isMarked("⏳");
  reply.edit("/later فردا ۴ سفارش شما آماده است");
  const kept = await bridge.telegram.waitFor(
    () => reply.marks().find(({ text }) => text.includes("چیزی عوض نشد")),
    20_000,
  );
  const time = first.text.split("\n")[0]?.replace("⏳ ", "");
  expect(kept.text).toContain(time);
  reply.edit("/later پس‌فردا ۱۰:۲۰ صبح سفارش شما آماده است");
  const changed = await bridge.telegram.waitFor(
    () => reply.marks().find(({ text }) => text.startsWith("⏳") && text.includes("سفارش شما")),
    20_000,
  );
  expect(changed.text).toContain("۱۰:۲۰");
  expect(changed.text).not.toContain(time);
  reply.press("حالا بفرست");
  await reply.isMarked("✓✓");
  expect(customer.received()).toEqual(["سفارش شما آماده است"]);
});

test("what waits outlives a restart, and whoever is to answer is not thought to have answered before it leaves", async () => {
  const { bridge, customer, topic } = await openTopic({ speed: 40 });
  const reply = topic.operatorSays("/later +15m سفارش آماده است");
  await reply.isMarked("⏳");
  const card = () => topic.messages().find(({ text }) => text.startsWith("👤"))?.text ?? "";
  expect(card()).not.toContain("سارا");
  await bridge.restart();
  await reply.isMarked("✓✓");
  expect(customer.received()).toEqual(["سفارش آماده است"]);
  await bridge.telegram.waitFor(() => card().includes("سارا"), 20_000 * 40);
});

const questions = {
  fa: { when: "ده دقیقه دیگر", agree: "سر وقتش بفرست", drop: "نفرست", cancel: "لغو", time: "زمانش:" },
  en: { when: "in ten minutes", agree: "Send at its time", drop: "Drop", cancel: "Cancel", time: "Its time:" },
} as const;

test.each(["fa", "en"] as const)(
  "a long SMS for later asks when it is written, and agreed to it still leaves at its time (%s)",
  async (language) => {
    const { bridge, customer, topic } = await openTopic({
      ...withDesk({ language, maxParts: 2, undoSeconds: 5 }),
      speed: 40,
    });
    const { when, agree, drop, cancel, time } = questions[language];
    const text = "س".repeat(3 * 67);
    const reply = topic.operatorSays(`/later ${when}\n${text}`);
    const asked = await reply.isMarked("⏳");
    expect(asked.text).toContain(time);
    expect(asked.buttons.flat()).toEqual([agree, drop]);
    const press = reply.press(agree);
    await bridge.telegram.waitFor(() => press.answer, 20_000);
    const waits = () => reply.marks().find(({ buttons }) => buttons.flat().includes(cancel));
    await bridge.telegram.waitFor(waits, 20_000, "its mark with its time");
    const { date } = reply.message;
    await reply.isMarked("✓✓");
    expect(customer.received()).toEqual([text]);
    expect(bridge.asanak.ledger[0]?.at).toBeGreaterThanOrEqual(date * 1000 + tenMinutes);
  },
);

test("who agrees after its time to what was asked about has answered, also what was written since", async () => {
  const { customer, topic, bridge } = await openTopic({ ...withDesk({ maxParts: 2 }), speed: 40 });
  const reply = topic.operatorSays(`/later ${questions.fa.when}\n${"س".repeat(3 * 67)}`);
  await reply.isMarked("⏳");
  await new Promise((resolve) => setTimeout(resolve, tenMinutes / 40 + 1000));
  await customer.sends("هستید؟");
  await topic.shows("هستید؟");
  reply.press(questions.fa.agree);
  await reply.isMarked("✓✓");
  const card = () => topic.messages().find(({ text }) => text.startsWith("👤"))?.text ?? "";
  await bridge.telegram.waitFor(() => card().includes("جواب گرفته"), 20_000 * 40, "a card that tells of an answer");
});

test("a question about a long SMS for later is answered by making it an ordinary short text; it keeps its time, and nobody has answered yet", async () => {
  const { bridge, customer, topic } = await openTopic(withDesk({ maxParts: 2 }));
  const [, reza] = bridge.operators;
  if (!reza) return expect.unreachable();
  const reply = topic.operatorSays(`/later فردا ۹ صبح\n${"س".repeat(3 * 67)}`);
  expect((await reply.isMarked("⏳")).text).toContain("۳ بخش");
  reply.edit("بفرمایید");
  const waits = () => reply.marks().find(({ text }) => text.includes("بفرمایید"));
  const mark = await bridge.telegram.waitFor(waits, 20_000, "its mark with the short text");
  expect(mark.buttons.flat()).toEqual(["حالا بفرست", "لغو"]);
  expect(customer.received()).toEqual([]);
  // Somebody else's answer collides with nothing.
  await topic.operatorSays("سلام", { by: reza }).isMarked("✓✓");
  expect(customer.received()).toEqual(["سلام"]);
});

test("two taps in the list, one right after the other, strike both", async () => {
  const { bridge, topic } = await openTopic();
  const replies = ["فردا ۹ صبح یک", "فردا ۱۰ صبح دو"].map((what) => topic.operatorSays(`/later ${what}`));
  for (const reply of replies) await reply.isMarked("⏳");
  const asked = topic.operatorSays("/later");
  await bridge.telegram.waitFor(() => asked.marks()[0], 20_000);
  for (const label of ["لغو ۱", "لغو ۲"]) asked.press(label);
  for (const reply of replies) await reply.isMarked("⊘");
  const isStruck = () => asked.marks().find(({ buttons }) => buttons.flat().every((label) => label === "⊘"));
  expect((await bridge.telegram.waitFor(isStruck, 20_000)).buttons.flat()).toEqual(["⊘", "⊘"]);
});

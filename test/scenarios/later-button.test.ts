import { expect, test } from "vitest";
import { openTopic, withDesk } from "./open-topic.ts";

const said = {
  fa: { later: "بعداً", hour: "یک ساعت دیگر", when: "کی بفرستمش؟", leaves: "می‌رود", now: "حالا بفرست", cancel: "لغو" },
  en: {
    later: "Later",
    hour: "in an hour",
    when: "When shall I",
    leaves: "Leaves on",
    now: "Send now",
    cancel: "Cancel",
  },
} as const;
const languages = ["fa", "en"] as const;
/** Half a minute is an hour. */
const speed = 120;
const patienceMs = 20_000;

test.each(languages)(
  "**Later** under an answer that may still be undone offers times, and it leaves at the one that is chosen (%s)",
  async (language) => {
    const words = said[language];
    const options = withDesk({ language, undoSeconds: 3600, giveUpSeconds: 7200 });
    const { bridge, customer, topic } = await openTopic({ ...options, speed });
    const answer = topic.operatorSays("در خدمتم");
    await answer.isMarked("⏳");
    answer.press(words.later);
    const shows = (text: string) =>
      bridge.telegram.waitFor(() => answer.marks().find((one) => one.text.includes(text)), patienceMs * speed);
    const asked = await shows(words.when);
    expect(asked.text).toContain("در خدمتم");
    const [first, , ...rest] = asked.buttons.flat();
    expect([first, ...rest.slice(-2)]).toEqual([words.hour, words.now, words.cancel]);
    expect(asked.buttons.flat()).toHaveLength(6);
    await bridge.restart();
    answer.press(words.hour);
    const waits = await shows(words.leaves);
    expect(waits.buttons.flat()).toEqual([words.now, words.cancel]);
    expect(customer.received()).toEqual([]);
    if (language === "en") return;
    await answer.isMarked("✓✓");
    expect(customer.received()).toEqual(["در خدمتم"]);
    const [sms] = bridge.asanak.ledger;
    expect(sms?.at).toBeGreaterThan(answer.message.date * 1000 + 3_600_000);
  },
);

test.each(languages)(
  "/later without a time asks for one by button; an edit may bring it, too (%s)",
  async (language) => {
    const words = said[language];
    const { bridge, customer, topic } = await openTopic(withDesk({ language }));
    const asked = topic.operatorSays("/later سفارش شما آماده است");
    const mark = await asked.isMarked("⏳");
    expect(mark.text).toContain(words.when);
    expect(mark.text).toContain("سفارش شما آماده است");
    asked.press(words.now);
    await asked.isMarked("✓✓");
    expect(customer.received()).toEqual(["سفارش شما آماده است"]);

    const edited = topic.operatorSays("/later سلام");
    await edited.isMarked("⏳");
    edited.edit("/later +2h سلام دوباره");
    const waits = await bridge.telegram.waitFor(
      () => edited.marks().find(({ text }) => text.includes(words.leaves)),
      patienceMs,
    );
    expect(waits.text).toContain("سلام دوباره");
    edited.press(words.cancel);
    await edited.isMarked("⊘");
    expect(customer.received()).toHaveLength(1);
  },
);

test("a collision can be put off; somebody else's press of a time counts, and is named", async () => {
  const { bridge, customer, topic } = await openTopic();
  const [, reza] = bridge.operators;
  if (!reza) return expect.unreachable();
  await topic.operatorSays("سلام").isMarked("✓✓");
  const second = topic.operatorSays("سلام از رضا", { by: reza });
  await second.isMarked("⏳");
  second.press(said.fa.later, reza);
  await bridge.telegram.waitFor(() => second.marks().find(({ text }) => text.includes(said.fa.when)), patienceMs);
  second.press(/^فردا ساعت ۹$/);
  const waits = await bridge.telegram.waitFor(
    () => second.marks().find(({ text }) => text.includes(said.fa.leaves)),
    patienceMs,
  );
  expect(waits.text).toContain("سارا");
  expect(customer.received()).toEqual(["سلام"]);
});

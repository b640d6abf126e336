import { expect, test } from "vitest";
import { openTopic, withDesk } from "./open-topic.ts";
import { startBridge } from "./start-bridge.ts";

const words = {
  fa: {
    add: "/canned افزودن سلام سلام {نام|دوست عزیز}، امروز {تاریخ} هستیم.",
    added: "جواب «سلام» آماده است",
    name: "سلام",
    given: "نام این مشتری شد",
    text: /^سلام سارا کیانی، امروز [۰-۹]+ \S+ ۱۴۰[۵-۹] هستیم\.$/,
    nameless: /^سلام دوست عزیز، /,
    wrote: "سارا نوشت",
    late: "قبلاً",
  },
  en: {
    add: "/canned add hello Hello {name|there}, we are open on {date}.",
    added: "“hello” is ready",
    name: "hello",
    given: "They are called",
    text: /^Hello سارا کیانی, we are open on \d+ \w+ \d{4}\.$/,
    nameless: /^Hello there, /,
    wrote: "\u2068سارا\u2069 wrote",
    late: "done already",
  },
} as const;
const wait = 20_000;

test.each(["fa", "en"] as const)(
  "a press sends it as the answer of whoever pressed, and the menu itself becomes its mark (%s)",
  async (language) => {
    const say = words[language];
    const { bridge, customer, topic } = await openTopic(withDesk({ language }));
    const [, reza] = bridge.operators;
    const general = bridge.desk.topicView(undefined);
    general.operatorSays(say.add);
    await general.shows(say.added);
    topic.operatorSays("/name سارا کیانی");
    await topic.shows(say.given);
    const asked = topic.operatorSays("/canned");
    const menu = await bridge.telegram.waitFor(() => asked.marks()[0], wait, "a menu");
    expect(menu.buttons).toEqual([[say.name]]);
    expect(menu.text).toContain("سارا کیانی");
    // Everything of it is in the button: nothing has to be remembered.
    await bridge.restart();
    const said = () => topic.messages().filter(({ service }) => service === undefined).length;
    const before = said();
    const presses = [bridge.operators[0], reza, reza].map((by) => by && bridge.group.press(by, menu.id, say.name));
    const mark = await asked.isMarked("✓✓");
    expect(mark.id).toBe(menu.id);
    const [text = ""] = customer.received();
    expect(text).toMatch(say.text);
    expect(mark.text).toContain(text);
    expect(mark.text).toContain(say.wrote);
    await bridge.telegram.waitFor(() => presses.every((press) => press?.answer !== undefined), wait, "answers");
    expect(presses.slice(1).map((press) => press?.answer?.text)).toEqual([
      expect.stringContaining(say.late),
      expect.stringContaining(say.late),
    ]);
    expect(customer.received()).toHaveLength(1);
    expect(said()).toBe(before);
  },
);

test.each(["fa", "en"] as const)(
  "by its name it is sent, and its mark says what the customer got (%s)",
  async (language) => {
    const say = words[language];
    const { customer, topic } = await openTopic(withDesk({ language }));
    topic.operatorSays(say.add);
    await topic.shows(say.added);
    const mark = await topic.operatorSays(`/canned ${say.name}`).isMarked("✓✓");
    const [text = ""] = customer.received();
    expect(text).toMatch(say.nameless);
    expect(mark.text).toContain(text);
  },
);

test("in an undo window it can be taken back, and a colleague's answer of just now holds it", async () => {
  const { bridge, customer, topic } = await openTopic(withDesk({ undoSeconds: 30, collisionSeconds: 60 }));
  const [, reza] = bridge.operators;
  topic.operatorSays("/canned add ساعت ۹ تا ۵");
  await topic.shows("آماده است");
  const asked = topic.operatorSays("/canned");
  await bridge.telegram.waitFor(() => asked.marks()[0], wait, "a menu");
  asked.press("ساعت");
  const held = await asked.isMarked("⏳");
  expect(held.text).toContain("۹ تا ۵");
  topic.operatorSays("/canned add نشانی ولیعصر ۱۰");
  await topic.shows("جواب «نشانی»");
  const named = topic.operatorSays("/canned ساعت");
  await named.isMarked("⏳");
  named.edit("/canned نشانی");
  await bridge.telegram.waitFor(() => named.marks()[0]?.text.includes("ولیعصر"), wait, "the other answer in the mark");
  named.press(held.buttons.flat()[0] ?? "");
  await named.isMarked("⊘");
  const other = topic.operatorSays("/canned", { by: reza ?? expect.unreachable() });
  await bridge.telegram.waitFor(() => other.marks()[0], wait, "a menu");
  other.press("ساعت", reza);
  const collided = await other.isMarked("⏳");
  expect(collided.text).toContain("سارا");
  expect(collided.text).toContain("۹ تا ۵");
  asked.press(held.buttons.flat()[0] ?? "");
  await asked.isMarked("⊘");
  other.press("حالا بفرست", reza);
  await other.isMarked("✓✓");
  expect(customer.received()).toEqual(["۹ تا ۵"]);
});

test("without topics, and with reactions, it goes to the customer whose SMS was replied to", async () => {
  const bridge = await startBridge(withDesk({ layout: "replies", ticks: "reaction" }));
  const general = bridge.desk.topicView(undefined);
  general.operatorSays("/canned add ساعت ۹ تا ۵");
  await general.shows("آماده است");
  const customer = bridge.phone("09120000001");
  const other = bridge.phone("09120000002");
  await customer.sends("سلام");
  const post = await general.shows("سلام");
  await other.sends("درود");
  await general.shows("درود");
  const asked = general.operatorSays("/canned", { replyTo: post.id });
  await bridge.telegram.waitFor(() => asked.marks()[0], wait, "a menu");
  asked.press("ساعت");
  const mark = await asked.isMarked("✓✓");
  expect(mark.text).toContain("۹ تا ۵");
  expect(customer.received()).toEqual(["۹ تا ۵"]);
  expect(other.received()).toEqual([]);
});

test.each([
  ["fa", "این را کپی کنید"],
  ["en", "Copy this"],
] as const)(
  "/template in a topic becomes the command for this customer, and the customer gets the panel's text (%s)",
  async (language, copy) => {
    const { bridge, customer, topic } = await openTopic(withDesk({ language }));
    const asked = topic.operatorSays("/template");
    const menu = await bridge.telegram.waitFor(() => asked.marks()[0], wait, "a menu");
    asked.press("order-ready");
    const form = await bridge.telegram.waitFor(
      () => [bridge.group.message(menu.id)].find((one) => one?.text.includes(copy)),
      wait,
      "the command",
    );
    const { offset = 0, length = 0 } = form.entities[0] ?? {};
    expect(form.text.slice(offset, offset + length)).toBe("/template order-ready name order");
    await topic.operatorSays("/template order-ready سارا ۱۲").isMarked("✓✓");
    expect(customer.received()).toEqual(["سارا عزیز، سفارش ۱۲ آماده تحویل است."]);
  },
);

import { expect, test } from "vitest";
import { openTopic, withDesk } from "./open-topic.ts";
import { startBridge } from "./start-bridge.ts";

const claimLabel = { fa: "من جواب می‌دهم", en: "I'll take it" };

test.each(["fa", "en"] as const)(
  "the card tells who has the thread, and is edited, never posted again (%s)",
  async (language) => {
    const { bridge, topic } = await openTopic(withDesk({ language }));
    const [sara, reza] = bridge.operators;
    const card = () => topic.messages().find(({ buttons }) => buttons.flat().includes(claimLabel[language]));
    const first = card();
    if (!first || !sara || !reza) return expect.unreachable();
    const press = bridge.group.press(reza, first, claimLabel[language]);
    await bridge.telegram.waitFor(() => press.answer, 8000);
    const shown = () => topic.messages().find(({ id }) => id === first.id);
    await bridge.telegram.waitFor(() => shown()?.text.includes("رضا"), 8000, "the card naming رضا");
    expect(topic.messages().filter(({ text }) => text.startsWith("👤"))).toHaveLength(1);
    expect(shown()?.buttons.flat()).not.toContain(claimLabel[language]);
  },
);

test("the first answer claims; a second operator's of just now is held, says who answered, and leaves on their word", async () => {
  const { bridge, customer, topic } = await openTopic(withDesk({ collisionSeconds: 60 }));
  const [sara, reza] = bridge.operators;
  if (!sara || !reza) return expect.unreachable();
  const first = topic.operatorSays("بله، موجود است", { by: sara });
  await first.isMarked("✓✓");
  const second = topic.operatorSays("بله داریم", { by: reza });
  const mark = await second.isMarked("⏳");
  expect(mark.text).toContain("سارا");
  expect(customer.received()).toEqual(["بله، موجود است"]);
  second.press("حالا بفرست", reza);
  await second.isMarked("✓✓");
  expect(customer.received()).toEqual(["بله، موجود است", "بله داریم"]);
});

test("of simultaneous answers of two operators one leaves and the other one is held", async () => {
  const { bridge, customer, topic } = await openTopic(withDesk({ collisionSeconds: 60 }));
  const [sara, reza] = bridge.operators;
  if (!sara || !reza) return expect.unreachable();
  const replies = [topic.operatorSays("الف", { by: sara }), topic.operatorSays("ب", { by: reza })];
  await replies[0]?.isMarked("✓✓");
  const mark = await replies[1]?.isMarked("⏳");
  expect(mark?.text).toContain("سارا");
  replies[1]?.press("نفرست", reza);
  await replies[1]?.isMarked("⊘");
  expect(customer.received()).toEqual(["الف"]);
});

test("in a chat without topics the newest SMS carries the buttons, and they tell who has the customer", async () => {
  const bridge = await startBridge(withDesk({ layout: "replies" }));
  const customer = bridge.phone("09120000000");
  await customer.sends("سلام");
  await customer.sends("هستید؟");
  const post = await bridge.desk.topicView(undefined).shows("هستید؟");
  const [, reza] = bridge.operators;
  if (!reza) return expect.unreachable();
  const buttons = () => bridge.group.message(post.id)?.buttons.flat() ?? [];
  bridge.group.press(reza, post, claimLabel.fa);
  await bridge.telegram.waitFor(() => buttons().some((label) => label.includes("رضا")), 8000, "who has the customer");
  expect(buttons()).not.toContain(claimLabel.fa);
  bridge.group.press(reza, post, "ببند");
  await bridge.telegram.waitFor(() => buttons().includes("باز کن"), 8000, "the button that opens it again");
  await customer.sends("یک سؤال دیگر");
  const next = await bridge.desk.topicView(undefined).shows("یک سؤال دیگر");
  expect(next.buttons.flat()).toContain("ببند");
});

test("the card is pinned once it stands, and a restart neither pins nor edits it again", async () => {
  const { bridge, customer, topic } = await openTopic();
  const card = () => topic.messages().find(({ text }) => text.startsWith("👤"));
  await bridge.telegram.waitFor(() => card()?.isPinned, 8000, "a pinned card");
  await bridge.restart();
  await customer.sends("دوباره");
  await topic.shows("دوباره");
  expect(bridge.telegram.callsOf("pinChatMessage")).toHaveLength(1);
  expect(bridge.telegram.callsOf("editMessageText")).toEqual([]);
});

test("of two who take a customer at the same moment one has them, and the other one is told who", async () => {
  const { bridge, topic } = await openTopic();
  const [sara, reza] = bridge.operators;
  const card = () => topic.messages().find(({ text }) => text.startsWith("👤"));
  const first = card();
  if (!first || !sara || !reza) return expect.unreachable();
  const presses = [sara, reza].map((by) => bridge.group.press(by, first, claimLabel.fa));
  await bridge.telegram.waitFor(() => presses.every(({ answer }) => answer), 8000, "answers to both");
  const answers = presses.map(({ answer }) => answer?.text);
  expect(answers[0]).toBe("دست شماست.");
  expect(answers[1]).toContain("دست سارا است");
  await bridge.telegram.waitFor(() => card()?.text.includes("سارا"), 8000, "the card naming سارا");
  expect(card()?.text).not.toContain("رضا");
});

// A card tells whose turn it is when that has stayed so for twenty seconds.
const speed = 40;
const windowSeconds = 3600;
const cardMs = 20_000 * speed;

test.each(["button", "note"] as const)(
  "who waited for answers that were all taken back (by a %s) still waits, and a colleague's collides with none",
  async (way) => {
    const { bridge, customer, topic } = await openTopic({ ...withDesk({ undoSeconds: windowSeconds }), speed });
    const [sara, reza] = bridge.operators;
    if (!sara || !reza) return expect.unreachable();
    const card = () => topic.messages().find(({ text }) => text.startsWith("👤"))?.text ?? "";
    const replies = ["اشتباه", "باز هم اشتباه"].map((text) => topic.operatorSays(text, { by: sara }));
    for (const reply of replies) await reply.isMarked("⏳");
    await bridge.telegram.waitFor(() => card().includes("جواب گرفته"), cardMs, "a card that tells of an answer");
    for (const reply of replies) {
      if (way === "button") reply.press("نفرست", sara);
      else reply.edit("// بی‌خیال");
      await reply.isMarked("⊘");
    }
    await bridge.telegram.waitFor(() => card().includes("سارا به آن رسیدگی می‌کند"), cardMs, "a customer who waits");
    const other = topic.operatorSays("بله", { by: reza });
    const mark = await other.isMarked("⏳");
    expect(mark.buttons.flat()).not.toContain("حالا بفرست");
    await bridge.telegram.waitFor(() => card().includes("جواب گرفته"), cardMs, "a card that tells of the other answer");
    expect(customer.received()).toEqual([]);
  },
);

test("who waits for an answer that was put off is not answered until it leaves", async () => {
  const { bridge, customer, topic } = await openTopic({ ...withDesk({ undoSeconds: windowSeconds }), speed });
  const card = () => topic.messages().find(({ text }) => text.startsWith("👤"))?.text ?? "";
  const reply = topic.operatorSays("فردا خبر می‌دهم");
  await reply.isMarked("⏳");
  await bridge.telegram.waitFor(() => card().includes("جواب گرفته"), cardMs, "a card that tells of an answer");
  reply.press("بعداً");
  await bridge.telegram.waitFor(() => card().includes("سارا به آن رسیدگی می‌کند"), cardMs, "a customer who waits");
  expect(customer.received()).toEqual([]);
});

test("an answer that the panel refuses leaves its customer waiting; «Try again» answers them, also what they wrote since", async () => {
  const { bridge, customer, topic } = await openTopic({ speed });
  const card = () => topic.messages().find(({ text }) => text.startsWith("👤"))?.text ?? "";
  bridge.asanak.mode({ kind: "refuse", refusal: { http: 402, code: 1006, message: "Not enough credit." } });
  const reply = topic.operatorSays("چشم");
  const mark = await reply.isMarked("✗");
  await bridge.telegram.waitFor(() => card().includes("سارا به آن رسیدگی می‌کند"), cardMs, "a customer who waits");
  await customer.sends("هستید؟");
  await topic.shows("هستید؟");
  bridge.asanak.mode({ kind: "slow", ms: 600_000 });
  reply.press(mark.buttons.flat()[0] ?? "");
  await bridge.telegram.waitFor(() => card().includes("جواب گرفته"), cardMs, "a card that tells of an answer");
});

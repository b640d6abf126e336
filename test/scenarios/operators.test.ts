import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { openTopic, withDesk } from "./open-topic.ts";
import { signOf } from "./start-bridge.ts";

test("two operators who answer at once: both leave once, in the order Telegram gives them, each with its own mark", async () => {
  const { bridge, customer, topic } = await openTopic(withDesk({ collisionSeconds: 0 }));
  const [sara, reza] = bridge.operators;
  if (!sara || !reza) return expect.unreachable();
  const replies = Array.from({ length: 3 }, (_, n) => [
    topic.operatorSays(`سارا ${n}`, { by: sara }),
    topic.operatorSays(`رضا ${n}`, { by: reza }),
  ]).flat();
  for (const reply of replies) await reply.isMarked("✓✓");
  expect(customer.received()).toEqual(replies.map(({ message }) => message.text));
  expect(replies.map((reply) => reply.marks().length)).toEqual(replies.map(() => 1));
});

test("an equal answer of two operators is two SMS: nobody knows that one of them was not meant", async () => {
  const { bridge, customer, topic } = await openTopic(withDesk({ collisionSeconds: 0 }));
  for (const by of bridge.operators.slice(0, 2)) topic.operatorSays("بله", { by });
  await bridge.phones.waitFor(() => customer.received().length === 2, 8000);
  await pause(300);
  expect(customer.received()).toEqual(["بله", "بله"]);
});

test("an answer that waits for its panel can be edited and cancelled until it leaves, by anybody at the desk", async () => {
  const { bridge, customer, topic } = await openTopic();
  const [, reza] = bridge.operators;
  await bridge.asanak.network.refuse();
  const edited = topic.operatorSays("ساعت ۵");
  const note = topic.operatorSays("این یکی نرود");
  const cancelled = topic.operatorSays("این هم نرود");
  const mark = await cancelled.isMarked("⏳");
  edited.edit("ساعت ۶");
  note.edit("// این یکی نرود");
  cancelled.press(mark.buttons.flat()[0] ?? "", reza);
  const stopped = await cancelled.isMarked("⊘");
  expect(stopped.text).toContain("رضا");
  await note.isMarked("⊘");
  await bridge.asanak.network.listen();
  await customer.gets("ساعت ۶", 15_000);
  await edited.isMarked("✓✓");
  await pause(500);
  expect(customer.received()).toEqual(["ساعت ۶"]);
});

test("two operators who press «Cancel» and edit in the same moment leave one outcome, and the mark tells it", async () => {
  const { bridge, customer, topic } = await openTopic(withDesk({ undoSeconds: 2 }));
  const [sara, reza] = bridge.operators;
  const reply = topic.operatorSays("نخست");
  const mark = await reply.isMarked("⏳");
  const presses = [sara, reza, sara].map((by) => reply.press(mark.buttons.flat()[0] ?? "", by));
  reply.edit("دوم");
  await reply.isMarked("⊘");
  await bridge.telegram.waitFor(() => presses.every(({ answer }) => answer !== undefined), 8000);
  await pause(2500);
  expect(customer.received()).toEqual([]);
  expect(reply.marks().filter(({ text }) => signOf(text) !== undefined)).toHaveLength(1);
});

test("a message that its operator deletes is an SMS all the same, for bots hear of no deletion; its mark stands by itself", async () => {
  const { bridge, customer, topic } = await openTopic();
  await bridge.asanak.network.refuse();
  const reply = topic.operatorSays("پاک شد");
  bridge.group.remove(reply.message);
  await bridge.asanak.network.listen();
  await customer.gets("پاک شد", 15_000);
  const isMarked = () => topic.texts().some((text) => /✓✓/.test(text));
  await bridge.telegram.waitFor(isMarked, 8000, "a mark without its message");
  expect(customer.received()).toEqual(["پاک شد"]);
});

test("a note never leaves, whatever becomes of it", async () => {
  const { bridge, customer, topic } = await openTopic();
  const note = topic.operatorSays("// بدحساب است");
  note.edit("//بدحساب است، دقت کنید");
  await bridge.restart();
  note.edit("بدحساب نیست");
  topic.operatorSays("در خدمتم");
  await customer.gets("در خدمتم");
  await pause(300);
  expect(bridge.sentTo(customer)).toEqual(["در خدمتم"]);
});

test("nothing is answered by itself: not an SMS of our own line, of a short code, of a name, nor the same over and over", async () => {
  const { bridge } = await openTopic();
  const line = "982164063188";
  for (const from of [line, "30001234", "8282", "Bank Melli", "09120000000"]) {
    for (let n = 0; n < 5; n++) {
      const time = `2026-11-22 12:00:0${n}`;
      expect((await bridge.asanak.push({ from, to: line, text: "پاسخ خودکار", time })).status).toBe(200);
    }
  }
  const shown = () => bridge.group.messages().flatMap(({ text }) => text.match(/پاسخ خودکار/g) ?? []);
  await bridge.telegram.waitFor(() => shown().length === 25, 8000, "every SMS shown");
  await pause(500);
  expect(bridge.asanak.ledger).toEqual([]);
});

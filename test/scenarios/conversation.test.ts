import { expect, test } from "vitest";
import { startBridge } from "./start-bridge.ts";

test("a customer's SMS appears in a topic of its own, the answer leaves as SMS, and its ticks move", async () => {
  const { phone, desk } = await startBridge();
  const customer = phone("0912 000 0000");
  await customer.sends("سلام");
  const topic = await desk.topicOf("0912 000 0000");
  await topic.shows("سلام");
  const reply = topic.operatorSays("در خدمتم");
  await customer.gets("در خدمتم");
  await reply.isMarked("✓✓");
  expect(reply.marks()).toHaveLength(1);
});

test("the first message of a topic is a card with the number and the line", async () => {
  const { phone, desk } = await startBridge();
  await phone("09120000000").sends("سلام");
  const topic = await desk.topicOf("09120000000");
  await topic.shows("سلام");
  const [card, sms] = topic.messages().filter(({ service, from }) => service === undefined && from.isBot);
  expect(card?.text).toContain("0912 000 0000");
  expect(card?.text.replace(/\D/g, "")).toContain("64063188");
  expect(sms?.text).toContain("سلام");
});

test("ten SMS of a new number at once make one topic, each text once, in order", async () => {
  const { phone, desk, telegram } = await startBridge();
  const texts = Array.from({ length: 10 }, (_, n) => `پیام ${n}`);
  await Promise.all(texts.map((text) => phone("09120000000").sends(text)));
  const topic = await desk.topicOf("09120000000");
  await telegram.waitFor(() => topic.texts().filter((text) => text.startsWith("پیام")).length === 10);
  expect(desk.topics()).toHaveLength(1);
  expect(topic.texts().filter((text) => text.startsWith("پیام"))).toEqual(texts);
});

test("a push that is repeated is shown once", async () => {
  const { asanak, desk, phone } = await startBridge();
  const sms = { from: "09120000000", to: "982164063188", text: "سلام", time: "2026-11-22 12:00:00" };
  for (let n = 0; n < 3; n++) expect((await asanak.push(sms)).status).toBe(200);
  await phone("09120000000").sends("بعدی");
  const topic = await desk.topicOf("09120000000");
  await topic.shows("بعدی");
  expect(topic.texts().filter((text) => text.includes("سلام"))).toHaveLength(1);
});

test("answers of one thread leave in the order in which they were written", async () => {
  const { phone, desk } = await startBridge();
  const customer = phone("09120000000");
  await customer.sends("سلام");
  const topic = await desk.topicOf("09120000000");
  await topic.shows("سلام");
  const texts = Array.from({ length: 6 }, (_, n) => `پاسخ ${n}`);
  for (const text of texts) topic.operatorSays(text);
  await customer.gets("پاسخ 5");
  expect(customer.received()).toEqual(texts);
});

test("two customers have two topics, and an answer goes to the one it was written for", async () => {
  const { phone, desk } = await startBridge();
  await phone("09120000001").sends("یک");
  await phone("09120000002").sends("دو");
  const first = await desk.topicOf("09120000001");
  const second = await desk.topicOf("09120000002");
  await first.shows("یک");
  await second.shows("دو");
  second.operatorSays("برای دومی");
  await phone("09120000002").gets("برای دومی");
  expect(phone("09120000001").received()).toEqual([]);
});

test("the state of a handset that is off is not told as delivered before it is", async () => {
  const { phone, desk } = await startBridge();
  const customer = phone("09120000000");
  await customer.sends("سلام");
  const topic = await desk.topicOf("09120000000");
  await topic.shows("سلام");
  customer.switchOff();
  const reply = topic.operatorSays("هستید؟");
  await reply.isMarked("✓");
  await new Promise((resolve) => setTimeout(resolve, 1500));
  expect(reply.marks()[0]?.text.startsWith("✓✓")).toBe(false);
  customer.switchOn();
  await reply.isMarked("✓✓");
});

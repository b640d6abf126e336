import { expect, test } from "vitest";
import { startBridge } from "./start-bridge.ts";

test("while a right is missing SMS stand in General, and once it is given topics open at once", async () => {
  const { desk, group, phone, telegram } = await startBridge();
  group.setBot("administrator", { can_manage_topics: false });
  await phone("09120000001").sends("بی‌تاپیک");
  await desk.topicView(undefined).shows("بی‌تاپیک");
  group.setBot("administrator");
  await telegram.waitFor(() => telegram.pendingUpdates() === 0);
  await phone("09120000001").sends("با تاپیک");
  const topic = await desk.topicOf("09120000001");
  await topic.shows("با تاپیک");
});

test("topics that are switched on are used from the next message on", async () => {
  const { desk, group, phone, telegram, operators } = await startBridge();
  group.setForum(false);
  await phone("09120000002").sends("پشت سر هم");
  await desk.topicView(undefined).shows("پشت سر هم");
  group.setForum(true);
  const [sara = telegram.user()] = operators;
  group.say(sara, "تاپیک‌ها را روشن کردم");
  await telegram.waitFor(() => telegram.pendingUpdates() === 0);
  await phone("09120000002").sends("جدا");
  await (await desk.topicOf("09120000002")).shows("جدا");
});

test("a deleted topic is made anew, General hears of it once, and an edit in it makes no SMS", async () => {
  const { desk, group, phone, telegram, sentTo } = await startBridge();
  const customer = phone("09120000003");
  await customer.sends("سلام");
  const old = await desk.topicOf("09120000003");
  await old.shows("سلام");
  group.deleteTopic(old.id ?? 0);
  await customer.sends(`اول${" ".repeat(9000)}آخر`);
  const topic = await desk.topicOf("09120000003");
  await topic.shows("آخر");
  await desk.topicView(undefined).shows("تاپیک یک مشتری پاک شده بود");
  const note = topic.operatorSays("// بدقول است");
  await telegram.waitFor(() => telegram.pendingUpdates() === 0);
  note.edit("بدقول است");
  await telegram.waitFor(() => note.marks().length === 1);
  expect(note.marks()[0]?.text).toContain("با ویرایش چیزی فرستاده نمی‌شود");
  topic.operatorSays("در خدمتم");
  await customer.gets("در خدمتم");
  expect(sentTo(customer)).toEqual(["در خدمتم"]);
});

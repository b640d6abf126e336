import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { openConversation, openTopic, withDesk } from "./open-topic.ts";
import { startBridge } from "./start-bridge.ts";

/** A minute is a second. */
const speed = 60;
const longMs = 60_000 * speed;
const never = 90_000;

test.each([
  ["fa", /⏰ [۰-۹]+ دقیقه است که .*0912 000 0000/, "هنوز کسی سراغش نرفته"],
  ["en", /0912 000 0000 has waited for \d+ minutes/, "nobody has taken it yet"],
] as const)(
  "who waits is told of in the topic, each age once, the newer in the place of the older (%s)",
  async (language, first, nobody) => {
    const { bridge, customer, topic } = await openTopic({
      speed,
      ...withDesk({ language, reminderSeconds: [120, 300, never] }),
    });
    const reminders = () => topic.messages().filter(({ text }) => text.includes("⏰"));
    await bridge.telegram.waitFor(() => reminders().length > 0, longMs, "the first reminder");
    expect(reminders()[0]?.text).toMatch(first);
    expect(reminders()[0]?.text).toContain(nobody);
    const [{ id } = { id: 0 }] = reminders();
    await bridge.telegram.waitFor(() => reminders().some((one) => one.id !== id), longMs, "the second reminder");
    await bridge.telegram.waitFor(() => reminders().length === 1, longMs, "the first one taken back");
    topic.operatorSays("در خدمتم");
    await customer.gets("در خدمتم", longMs);
    await pause(2000);
    expect(reminders()).toHaveLength(1);
    expect(
      bridge.telegram.callsOf("sendMessage").filter(({ parameters }) => String(parameters.text).includes("⏰")),
    ).toHaveLength(2);
  },
  120_000,
);

test("a bridge that was down over every age reminds once, and not again after the next start", async () => {
  const { bridge, topic } = await openTopic({ speed, ...withDesk({ reminderSeconds: [600, 660, 720] }) });
  await bridge.stop();
  await pause(13_000);
  await bridge.restart();
  const said = () =>
    bridge.telegram.callsOf("sendMessage").filter(({ parameters }) => String(parameters.text).includes("⏰"));
  await bridge.telegram.waitFor(() => said().length > 0, longMs, "the reminder");
  await bridge.restart();
  await pause(3000);
  expect(said()).toHaveLength(1);
  expect(topic.messages().filter(({ text }) => text.includes("⏰"))).toHaveLength(1);
}, 120_000);

test("the last reminder goes in private to the chiefs who have started the bot; for the others the desk is told once how to", async () => {
  // The simulator numbers people in the order in which they come.
  const chiefs = [500_000_001, 500_000_002];
  const bridge = await startBridge({ speed, ...withDesk({ reminderSeconds: [60, 120], chiefs }) });
  const [sara, reza] = bridge.operators;
  if (!sara || !reza) return expect.unreachable();
  expect([sara.id, reza.id]).toEqual(chiefs);
  const chat = bridge.telegram.privateChat(sara);
  chat.say(sara, "/start");
  await bridge.telegram.waitFor(() => chat.messages().some(({ text }) => text.includes("خبرتان می‌کنم")), longMs);
  const told = () => chat.messages().filter(({ text }) => text.includes("⏰"));
  const { topic } = await openConversation(bridge, "09120000001");
  await bridge.telegram.waitFor(() => told().length > 0, longMs, "the chief told");
  const link = told()[0]?.entities.find(({ type }) => type === "text_link");
  expect(link).toMatchObject({ url: `https://t.me/c/${String(bridge.group.id).slice(4)}/${topic.id}` });
  await bridge.desk.isTold(/رضا.*@chapar_sandbox_bot/);
  await openConversation(bridge, "09120000002");
  await bridge.telegram.waitFor(() => told().length > 1, longMs, "the chief told again");
  await bridge.restart();
  await openConversation(bridge, "09120000003");
  await bridge.telegram.waitFor(() => told().length > 2, longMs, "the chief told once more");
  await pause(1000);
  expect(told()).toHaveLength(3);
  expect(bridge.desk.told(/رضا/)).toHaveLength(1);
}, 120_000);

test("what was put off comes back with its last lines, and not when the customer has written before", async () => {
  const { bridge, customer, topic } = await openTopic({ speed, ...withDesk({ reminderSeconds: [never] }) });
  const { conversations } = bridge.app.bridge;
  const other = await openConversation(bridge, "09120000005");
  await topic.operatorSays("الان نگاه می‌کنم").isMarked("✓✓");
  const snooze = async (peer: string, minutes: number) => {
    const { activeAt = 0 } = (await conversations.find(`support/${peer}`)) ?? {};
    const { conversation } = await conversations.snooze(`support/${peer}`, activeAt + minutes * 60_000);
    return conversation;
  };
  expect(await snooze("+989120000000", 4)).toMatchObject({ due: expect.any(Number) });
  await snooze("+989120000005", 15);
  await other.customer.sends("باز هم منم");
  const back = await topic.shows("کنار گذاشته بودید");
  expect(back.text).toMatch(/سلام.*\n.*سارا.*الان نگاه می‌کنم/);
  await pause(14_000);
  expect(other.topic.messages().filter(({ text }) => text.startsWith("📆"))).toHaveLength(0);
  expect(topic.messages().filter(({ text }) => text.startsWith("📆"))).toHaveLength(1);
  topic.operatorSays("برگشتم سراغتان");
  await customer.gets("برگشتم سراغتان", longMs);
}, 120_000);

test("a button of the card puts a thread off for an hour, and another one brings it back at once", async () => {
  const { bridge, topic } = await openTopic({ speed, ...withDesk({ reminderSeconds: [never] }) });
  const [sara] = bridge.operators;
  const card = () => topic.messages().find(({ text }) => text.startsWith("👤"));
  const isBack = () => topic.messages().filter(({ text }) => text.startsWith("📆")).length;
  async function press(label: string): Promise<void> {
    const hasButton = () => card()?.buttons.flat().includes(label);
    await bridge.telegram.waitFor(hasButton, longMs, label);
    const shown = card();
    if (sara && shown) bridge.group.press(sara, shown, label);
  }
  await press("📆 یک ساعت دیگر");
  await press("همین حالا برگردان");
  await press("📆 فردا ساعت ۹");
  await press("همین حالا برگردان");
  await bridge.telegram.waitFor(() => card()?.buttons.flat().includes("📆 یک ساعت دیگر"), longMs, "the card as before");
  expect(isBack()).toBe(0);
}, 120_000);

test("after silence a thread is closed without a word, and the next SMS opens it", async () => {
  const { bridge, customer, topic } = await openTopic({
    speed,
    ...withDesk({ reminderSeconds: [], closeAfterSeconds: 180 }),
  });
  topic.operatorSays("در خدمتم");
  await customer.gets("در خدمتم", longMs);
  const said = topic.messages().length;
  const card = () => topic.messages().find(({ text }) => text.startsWith("👤"));
  await bridge.telegram.waitFor(() => card()?.text.includes("✅"), longMs, "the card closed");
  expect(topic.messages().filter(({ from }) => from.isBot).length).toBeLessThanOrEqual(said + 1);
  await customer.sends("یک چیز دیگر");
  await bridge.telegram.waitFor(() => !card()?.text.includes("✅"), longMs, "the card open");
  await topic.shows("یک چیز دیگر");
}, 120_000);

test("many who wait at once are told of in one message, each with a link to its topic", async () => {
  const bridge = await startBridge({ speed, ...withDesk({ reminderSeconds: [1200] }) });
  const opened = [];
  for (let n = 0; n < 5; n++) opened.push(await openConversation(bridge, `0912000001${n}`));
  await bridge.stop();
  await pause(21_000);
  await bridge.restart();
  const list = await bridge.desk.isTold("⏰");
  const links = list.entities.filter(({ type }) => type === "text_link").map((entity) => Reflect.get(entity, "url"));
  const group = String(bridge.group.id).slice(4);
  expect(links).toEqual(opened.map(({ topic }) => `https://t.me/c/${group}/${topic.id}`));
  await pause(2000);
  const said = bridge.telegram
    .callsOf("sendMessage")
    .filter(({ parameters }) => String(parameters.text).includes("⏰"));
  expect(said).toHaveLength(1);
}, 120_000);

test("without topics it stands under the SMS, and whoever replies to it answers the customer", async () => {
  const bridge = await startBridge({ speed, ...withDesk({ layout: "replies", reminderSeconds: [60, never] }) });
  const [sara] = bridge.operators;
  const customer = bridge.phone("09120000000");
  await customer.sends("سلام");
  const post = await bridge.desk.isTold("سلام");
  const reminder = await bridge.desk.isTold("⏰");
  expect(reminder.replyTo).toBe(post.id);
  if (sara) bridge.group.say(sara, "در خدمتم", { replyTo: reminder });
  await customer.gets("در خدمتم", longMs);
}, 120_000);

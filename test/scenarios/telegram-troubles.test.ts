import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { openConversation, openTopic, withDesk } from "./open-topic.ts";
import { type Bridge, startBridge } from "./start-bridge.ts";

const speed = 60;
/** In the world's own time: a minute in life. */
const longMs = 60_000 * speed;

const countOf = (texts: readonly string[], text: string) => texts.filter((one) => one === text).length;

/** Telegram answers this to every call until it is taken back. */
function refuseAll({ telegram }: Bridge, code: number, description: string): () => void {
  return telegram.fail("*", { code, description, times: Number.POSITIVE_INFINITY });
}

test("Telegram down for ten minutes under load, limits as in life: nothing lost, order kept, and cleared afterwards", async () => {
  const bridge = await startBridge({ speed, limits: {}, configure: asInLife });
  const peers = Array.from({ length: 5 }, (_, n) => `0912000000${n}`);
  const customers = peers.map((number) => bridge.phone(number));
  for (const customer of customers) await customer.sends("سلام");
  for (const number of peers) await (await bridge.desk.topicOf(number)).shows("سلام");
  const waiting = (await bridge.desk.topicOf(peers[0] ?? "")).operatorSays("پیش از قطعی");
  await bridge.telegram.waitFor(() => bridge.telegram.pendingUpdates() === 0, longMs);

  await bridge.telegram.network.downFor(10 * 60_000);
  const texts: string[] = [];
  for (let round = 0; round < 10; round++) {
    texts.push(`دقیقه ${round}`);
    for (const customer of customers) expect((await customer.sends(texts.at(-1) ?? "")).status).toBe(200);
    await pause(900);
  }
  // Meanwhile an answer that had been read goes its way.
  expect(customers[0]?.received()).toEqual(["پیش از قطعی"]);

  const shownTo = (number: string) => {
    const topic = bridge.desk.topics().find(({ name }) => name.replace(/\D/g, "").endsWith(number.slice(-4)));
    const all = bridge.group.messages(topic?.id ?? "general").filter(({ from }) => from.isBot);
    return all.flatMap(({ text }) => text.split("\n")).filter((text) => text.startsWith("دقیقه"));
  };
  const isCleared = () => peers.every((number) => texts.every((text) => shownTo(number).includes(text)));
  await bridge.telegram.waitFor(isCleared, longMs, "every SMS shown");
  for (const number of peers) expect(shownTo(number)).toEqual(texts);
  await waiting.isMarked("✓✓");
  expect(bridge.desk.topics()).toHaveLength(peers.length);
  expect(bridge.problems).toEqual([]);
}, 120_000);

/** Telegram's limits. */
function asInLife<C extends { telegram: object }>(config: C): C {
  const limits = { groupPerMinute: 20, privatePerSecond: 1, globalPerSecond: 30 };
  return { ...config, telegram: { ...config.telegram, limits } };
}

test("a token that is revoked and given back: SMS and answers wait, nothing is lost or doubled, and health says why", async () => {
  const { bridge, customer, topic } = await openTopic({ speed });
  const giveBack = refuseAll(bridge, 401, "Unauthorized");
  expect((await customer.sends("هنگام ابطال")).status).toBe(200);
  const health = async () => JSON.stringify(await (await fetch(`${bridge.app.url}/healthz`)).json());
  await expect.poll(health, { timeout: 15_000 }).toContain("bad-token");
  // At such a speed a busy machine may take too long for one look at the store.
  const ready = async () => (await fetch(`${bridge.app.url}/readyz`)).status;
  await expect.poll(ready, { timeout: 15_000 }).toBe(200);
  topic.operatorSays("پاسخ هنگام ابطال");
  await pause(1500);
  expect(customer.received()).toEqual([]);
  giveBack();
  await customer.gets("پاسخ هنگام ابطال", longMs);
  await bridge.telegram.waitFor(() => countOf(topic.texts(), "هنگام ابطال") === 1, longMs);
  await expect.poll(health, { timeout: 15_000 }).not.toContain("bad-token");
  expect(bridge.sentTo(customer)).toEqual(["پاسخ هنگام ابطال"]);
}, 60_000);

test("a bot that is removed from the group waits, and goes on in the same topic when it is back", async () => {
  const { bridge, customer, topic } = await openTopic();
  bridge.group.setBot("kicked");
  const texts = ["یک", "دو", "سه"];
  for (const text of texts) expect((await customer.sends(text)).status).toBe(200);
  await pause(1500);
  expect(countOf(topic.texts(), "یک")).toBe(0);
  bridge.group.setBot("administrator");
  await topic.shows("سه");
  expect(topic.texts().filter((text) => texts.includes(text))).toEqual(texts);
  expect(bridge.desk.topics()).toHaveLength(1);
  const reply = topic.operatorSays("برگشتم");
  await customer.gets("برگشتم");
  await reply.isMarked("✓✓");
});

test("a bot that is no administrator any more says so once, though it is demoted and restarted; and goes on when it is one", async () => {
  const { bridge, customer, topic } = await openTopic();
  bridge.group.setBot("member");
  await bridge.desk.isTold("مدیر این گروه نیستم");
  await bridge.restart();
  await customer.sends("هنوز می‌رسد");
  await bridge.telegram.waitFor(() => bridge.group.messages().some(({ text }) => text.includes("هنوز می‌رسد")), 8000);
  expect(bridge.desk.told("مدیر این گروه نیستم")).toHaveLength(1);
  bridge.group.setBot("administrator");
  topic.operatorSays("حالا");
  await customer.gets("حالا");
});

test("the group becomes a supergroup in the middle of a conversation: what waits follows, and its mark too", async () => {
  const bridge = await startBridge(withDesk({ layout: "replies" }));
  const customer = bridge.phone("09120000000");
  await customer.sends("پیش از کوچ");
  const room = bridge.desk.topicView(undefined);
  const post = await room.shows("پیش از کوچ");
  await bridge.asanak.network.refuse();
  const reply = room.operatorSays("پاسخ", { replyTo: post });
  await reply.isMarked("⏳");
  const next = bridge.group.migrate();
  await bridge.asanak.network.listen();
  await customer.gets("پاسخ", 15_000);
  for (const text of ["یک", "دو"]) await customer.sends(text);
  const shown = () => next.messages().filter(({ from, text }) => from.isBot && /یک|دو/.test(text));
  await bridge.telegram.waitFor(() => shown().length === 2, 8000);
  await bridge.restart();
  await customer.sends("پس از راه‌اندازی");
  const last = await bridge.telegram.waitFor(
    () => next.messages().find(({ text }) => text.includes("پس از راه‌اندازی")),
    8000,
  );
  next.say(bridge.operators[0] ?? bridge.telegram.user(), "در جای نو", { replyTo: last });
  await customer.gets("در جای نو");
  expect(bridge.sentTo(customer)).toEqual(["پاسخ", "در جای نو"]);
});

test("a closed topic is opened again for the next SMS, and an answer in it leaves", async () => {
  const { bridge, customer, topic } = await openTopic();
  const [sara = bridge.telegram.user()] = bridge.operators;
  bridge.group.closeTopic(sara, topic.id ?? 0);
  await customer.sends("باز کنید");
  await topic.shows("باز کنید");
  expect(bridge.desk.topics().map(({ isClosed }) => isClosed)).toEqual([false]);
  topic.operatorSays("باز شد");
  await customer.gets("باز شد");
});

test("an archived topic that is still in the list is not found by Telegram: another one is made, the old one still answers", async () => {
  const { bridge, customer, topic } = await openTopic();
  bridge.telegram.fail("sendMessage", {
    code: 400,
    description: "Bad Request: message thread not found",
    times: Number.POSITIVE_INFINITY,
    match: ({ message_thread_id }) => message_thread_id === topic.id,
  });
  await customer.sends("پس از یک میلیون");
  const fresh = await bridge.telegram.waitFor(() => bridge.desk.topics().find(({ id }) => id !== topic.id), 8000);
  await bridge.desk.topicView(fresh.id).shows("پس از یک میلیون");
  await bridge.desk.isTold("تاپیک یک مشتری پاک شده بود");
  topic.operatorSays("از تاپیک کهنه");
  await customer.gets("از تاپیک کهنه");
  expect(bridge.sentTo(customer)).toEqual(["از تاپیک کهنه"]);
});

test("more than five topics gone within a minute: no more are made, SMS stand in General, told once; later topics again", async () => {
  const bridge = await startBridge({ speed });
  const peers = Array.from({ length: 8 }, (_, n) => `0912000000${n}`);
  for (const number of peers) await openConversation(bridge, number);
  for (const { id } of [...bridge.desk.topics()]) bridge.group.deleteTopic(id);
  for (const number of peers) await bridge.phone(number).sends(`گم‌شده ${number}`);
  const all = () => bridge.group.messages().filter(({ text }) => text.includes("گم‌شده"));
  await bridge.telegram.waitFor(() => all().length >= peers.length, longMs);
  expect(all()).toHaveLength(peers.length);
  const made = bridge.desk.topics().length;
  expect(made).toBeLessThanOrEqual(5);
  await bridge.desk.isTold("چند تاپیک پاک شد");
  for (const number of peers) await bridge.phone(number).sends(`دوباره ${number}`);
  await bridge.telegram.waitFor(
    () => bridge.group.messages().filter(({ text }) => text.includes("دوباره")).length === peers.length,
    longMs,
  );
  expect(bridge.desk.told("چند تاپیک پاک شد")).toHaveLength(1);
  // Ten minutes later.
  await pause(10_500);
  await bridge.phone(peers[7] ?? "").sends("حالا");
  await (await bridge.desk.topicOf(peers[7] ?? "")).shows("حالا");
}, 60_000);

test("without the right to manage topics it is told once, not for each SMS, and topics come back with the right", async () => {
  const bridge = await startBridge();
  bridge.group.setBot("administrator", { can_manage_topics: false });
  const peers = Array.from({ length: 6 }, (_, n) => `0912000000${n}`);
  for (const number of peers) await bridge.phone(number).sends(`از ${number}`);
  await bridge.telegram.waitFor(() => bridge.desk.told("از 0912").length === peers.length, 8000);
  expect(bridge.desk.told("نمی‌توانم برای مشتری‌ها تاپیک باز کنم")).toHaveLength(1);
  bridge.group.setBot("administrator");
  await bridge.telegram.waitFor(() => bridge.telegram.pendingUpdates() === 0);
  await bridge.phone(peers[0] ?? "").sends("با تاپیک");
  await (await bridge.desk.topicOf(peers[0] ?? "")).shows("با تاپیک");
});

test("a group in which nobody but administrators may write holds SMS back, and shows each once when the bot may write", async () => {
  const { bridge, customer, topic } = await openTopic();
  const allow = bridge.telegram.fail("sendMessage", {
    code: 400,
    description: "Bad Request: not enough rights to send text messages to the chat",
    times: Number.POSITIVE_INFINITY,
  });
  const texts = ["یک", "دو"];
  for (const text of texts) await customer.sends(text);
  const reply = topic.operatorSays("پاسخ");
  await customer.gets("پاسخ");
  await pause(1000);
  allow();
  await bridge.telegram.waitFor(() => topic.texts().includes("دو"), 40_000);
  expect(topic.texts().filter((text) => texts.includes(text))).toEqual(texts);
  await bridge.telegram.waitFor(() => reply.marks().some(({ text }) => text.startsWith("✓✓")), 40_000);
}, 60_000);

test("a bot that may not pin shows everything all the same", async () => {
  const bridge = await startBridge();
  bridge.group.setBot("administrator", { can_pin_messages: false });
  const { customer, topic } = await openConversation(bridge, "09120000000");
  topic.operatorSays("در خدمتم");
  await customer.gets("در خدمتم");
  expect(bridge.problems).toEqual([]);
});

test("a second program that polls with the same token: no SMS twice, the desk hears of it once, and of its end", async () => {
  const { bridge, customer, topic } = await openTopic({ speed });
  const { telegram } = bridge;
  let isThere = true;
  const rival = (async () => {
    while (isThere) {
      // It confirms nothing, so that what it reads still comes to us.
      await fetch(`${telegram.url}/bot${telegram.token}/getUpdates?timeout=1`).then((answer) => answer.text());
      await pause(20);
    }
  })();
  await bridge.telegram.waitFor(() => bridge.desk.told("برنامه‌ی دیگری هم").length > 0, longMs, "the notice");
  const texts = Array.from({ length: 5 }, (_, n) => `پاسخ ${n}`);
  for (const text of texts) topic.operatorSays(text);
  await customer.gets("پاسخ 4", longMs);
  isThere = false;
  await rival;
  await bridge.telegram.waitFor(() => bridge.desk.told("از این ربات جدا شد").length > 0, longMs, "that it is gone");
  expect(bridge.desk.told("برنامه‌ی دیگری هم")).toHaveLength(1);
  expect(bridge.sentTo(customer)).toEqual(texts);
}, 90_000);

test("a reaction that the chat refuses in the middle becomes words, with no old sign beside them", async () => {
  const { bridge, topic } = await openTopic({ ...withDesk({ ticks: "reaction" }), deliverAfterMs: 1500 });
  const reply = topic.operatorSays("در خدمتم");
  const reactions = () => bridge.group.message(reply.message)?.reactions ?? [];
  await bridge.telegram.waitFor(() => reactions().includes("✍"), 8000);
  bridge.group.allowReactions(["🔥"]);
  await reply.isMarked("✓✓");
  expect(reactions()).toEqual([]);
});

import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { threadOf } from "../../../src/core/model/thread.ts";
import type { Group, GroupOptions } from "../../../src/sandbox/telegram/group.ts";
import type { TelegramSimulator } from "../../../src/sandbox/telegram/server.ts";
import type { User } from "../../../src/sandbox/telegram/types.ts";
import { placeOf } from "../../../src/telegram/types.ts";
import { createFakeClock } from "../../support/fake-clock.ts";
import {
  closeSetup,
  type DeskSetup,
  inbound,
  openDesk,
  peer,
  type SetupOptions,
  startSimulator,
} from "../desk-setup.ts";

const other = "+989129999999";
const gone = { code: 400, description: "Bad Request: message thread not found" };

describe("posting into topics", () => {
  let simulator: TelegramSimulator;
  let group: Group;
  let owner: User;
  let setup: DeskSetup;

  beforeEach(async () => {
    simulator = await startSimulator();
  });

  afterEach(() => closeSetup(setup));

  async function start(options: Partial<SetupOptions> = {}, inGroup: GroupOptions = {}): Promise<void> {
    // Pins are messages too, and come when they come: test/telegram/topics/pins.test.ts.
    group = simulator.group({ forum: true, rights: { can_pin_messages: false }, ...inGroup });
    owner = simulator.user({ name: "Owner" });
    group.add(owner, "creator");
    setup = await openDesk({ simulator, chat: group.id, ...options });
  }

  const textsIn = (topic: number | "general") =>
    group.messages(topic).flatMap(({ text, service }) => (service ? [] : [text]));
  const post = (fields: Parameters<typeof inbound>[0] = {}) => setup.desk.post(inbound(fields));

  const topics = () => group.topics();

  /** The one topic of the group. */
  function onlyTopic() {
    expect(topics()).toHaveLength(1);
    return topics()[0] ?? expect.fail("no topic");
  }

  it("opens a topic named after the customer, with a card, then the SMS", async () => {
    await start();
    const { post: place } = await post({ text: "hello" });
    const topic = onlyTopic();
    expect(topic.name).toBe("0912\u00a0123\u00a04567");
    const [card, sms] = textsIn(topic.id);
    expect(card).toContain("021 6406 3188");
    expect(sms).toContain("hello");
    expect(place).toBe(placeOf(group.id, group.messages(topic.id).at(-1)?.id ?? 0));
    await expect(setup.desk.threadOfTopic(String(topic.id))).resolves.toBe(threadOf("support", peer));
  });

  it("makes one topic however many ask for it at once", async () => {
    await start();
    await Promise.all([post({ text: "a" }), post({ text: "b" }), post({ text: "c" })]);
    onlyTopic();
    await post({ peer: other });
    expect(topics()).toHaveLength(2);
  });

  it("sends the text of an SMS as it is, whatever looks like markup in it", async () => {
    await start();
    const text = "<b>50% off</b> *now* [x](http://example.com) `code`";
    await post({ text });
    expect(textsIn(onlyTopic().id).at(-1)).toContain(text);
    expect(simulator.callsOf("sendMessage").every(({ parameters }) => parameters.parse_mode === undefined)).toBe(true);
  });

  it("finds its topics again after a restart, and does not repeat the card", async () => {
    await start();
    await post();
    const desk = await setup.restart();
    await desk.post(inbound({ text: "again" }));
    expect(textsIn(onlyTopic().id)).toHaveLength(3);
  });

  it("makes up for a card that a crash had cut off, once", async () => {
    await start();
    const heal = simulator.network.fault({ kind: "cut", match: ({ path }) => path.endsWith("/sendMessage") });
    await expect(post()).rejects.toMatchObject({ code: "unreachable" });
    heal();
    const desk = await setup.restart();
    await desk.post(inbound({ text: "first" }));
    await desk.post(inbound({ text: "second" }));
    const texts = textsIn(onlyTopic().id);
    expect(texts).toHaveLength(3);
    expect(texts[0]).toContain("021 6406 3188");
  });

  it("makes another topic when one was deleted, and still knows the old one", async () => {
    await start();
    await post();
    const old = onlyTopic();
    group.deleteTopic(old.id);
    await post({ text: "after" });
    const fresh = onlyTopic();
    expect(fresh.id).not.toBe(old.id);
    expect(textsIn(fresh.id)).toEqual([expect.stringContaining("021 6406 3188"), expect.stringContaining("after")]);
    for (const { id } of [old, fresh]) {
      await expect(setup.desk.threadOfTopic(String(id))).resolves.toBe(threadOf("support", peer));
    }
  });

  it("says in General that a topic was made anew, once for those that are lost together", async () => {
    const clock = createFakeClock();
    await start({ clock });
    const deleteAndPost = async () => {
      for (const { id } of topics()) group.deleteTopic(id);
      for (const from of [peer, other]) await post({ peer: from });
    };
    await deleteAndPost();
    expect(textsIn("general")).toEqual([]);
    await deleteAndPost();
    await simulator.waitFor(() => textsIn("general").length > 0);
    clock.pass(30_000);
    await deleteAndPost();
    expect(textsIn("general")).toEqual([expect.stringContaining("topic was deleted")]);
    clock.pass(61_000);
    await deleteAndPost();
    await simulator.waitFor(() => textsIn("general").length === 2);
  });

  it("does not say that a topic was made anew while it could not be", async () => {
    const clock = createFakeClock();
    await start({ clock });
    await post();
    group.deleteTopic(onlyTopic().id);
    group.setBot("administrator", { can_manage_topics: false });
    await post();
    await simulator.waitFor(() => textsIn("general").length === 2);
    expect(textsIn("general").some((text) => text.includes("was deleted"))).toBe(false);
    group.setBot("administrator");
    setup.desk.refresh();
    await post();
    await simulator.waitFor(() => textsIn("general").some((text) => text.includes("was deleted")));
  });

  it("opens a closed topic again", async () => {
    await start();
    await post();
    const topic = onlyTopic();
    group.closeTopic(owner, topic.id);
    simulator.fail("sendMessage", { code: 400, description: "Bad Request: TOPIC_CLOSED" });
    await post({ text: "after" });
    expect(onlyTopic().isClosed).toBe(false);
    expect(textsIn(topic.id).at(-1)).toContain("after");
  });

  it("notices when Telegram puts a message elsewhere than into its topic, and takes it back", async () => {
    await start({ settings: { layout: "topics" } });
    await post();
    const topic = onlyTopic();
    const before = group.messages().length;
    const stray = simulator.network.fault({
      kind: "status",
      status: 200,
      contentType: "application/json",
      body: JSON.stringify({
        ok: true,
        result: { message_id: 4242, date: 1, chat: { id: group.id, type: "supergroup" }, message_thread_id: 99 },
      }),
      times: 1,
      match: ({ path }) => path.endsWith("/sendMessage"),
    });
    await post({ text: "found again" });
    stray();
    expect(simulator.callsOf("deleteMessage").map(({ parameters }) => parameters.message_id)).toEqual([4242]);
    expect(topics()).toHaveLength(2);
    const fresh = topics().find(({ id }) => id !== topic.id);
    expect(textsIn(fresh?.id ?? 0).at(-1)).toContain("found again");
    expect(group.messages().length).toBe(before + 3);
  });

  it("stops making topics when they vanish faster than they should, posts to General and says so once", async () => {
    await start();
    const peers = Array.from({ length: 7 }, (_, index) => `+98912000000${index}`);
    for (const from of peers) await post({ peer: from });
    for (const { id } of topics()) group.deleteTopic(id);
    for (const from of peers) await post({ peer: from, text: `late ${from}` });
    expect(topics()).toHaveLength(5);
    const texts = textsIn("general");
    expect(texts.filter((text) => text.includes("late"))).toHaveLength(2);
    expect(texts.filter((text) => text.includes("0912 000 0006"))).toHaveLength(1);
    expect(texts.filter((text) => text.includes("Several topics"))).toHaveLength(1);
    expect(texts.filter((text) => text.includes("was deleted,"))).toHaveLength(1);
    expect(texts).toHaveLength(4);
    // That people come and go is no reason to make topics that vanish.
    setup.desk.refresh();
    await post({ peer: peers[6] ?? "" });
    expect(topics()).toHaveLength(5);
  });

  it("posts to General with a header while it may not manage topics, says which right is missing once, and recovers", async () => {
    const clock = createFakeClock();
    await start({ clock });
    group.setBot("administrator", { can_manage_topics: false });
    await post({ text: "one" });
    await post({ text: "two", peer: other });
    const texts = textsIn("general");
    expect(texts.filter((text) => text.includes("Manage Topics"))).toHaveLength(1);
    expect(texts.find((text) => text.includes("one"))).toContain("0912 123 4567");
    group.setBot("administrator");
    clock.pass(11 * 60_000);
    await post({ text: "three" });
    expect(textsIn(onlyTopic().id).at(-1)).toContain("three");
  });

  it("opens topics again as soon as its place in the chat has changed, and says nothing twice while it has not", async () => {
    await start();
    group.setBot("administrator", { can_manage_topics: false });
    await post({ text: "one" });
    setup.desk.refresh();
    await post({ text: "two" });
    expect(textsIn("general").filter((text) => text.includes("Manage Topics"))).toHaveLength(1);
    group.setBot("administrator");
    setup.desk.refresh();
    await post({ text: "three" });
    expect(textsIn(onlyTopic().id).at(-1)).toContain("three");
  });

  it.each(["auto", "topics"] as const)(
    "with layout %s, opens topics as soon as an update shows a forum",
    async (layout) => {
      await start({ settings: { layout } }, { forum: false });
      await post({ text: "one" });
      group.setForum(true);
      const looks = simulator.callsOf("getChat").length;
      setup.desk.refresh(false);
      await post({ text: "two" });
      expect(topics()).toEqual([]);
      expect(simulator.callsOf("getChat")).toHaveLength(looks);
      setup.desk.refresh(true);
      await post({ text: "three" });
      expect(textsIn(onlyTopic().id).at(-1)).toContain("three");
    },
  );

  it("shows what stands around many blanks, and an SMS of nothing but blanks as an empty one", async () => {
    await start();
    await post({ text: `a${" ".repeat(9000)}b` });
    const shown = textsIn(onlyTopic().id);
    expect(shown.slice(1).map((text) => text.trim())).toEqual(["a", "b"]);
    await post({ text: " ".repeat(9000) });
    expect(textsIn(onlyTopic().id).at(-1)).toBe("Empty SMS");
  });

  it("goes on in the topics that exist while it may not make new ones", async () => {
    await start();
    await post();
    group.setBot("administrator", { can_manage_topics: false });
    await post({ peer: other });
    await post({ text: "still here" });
    expect(textsIn(onlyTopic().id).at(-1)).toContain("still here");
  });

  it("follows a group that becomes a supergroup, also after a restart", async () => {
    await start({}, { forum: false, basic: true });
    await post({ text: "before" });
    const next = group.migrate({ forum: true });
    await post({ text: "moved" });
    expect(setup.desk.chatId()).toBe(String(next.id));
    const desk = await setup.restart();
    await desk.post(inbound({ text: "restarted" }));
    expect(
      next
        .messages()
        .map(({ text }) => text)
        .join("\n"),
    ).toMatch(/moved[\s\S]*restarted/);
  });

  it("shows topics to be missing once the chat has become a forum, within the hour", async () => {
    const clock = createFakeClock();
    await start({ clock }, { forum: false });
    await expect(setup.desk.layout()).resolves.toBe("replies");
    await setup.desk.layout();
    expect(simulator.callsOf("getChat")).toHaveLength(1);
    clock.pass(60 * 60_000);
    await setup.desk.layout();
    expect(simulator.callsOf("getChat")).toHaveLength(2);
  });

  it("posts with a header where the desk answers by replying", async () => {
    await start({ settings: { layout: "replies" } });
    await post({ text: "hello" });
    expect(topics()).toEqual([]);
    expect(textsIn("general")).toEqual([expect.stringMatching(/0912 123 4567[\s\S]*hello/)]);
  });

  it("cuts what is too long for one message, and knows every part as that SMS", async () => {
    await start();
    const text = `${"a".repeat(4095)}🙂${"b".repeat(4000)}🙂${"c".repeat(3000)}`;
    const { post: place } = await post({ text });
    const messages = group
      .messages(onlyTopic().id)
      .filter(({ service }) => !service)
      .slice(1);
    expect(messages.length).toBeGreaterThan(2);
    expect(messages.map((message) => message.text).join("")).toContain(text);
    expect(messages.every((message) => message.text.length <= 4096)).toBe(true);
    expect(place).toBe(placeOf(group.id, messages.at(-1)?.id ?? 0));
    for (const { id } of messages) await expect(setup.desk.postOf(id)).resolves.toBe(place);
  });

  it("goes on behind the parts that stand when a long SMS is tried again", async () => {
    await start();
    await post();
    const long = inbound({ text: "x".repeat(9000) });
    let seen = 0;
    simulator.network.fault({
      kind: "cut",
      times: 1,
      match: ({ path }) => path.endsWith("/sendMessage") && ++seen === 2,
    });
    await expect(setup.desk.post(long)).rejects.toMatchObject({ code: "unreachable" });
    await setup.desk.post(long);
    const shown = textsIn(onlyTopic().id).slice(2).join("");
    expect(shown.match(/x/g)).toHaveLength(9000);
  });

  it("sends a post as plain text when its formatting is refused", async () => {
    await start();
    await post();
    simulator.fail("sendMessage", { code: 400, description: "Bad Request: ENTITY_BOUNDS_INVALID" });
    await post({ text: "still shown" });
    expect(textsIn(onlyTopic().id).at(-1)).toContain("still shown");
  });

  it("does not lose an SMS in a topic that stays lost", async () => {
    await start();
    simulator.fail("sendMessage", { ...gone, times: 50, match: (sent) => sent.message_thread_id !== undefined });
    await post({ text: "somewhere" });
    expect(textsIn("general").some((text) => text.includes("somewhere"))).toBe(true);
  });

  it("waits as long as Telegram says, and posts then", async () => {
    await start();
    await post();
    simulator.fail("sendMessage", {
      code: 429,
      description: "Too Many Requests: retry after 1",
      parameters: { retry_after: 1 },
    });
    const asked = Date.now();
    await post({ text: "patient" });
    expect(Date.now() - asked).toBeGreaterThanOrEqual(990);
    expect(textsIn(onlyTopic().id).filter((text) => text.includes("patient"))).toHaveLength(1);
  });
});

describe("a desk without a chat", () => {
  it("is not ready until it is paired, and stays paired after a restart", async () => {
    const simulator = await startSimulator();
    const group = simulator.group({ forum: true });
    const setup = await openDesk({ simulator });
    await expect(setup.desk.post(inbound())).rejects.toMatchObject({ code: "not-ready" });
    await setup.desk.moveTo(String(group.id));
    const desk = await setup.restart();
    await desk.post(inbound());
    expect(group.topics().map(({ name }) => name)).toContain("0912\u00a0123\u00a04567");
    await setup.stop();
    await simulator.stop();
  });
});

describe("answers of the bot", () => {
  it("reply in the topic of the message, and are sent where that is gone", async () => {
    const simulator = await startSimulator();
    const group = simulator.group({ forum: true });
    const sara = simulator.user();
    group.add(sara, "administrator");
    const setup = await openDesk({ simulator, chat: group.id });
    const topic = group.createTopic(sara, "notes");
    const said = group.say(sara, "/help", { topic: topic.id });
    setup.desk.answer({ messageId: said.id, topicId: topic.id }, { text: "in place" });
    await simulator.waitFor(() => group.messages(topic.id).some(({ text }) => text === "in place"));
    expect(group.messages(topic.id).at(-1)?.replyTo).toBe(said.id);
    group.deleteTopic(topic.id);
    setup.desk.answer({ messageId: said.id, topicId: topic.id }, { text: "elsewhere" });
    await simulator.waitFor(() => group.messages("general").some(({ text }) => text === "elsewhere"));
    await setup.stop();
    await simulator.stop();
  });
});

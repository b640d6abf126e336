import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { markKey } from "../../../src/core/model/mark.ts";
import type { Outbound } from "../../../src/core/model/message.ts";
import type { Clock } from "../../../src/core/ports/clock.ts";
import type { MarkShown } from "../../../src/core/ports/desk.ts";
import type { Group, GroupOptions } from "../../../src/sandbox/telegram/group.ts";
import type { SeenMessage } from "../../../src/sandbox/telegram/seen.ts";
import type { TelegramSimulator } from "../../../src/sandbox/telegram/server.ts";
import type { User } from "../../../src/sandbox/telegram/types.ts";
import { createSystemClock } from "../../../src/support/system-clock.ts";
import { markAfterMs, planReply } from "../../../src/telegram/marks/plan.ts";
import { type DeskSettings, placeOf } from "../../../src/telegram/types.ts";
import { createFakeClock } from "../../support/fake-clock.ts";
import { closeSetup, type DeskSetup, inbound, openDesk, outbound, startSimulator } from "../desk-setup.ts";

describe("marks", () => {
  let simulator: TelegramSimulator;
  let group: Group;
  let sara: User;
  let setup: DeskSetup;
  /** What the operator wrote, and the record of it as core keeps it. */
  let said: SeenMessage;
  let message: Outbound;

  beforeEach(async () => {
    simulator = await startSimulator();
  });

  afterEach(() => closeSetup(setup));

  async function start(
    settings: Partial<DeskSettings> = {},
    inGroup: GroupOptions = {},
    clock: Clock = createSystemClock(),
  ): Promise<void> {
    // Pins are messages too, and come when they come: test/telegram/topics/pins.test.ts.
    group = simulator.group({ forum: true, rights: { can_pin_messages: false }, ...inGroup });
    sara = simulator.user({ name: "Sara" });
    group.add(sara);
    setup = await openDesk({ simulator, chat: group.id, settings, clock });
    await setup.desk.post(inbound({ text: "hello" }));
    said = group.say(sara, "an answer", { topic: topicId() });
    message = outbound({ origin: placeOf(group.id, said.id) });
  }

  const topicId = () => group.topics().at(-1)?.id ?? expect.fail("no topic");

  /** Marks as core does: what was shown is stored before the next mark. */
  async function mark(fields: Partial<Outbound> = {}): Promise<MarkShown> {
    message = { ...message, ...fields };
    const shown = await setup.desk.mark(async () => message);
    if (shown.markPost !== undefined) message = { ...message, markPost: shown.markPost };
    return shown;
  }

  const replies = () =>
    group.messages().filter(({ from, replyTo, service }) => from.isBot && replyTo === said.id && !service);
  const reactions = () => group.message(said)?.reactions;

  describe("as text", () => {
    it("are one short reply in the topic of the operator's message, edited in place", async () => {
      await start();
      await mark({ state: "sent" });
      expect(replies()).toMatchObject([{ text: expect.stringMatching(/^✓(?!✓)/), topicId: topicId() }]);
      const first = replies()[0]?.id;
      await mark({ state: "delivered" });
      expect(replies()).toMatchObject([{ id: first, text: expect.stringMatching(/^✓✓/) }]);
    });

    it("come three seconds after the message where it only waits its turn", async () => {
      await start();
      const { againAt } = await mark({ state: "queued", attempt: 0 });
      expect(againAt).toBe(message.at + 3000);
      expect(replies()).toEqual([]);
      await mark({ at: Date.now() - 3000 });
      expect(replies()).toMatchObject([{ text: expect.stringMatching(/^⏳/), buttons: [["Cancel"]] }]);
    });

    it("lose their buttons when there is nothing left to press", async () => {
      await start();
      await mark({ state: "uncertain", failure: { code: "no-answer" } });
      expect(replies()[0]?.buttons).toEqual([["Send again", "It was sent"]]);
      await mark({ state: "sent" });
      expect(replies()[0]?.buttons).toEqual([]);
    });

    it("show at once what waits for a person", async () => {
      await start();
      await mark({ state: "held", hold: "stale", attempt: 0 });
      expect(replies()[0]?.buttons).toHaveLength(1);
    });

    it("cost no call where nothing changes, and take “not modified” for success", async () => {
      await start();
      await mark({ state: "delivered" });
      const calls = simulator.calls.length;
      await mark();
      expect(simulator.calls.length).toBe(calls);
      const desk = await setup.restart();
      await expect(desk.mark(async () => message)).resolves.toMatchObject({ markPost: message.markPost });
      expect(simulator.callsOf("editMessageText").at(-1)?.answer).toMatchObject({ ok: false, code: 400 });
    });

    it("do not become two when the record has not been stored between", async () => {
      await start();
      const bare = message;
      await setup.desk.mark(async () => bare);
      await setup.desk.mark(async () => ({ ...bare, state: "delivered" }));
      expect(replies()).toHaveLength(1);
      expect(replies()[0]?.text).toMatch(/^✓✓/);
    });

    it("come anew when somebody deletes them", async () => {
      await start();
      await mark({ state: "sent" });
      group.remove(replies()[0] ?? expect.fail("no reply"));
      const { markPost } = await mark({ state: "delivered" });
      expect(replies()).toMatchObject([{ text: expect.stringMatching(/^✓✓/) }]);
      expect(markPost).toBe(placeOf(group.id, replies()[0]?.id ?? 0));
    });

    it("stand alone in the topic when the operator's message was deleted", async () => {
      await start();
      group.remove(said);
      const { shown } = await mark({ state: "sent" });
      expect(shown).toBe(markKey(message));
      expect(group.messages(topicId()).at(-1)?.text).toMatch(/^✓[\s\S]*\n👤 0912\u00a0123\u00a04567\n“an answer”$/);
    });

    it("go on saying whom they are about as they change", async () => {
      await start();
      group.remove(said);
      await mark({ state: "uncertain", failure: { code: "no-answer" } });
      await mark({ state: "sent" });
      expect(group.messages(topicId()).at(-1)?.text).toMatch(/^✓ Sent\n👤 0912\u00a0123\u00a04567\n“an answer”$/);
    });

    it("find the operator's message in an older topic of the thread", async () => {
      await start();
      simulator.fail("sendMessage", { code: 400, description: "Bad Request: message thread not found" });
      await setup.desk.post(inbound({ text: "again" }));
      expect(group.topics()).toHaveLength(2);
      await mark({ state: "sent" });
      expect(replies()).toMatchObject([{ topicId: group.topics()[0]?.id }]);
    });

    it("let a tick go whose topic is gone with the message, but never a failure", async () => {
      await start();
      group.deleteTopic(topicId());
      const before = group.messages().length;
      const { shown } = await mark({ state: "delivered" });
      expect(shown).toBe(markKey(message));
      expect(group.messages().length).toBe(before);
      await mark({ state: "failed", failure: { code: "rejected" } });
      expect(group.messages("general").at(-1)?.text).toMatch(/^✗[\s\S]*\n👤 0912\u00a0123\u00a04567\n“an answer”$/);
    });

    it("are let go in a chat that the desk has left, but never a failure", async () => {
      await start();
      const next = simulator.group({});
      await setup.desk.moveTo(String(next.id));
      await expect(mark({ state: "sent" })).resolves.toEqual({ shown: markKey(message) });
      expect(next.messages()).toEqual([]);
      await mark({ state: "failed", failure: { code: "rejected" } });
      expect(next.messages()).toMatchObject([{ text: expect.stringContaining("✗") }]);
    });
  });

  describe("as reactions", () => {
    it("are set on the operator's message, without a reply", async () => {
      await start({ ticks: "reaction" });
      await mark({ state: "queued", attempt: 0 });
      expect(reactions()).toEqual(["👀"]);
      await mark({ state: "sent" });
      expect(reactions()).toEqual(["✍"]);
      await mark({ state: "delivered" });
      expect(reactions()).toEqual(["👍"]);
      expect(replies()).toEqual([]);
    });

    it("get a reply for a failure, and keep it true afterwards", async () => {
      await start({ ticks: "reaction" });
      await mark({ state: "failed", failure: { code: "rejected" } });
      expect(reactions()).toEqual(["👎"]);
      expect(replies()).toMatchObject([{ text: expect.stringMatching(/^✗/), buttons: [["Try again"]] }]);
      await mark({ state: "delivered", attempt: 2 });
      expect(reactions()).toEqual(["👍"]);
      expect(replies()).toMatchObject([{ text: expect.stringMatching(/^✓✓/), buttons: [] }]);
    });

    it("are taken away once the desk shows marks as text, which begins at once", async () => {
      await start({ ticks: "reaction" });
      await mark({ state: "sent" });
      expect(reactions()).toEqual(["✍"]);
      await setup.desk.changes.change("ticks", () => "text");
      await mark({ state: "delivered" });
      expect(reactions()).toEqual([]);
      expect(replies()).toMatchObject([{ text: expect.stringMatching(/^✓✓/) }]);
    });

    it("are taken away once the desk shows marks as text, also where another process set them", async () => {
      await start({ ticks: "reaction" });
      const { shown } = await mark({ state: "sent" });
      await setup.desk.changes.change("ticks", () => "text");
      const again = await setup.restart();
      message = { ...message, state: "delivered", shown };
      await again.mark(async () => message);
      expect(reactions()).toEqual([]);
      expect(replies()).toMatchObject([{ text: expect.stringMatching(/^✓✓/) }]);
    });

    it("are taken away when the message is cancelled", async () => {
      await start({ ticks: "reaction" });
      await mark({ state: "queued", attempt: 0 });
      await mark({ state: "cancelled" });
      expect(reactions()).toEqual([]);
    });

    it("become text in a chat that refuses them, and it is asked only once", async () => {
      await start({ ticks: "reaction" }, { reactions: ["🔥"] });
      await mark({ state: "sent" });
      expect(replies()).toMatchObject([{ text: expect.stringMatching(/^✓/) }]);
      await mark({ state: "delivered" });
      expect(simulator.callsOf("setMessageReaction")).toHaveLength(1);
    });

    it("leave no old reaction beside the text that takes their place", async () => {
      await start({ ticks: "reaction" });
      await mark({ state: "sent" });
      expect(reactions()).toEqual(["✍"]);
      group.allowReactions(["✍"]);
      await mark({ state: "delivered" });
      expect(replies()).toMatchObject([{ text: expect.stringMatching(/^✓✓/) }]);
      expect(reactions()).toEqual([]);
    });

    it("are tried again in a chat that refused them, an hour later", async () => {
      const clock = createFakeClock(Date.now());
      await start({ ticks: "reaction" }, { reactions: ["🔥"] }, clock);
      await mark({ state: "sent" });
      group.allowReactions("all");
      clock.pass(61 * 60_000);
      await mark({ state: "delivered" });
      expect(reactions()).toEqual(["👍"]);
      expect(replies()).toMatchObject([{ text: expect.stringMatching(/^✓✓/) }]);
    });

    it("become text for the one message where a right was missing", async () => {
      await start({ ticks: "reaction" });
      simulator.fail("setMessageReaction", { code: 400, description: "Bad Request: not enough rights" });
      await mark({ state: "sent" });
      expect(replies()).toMatchObject([{ text: expect.stringMatching(/^✓/) }]);
      await mark({ state: "delivered" });
      expect(reactions()).toEqual(["👍"]);
      expect(replies()).toMatchObject([{ text: expect.stringMatching(/^✓✓/) }]);
    });

    it("are let go when the operator's message was deleted, but never a failure", async () => {
      await start({ ticks: "reaction" });
      group.remove(said);
      const before = group.messages().length;
      await expect(mark({ state: "delivered" })).resolves.toMatchObject({ shown: markKey(message) });
      expect(group.messages().length).toBe(before);
      await mark({ state: "failed", failure: { code: "rejected" } });
      expect(group.messages(topicId()).at(-1)?.text).toMatch(/^✗[\s\S]*\n👤 0912\u00a0123\u00a04567\n“an answer”$/);
    });

    it("are not set again where only the words change", async () => {
      await start({ ticks: "reaction" });
      await mark({ state: "sent", reports: { a: "pending", b: "pending" } });
      await mark({ reports: { a: "delivered", b: "pending" } });
      expect(simulator.callsOf("setMessageReaction")).toHaveLength(1);
    });
  });

  describe("switched off", () => {
    it("are silent while all is well, and speak of failures, doubts and long waits", async () => {
      await start({ ticks: "off" });
      await mark({ state: "sent" });
      await mark({ state: "delivered" });
      expect(replies()).toEqual([]);
      await mark({ state: "uncertain", failure: { code: "no-answer" } });
      expect(replies()).toMatchObject([{ text: expect.stringMatching(/^⚠/) }]);
      await mark({ state: "sent" });
      expect(replies()).toMatchObject([{ text: expect.stringMatching(/^✓/) }]);
    });
  });
});

describe("a message of ours that becomes a mark", () => {
  it.each(["text", "reaction", "off"] as const)(
    "is edited, gets no reaction and no reply beside it, and no menu is put over it any more (%s)",
    async (ticks) => {
      const simulator = await startSimulator();
      const group = simulator.group({ forum: true, rights: { can_pin_messages: false } });
      const sara = simulator.user({ name: "Sara" });
      group.add(sara);
      const setup = await openDesk({ simulator, chat: group.id, settings: { ticks } });
      await setup.desk.post(inbound({ text: "hello" }));
      const asked = group.say(sara, "/canned", { topic: group.topics().at(-1)?.id ?? expect.fail("no topic") });
      await setup.desk.answer({ messageId: asked.id }, { text: "Which one?" });
      const find = () => group.messages().find(({ replyTo }) => replyTo === asked.id);
      const menu = await simulator.waitFor(find, 20_000, "a menu");
      setup.desk.rewrite(menu.id, async () => undefined);
      setup.desk.rewrite(menu.id, { text: "Which one, then?" });
      await simulator.waitFor(() => find()?.text === "Which one, then?", 20_000, "another menu");
      const place = placeOf(group.id, menu.id);
      const before = group.messages().length;
      const fields = {
        origin: place,
        markPost: place,
        quoted: true,
        text: "9 to 5",
        by: { id: "1", name: "Sara" },
      } as const;
      const { markPost } = await setup.desk.mark(async () => outbound({ ...fields, state: "sent" }));
      expect(markPost).toBe(place);
      expect(find()).toMatchObject({
        text: expect.stringMatching(/^✓ [\s\S]*\n\nSara wrote:\n9 to 5$/),
        reactions: [],
      });
      expect(group.messages()).toHaveLength(before);
      await setup.stop();
      expect(simulator.violations).toEqual([]);
      await simulator.stop();
    },
  );
});

describe("when a mark gets its reply", () => {
  const at = 1_000_000;
  const waiting = outbound({ state: "queued", attempt: 0, at });

  it.each([
    ["text", 2999, false, at + 3000],
    ["text", 3000, true, undefined],
    ["reaction", 29_999, false, at + 30_000],
    ["reaction", 30_000, true, undefined],
    ["off", 29_999, false, at + 30_000],
    ["off", 30_000, true, undefined],
  ] as const)("with ticks %s, after %i ms of waiting: %s", (ticks, waited, isWanted, againAt) => {
    expect(planReply(waiting, at + waited, ticks, false)).toEqual({ isWanted, ...(againAt ? { againAt } : {}) });
  });

  it.each(["text", "reaction", "off"] as const)("with ticks %s a reply that stands is always kept true", (ticks) => {
    expect(planReply(outbound({ state: "delivered" }), at, ticks, true)).toEqual({ isWanted: true });
  });

  it("tells core how long a wait is nobody's business", () => {
    expect(markAfterMs).toEqual({ text: 3000, reaction: 0, off: 30_000 });
  });
});

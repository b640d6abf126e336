import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { pairingCode } from "../../../src/telegram/chat/pairing.ts";
import { isolate, withoutDirection } from "../../../src/telegram/texts/direction.ts";
import { createFakeDesk, type SetupOptions, startBot, until } from "../bot-setup.ts";

const texts = (language: string) => join(import.meta.dirname, `welcome.${language}.txt`);

async function start(options: SetupOptions = {}) {
  const setup = await startBot({ unpaired: true, ...options });
  onTestFinished(setup.stop);
  const { group, sara, desk, simulator, token } = setup;
  group.add(sara, "administrator");
  return {
    ...setup,
    /** From now on Telegram does not answer what somebody may do in a chat; gives how to end that. */
    hideRights: () => simulator.network.fault({ kind: "silent", match: ({ path }) => path.endsWith("/getChatMember") }),
    /** Pairs the chat, and gives what was said of it to the desk, or in private. */
    async pair(chat: Pick<typeof group, "say"> = group): Promise<string> {
      const privately = simulator.privateChat(sara);
      const said = () => [
        ...desk.answers.map(({ text }) => text),
        ...privately.messages().flatMap(({ from, text }) => (from.isBot ? [text] : [])),
      ];
      const before = said().length;
      chat.say(sara, `/pair ${pairingCode(token, "support", (await setup.memory.pairingOf("support")).generation)}`);
      await until(() => said().length > before);
      return said().at(-1) ?? "";
    },
  };
}

type Situation = SetupOptions & { readonly isPrivate?: true; readonly mayNotSend?: true };

const all = { can_read_all: { telegram: { privacyMode: false } } };
const situations: Readonly<Record<string, Situation>> = {
  "a forum, every right": {},
  "a forum, an administrator without the right": { group: { rights: { can_manage_topics: false } } },
  "a forum, a member": { group: { bot: "member" } },
  "a forum, the desk without topics": { settings: { layout: "replies" } },
  "a forum, only a dot sends": { settings: { sends: "prefix" } },
  "a group, an administrator": { group: { forum: false } },
  "a group, a member that privacy mode hides messages from": { group: { forum: false, bot: "member" } },
  "a group, a member that reads all": { ...all.can_read_all, group: { forum: false, bot: "member" } },
  "a group, a member that may not send": {
    ...all.can_read_all,
    group: { forum: false, bot: "member" },
    mayNotSend: true,
  },
  "a group, a member that may neither read nor send": { group: { forum: false, bot: "member" }, mayNotSend: true },
  "a group, the desk is to have topics": { group: { forum: false }, settings: { layout: "topics" } },
  "a group, the desk is to have topics, a member": {
    group: { forum: false, bot: "member" },
    settings: { layout: "topics" },
  },
  "an old small group": { group: { basic: true } },
  "a private chat": { isPrivate: true },
  "a private chat, the desk is to have topics": { isPrivate: true, settings: { layout: "topics" } },
};

test.each(["fa", "en"] as const)("what is said in %s after pairing, in every situation", async (language) => {
  const said: string[] = [];
  for (const [name, { isPrivate, mayNotSend, ...situation }] of Object.entries(situations)) {
    const setup = await start({ ...situation, settings: { language, ...situation.settings } });
    if (mayNotSend) setup.group.letMembersSend(false);
    const text = await setup.pair(isPrivate ? setup.simulator.privateChat(setup.sara) : setup.group);
    said.push(`## ${name}\n\n${text}\n`);
    if (language === "fa") {
      for (const latin of withoutDirection(text).match(/[@/]?[A-Za-z](?:[\w ]*\w)?/g) ?? []) {
        expect(text).toContain(isolate(latin, "fa"));
      }
    }
  }
  await expect(said.join("\n")).toMatchFileSnapshot(texts(language));
});

test("what the bot still lacks is told when it changes, and that it has all is told once", async () => {
  const { group, sara, desk, pair, settled, simulator } = await start({ group: { bot: "member" } });
  expect(await pair()).toContain("• to be an administrator with the right “Manage Topics”");
  group.setBot("administrator", { can_manage_topics: false });
  await until(() => desk.told.length === 1);
  expect(desk.told[0]).toMatch(/^I still need one thing:\n• the right “Manage Topics”: .* → @\w+$/);
  group.setBot("administrator", { can_manage_topics: false, can_pin_messages: false });
  group.setBot("administrator");
  await until(() => desk.told.length === 2);
  expect(desk.told[1]).toBe("Thank you, I have everything I need now.");

  group.setBot("administrator", { can_pin_messages: false });
  group.setBot("administrator", { can_manage_topics: false });
  group.setBot("administrator");
  group.say(sara, "thanks");
  await settled();
  const asked = simulator.callsOf("getChatMember").length;
  group.say(sara, "thanks again");
  await settled();
  expect(desk.told).toHaveLength(2);
  expect(simulator.callsOf("getChatMember")).toHaveLength(asked);
});

test("a pairing with every right, and a configured desk, hear nothing of rights that come and go", async () => {
  const paired = await start();
  await paired.pair();
  const configured = await start({ unpaired: false });
  for (const { group, desk, settled } of [paired, configured]) {
    group.setBot("administrator", { can_manage_topics: false });
    group.setBot("administrator");
    await settled();
    expect(desk.told).toEqual([]);
  }
});

test("topics that are switched on later are noticed with the next message, and what they need is told", async () => {
  const { group, sara, desk, pair } = await start({ group: { forum: false, bot: "member" } });
  expect(await pair()).toContain("Make me an administrator");
  group.setForum(true);
  group.say(sara, "/help");
  await until(() => desk.told.length === 1);
  expect(desk.told[0]).toContain("“Manage Topics”");
  group.setBot("administrator");
  await until(() => desk.told.length === 2);
  expect(desk.told[1]).toContain("everything I need");
});

test("a group that becomes a supergroup with topics is asked for what it needs there", async () => {
  const { group, desk, pair } = await start({ group: { basic: true, bot: "member" } });
  expect(await pair()).toContain("Make me an administrator");
  const supergroup = group.migrate({ forum: true });
  await until(() => desk.told.length === 1);
  expect(desk.chatId()).toBe(String(supergroup.id));
  expect(desk.told[0]).toContain("“Manage Topics”");
  supergroup.setBot("administrator");
  await until(() => desk.told.length === 2);
});

test("a right that is given while Telegram does not answer is noticed with the next message", async () => {
  const { group, sara, desk, pair, hideRights, simulator, settled, clock } = await start({ group: { bot: "member" } });
  await pair();
  const answerAgain = hideRights();
  const asked = simulator.callsOf("getChatMember").length;
  group.setBot("administrator");
  await settled();
  // Twice: because something came from the chat, and because of what it was.
  for (const count of [1, 2]) {
    await until(() => simulator.callsOf("getChatMember").length === asked + count);
    clock.pass(3_000);
  }
  answerAgain();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(desk.told).toEqual([]);
  group.say(sara, "hello");
  await until(() => desk.told.length === 1);
});

test("what is lacking is not forgotten when Telegram does not answer a code that is sent once more", async () => {
  const { group, sara, desk, pair, hideRights, token, clock } = await start({ group: { bot: "member" } });
  await pair();
  const answerAgain = hideRights();
  group.say(sara, `/pair ${pairingCode(token, "support", 0)}`);
  await until(() => {
    clock.pass(3_000);
    return desk.answers.length === 2;
  });
  expect(desk.answers[1]?.text).toContain("connected already");
  answerAgain();
  group.setBot("administrator");
  await until(() => desk.told.length === 1);
  expect(desk.told[0]).toContain("everything I need");
});

test("another desk's lacks are its own", async () => {
  const sales = createFakeDesk({ id: "sales" });
  const { group, sara, simulator, token, pair, desk } = await start({ others: [sales], group: { bot: "member" } });
  await pair();
  const second = simulator.group({ forum: true });
  second.add(sara, "administrator");
  second.say(sara, `/pair ${pairingCode(token, "sales", 0)}`);
  await until(() => sales.answers.length === 1);
  expect(sales.answers[0]?.text).not.toContain("need");
  group.setBot("administrator");
  await until(() => desk.told.length === 1);
  expect(sales.told).toEqual([]);
});

import { expect, onTestFinished, test } from "vitest";
import { findByCode, normalizeCode, openCodes, pairingCode } from "../../../src/telegram/chat/pairing.ts";
import { createFakeDesk, type SetupOptions, startBot, until } from "../bot-setup.ts";

async function start(options: SetupOptions = {}) {
  const setup = await startBot({ unpaired: true, ...options });
  onTestFinished(setup.stop);
  const { group, token, desk } = setup;
  /** What the bot said by itself, to a chat that is no desk, and then what it gave the desk to say. */
  const botSays = () => [
    ...group.messages().filter((message) => message.from.isBot && message.service === undefined),
    ...desk.answers,
  ];
  return { ...setup, botSays, code: (generation = 0) => pairingCode(token, "support", generation) };
}

test("a code is eight letters and digits that nobody mixes up, and differs by token, desk and generation", () => {
  const codes = ["a", "b"].flatMap((token) =>
    ["x", "y"].flatMap((desk) => [0, 1].map((n) => pairingCode(token, desk, n))),
  );
  for (const code of codes) expect(code).toMatch(/^[ABCDEFGHJKMNPQRSTUVWXYZ2-9]{8}$/);
  expect(new Set(codes).size).toBe(codes.length);
  expect(pairingCode("a", "x", 0)).toBe(pairingCode("a", "x", 0));
});

test("a code may be typed in small letters, in groups and with Persian digits", () => {
  expect(normalizeCode(" abcd-ef۲۳ ")).toBe("ABCDEF23");
});

test("an administrator pairs the chat, hears what was found, and the code is dead", async () => {
  const { group, person, desk, code, settled, botSays, memory, token } = await start();
  const boss = person({ name: "Boss" });
  group.add(boss, "administrator");
  group.say(boss, `/pair ${code().toLowerCase()}`);
  await settled();
  await until(() => botSays().length > 0);
  expect(desk.chatId()).toBe(String(group.id));
  expect(botSays()[0]?.text).toBe(
    [
      "Connected! From now on the SMS of the desk “support” arrive here.",
      "This group has topics, and every customer gets one.",
      "To answer, write in their topic.",
      "Settings of this desk: /desk",
    ].join("\n"),
  );
  const desks = { all: [desk], byId: () => desk, byChat: () => desk };
  expect(await findByCode({ desks, memory, token }, code())).toBeUndefined();
  expect(await openCodes({ desks, memory, token })).toMatchObject([{ code: code(1), generation: 1 }]);
});

test("nothing is asked for that the work does not need", async () => {
  const { group, person, code, botSays } = await start({ group: { rights: { can_pin_messages: false } } });
  const boss = person();
  group.add(boss, "administrator");
  group.say(boss, `/pair ${code()}`);
  await until(() => botSays().length > 0);
  expect(botSays()[0]?.text).not.toContain("still need");
});

test("whoever presses Start in private while a desk has no chat learns how to use a code, a few times an hour", async () => {
  const { simulator, settled, desk } = await start();
  const owner = simulator.user({ name: "Owner", language: "en" });
  const chat = simulator.privateChat(owner);
  const lines = () => chat.messages().filter((message) => message.from.isBot);
  for (let press = 0; press < 8; press += 1) chat.say(owner, "/start");
  await settled();
  await until(() => lines().length === 6);
  const usages = lines().filter(({ text }) => /^After the command, .*\n\/pair ABCD2345$/.test(text));
  expect(usages).toHaveLength(5);
  expect(lines().filter(({ text }) => text.includes("for the staff"))).toHaveLength(1);
  await desk.moveTo("-1001");
  const late = simulator.user({ name: "Late", language: "en" });
  const other = simulator.privateChat(late);
  other.say(late, "/start");
  await until(() => other.messages().some(({ text }) => text.includes("for the staff")));
});

test("a slow Telegram holds up nobody's messages: pairing waits three seconds, the welcome not at all", async () => {
  const { group, person, desk, bridge, simulator, code, botSays, clock, settled } = await start();
  const boss = person();
  group.add(boss, "administrator");
  const answerAgain = simulator.network.fault({
    kind: "silent",
    match: ({ path }) => path.endsWith("/getChatMember"),
  });
  group.say(boss, `/pair ${code()}`);
  await until(() => simulator.callsOf("getChatMember").length > 0);
  clock.pass(3_000);
  await until(() => botSays().length > 0);
  expect(botSays()[0]?.text).toContain("again in a moment");
  answerAgain();
  expect(desk.chatId()).toBeUndefined();

  // Now it tells who is an administrator, but not what the bot may do.
  let asked = 0;
  simulator.network.fault({ kind: "silent", match: ({ path }) => path.endsWith("/getChatMember") && ++asked > 1 });
  group.say(boss, `/pair ${code()}`);
  await settled();
  expect(desk.chatId()).toBe(String(group.id));
  expect(botSays()).toHaveLength(1);
  await until(() => asked === 2);
  // The SMS that waited come after the welcome, which they would hold up for long.
  expect(bridge.wakes).toEqual([]);
  clock.pass(3_000);
  await until(() => botSays().length === 2);
  await until(() => bridge.wakes.length === 1);
});

test("a member who is no administrator cannot pair, even with the right code", async () => {
  const { group, sara, desk, code, botSays } = await start();
  group.say(sara, `/pair ${code()}`);
  await until(() => botSays().length > 0);
  expect(botSays()[0]?.text).toContain("only an administrator");
  expect(desk.chatId()).toBeUndefined();
});

test("somebody in private pairs the own chat", async () => {
  const { simulator, desk, code, settled } = await start();
  const reza = simulator.user({ name: "Reza" });
  const chat = simulator.privateChat(reza);
  chat.say(reza, `/pair ${code()}`);
  await settled();
  expect(desk.chatId()).toBe(String(chat.id));
});

test("five wrong codes an hour end the guessing: not even the right one counts until the hour is over", async () => {
  const { group, person, desk, code, settled, botSays, clock } = await start();
  const boss = person();
  group.add(boss, "administrator");
  for (let guess = 0; guess < 7; guess += 1) group.say(boss, `/pair AAAABBB${guess}`);
  await settled();
  await until(() => botSays().length === 5);
  group.say(boss, `/pair ${code()}`);
  await settled();
  expect(desk.chatId()).toBeUndefined();
  clock.pass(60 * 60_000 + 1);
  group.say(boss, `/pair ${code()}`);
  await settled();
  expect(desk.chatId()).toBe(String(group.id));
});

test("the same message read again is welcomed again and moves nothing", async () => {
  const { telegram, group, sara, desk, code, settled, memory } = await start();
  await settled();
  const update = {
    update_id: 1,
    message: {
      message_id: 4_000,
      date: Math.floor(Date.now() / 1000),
      chat: { id: group.id, type: "supergroup" as const, title: "Group", is_forum: true as const },
      from: { id: sara.id, is_bot: false, first_name: "Sara" },
      text: `/pair ${code()}`,
    },
  };
  group.add(sara, "administrator");
  await telegram.bot.handleUpdate(update);
  await telegram.bot.handleUpdate(update);
  await until(() => desk.answers.length === 2);
  expect(new Set(desk.answers.map(({ text }) => text)).size).toBe(1);
  expect(desk.moves).toBe(1);
  expect(await memory.pairingOf("support")).toMatchObject({ generation: 1 });
});

test("a used code tells where its SMS go; sent again where it has paired, it tells again what was found", async () => {
  const { group, simulator, sara, desk, code, botSays, settled } = await start();
  group.add(sara, "administrator");
  group.say(sara, `/pair ${code()}`);
  await until(() => botSays().length === 1);
  group.say(sara, `/pair ${code()}`);
  await until(() => botSays().length === 2);
  expect(botSays()[1]?.text).toMatch(/^This chat is connected already: .*“support”.*\nThis group has topics/);

  const other = simulator.group({ title: "Other" });
  other.add(sara, "administrator");
  other.say(sara, `/pair ${code()}`);
  await until(() => other.messages().some(({ from }) => from.isBot));
  const told = other.messages().find(({ from }) => from.isBot)?.text;
  expect(told).toContain(`set desks.support.chat to ${other.id}`);
  await settled();
  expect(desk.moves).toBe(1);
});

test("one code in two chats at once, as a webhook brings it, connects one of them, and the other hears that it is used", async () => {
  const { group, simulator, person, desk, code, telegram } = await start();
  const other = simulator.group({ title: "Other", forum: true });
  const boss = person();
  const groups = [group, other];
  for (const one of groups) one.add(boss, "administrator");
  const date = Math.floor(Date.now() / 1000);
  const pairs = groups.map(({ chat }, at) =>
    telegram.bot.handleUpdate({
      update_id: 9_000_000 + at,
      message: { message_id: 900, date, chat, from: boss, text: `/pair ${code()}` } as never,
    }),
  );
  await Promise.all(pairs);
  expect(desk.moves).toBe(1);
  const heard = () => [...desk.answers, ...groups.flatMap((one) => one.messages())].map(({ text }) => text);
  await until(() => heard().filter((text) => text.startsWith("Connected!")).length === 1);
  await until(() => heard().some((text) => text.includes("set desks.support.chat to")));
});

test("in a channel it says that a group is needed, whatever the code", async () => {
  const { simulator, sara, desk, code } = await start();
  const channel = simulator.group({ channel: true, title: "News" });
  channel.add(sara, "administrator");
  channel.say(sara, `/pair ${code()}`);
  await until(() => channel.messages().length === 2);
  expect(channel.messages()[1]?.text).toMatch(/^A channel will not do/);
  expect(desk.chatId()).toBeUndefined();
});

test("a chat that is another desk's already stays so", async () => {
  const sales = createFakeDesk({ id: "sales" });
  const { group, person, desk, code, botSays } = await start({ others: [sales] });
  await sales.moveTo(String(group.id));
  const boss = person();
  group.add(boss, "administrator");
  group.say(boss, `/pair ${code()}`);
  await until(() => botSays().length > 0);
  expect(botSays()[0]?.text).toContain("already belongs to the desk “sales”");
  expect(desk.chatId()).toBeUndefined();
});

test("where Telegram does not tell who is an administrator, nothing is paired and the code stays alive", async () => {
  const { group, person, desk, simulator, code, botSays, settled } = await start();
  const boss = person();
  group.add(boss, "administrator");
  simulator.fail("getChatMember", { code: 502, description: "Bad Gateway" });
  group.say(boss, `/pair ${code()}`);
  await until(() => botSays().length > 0);
  expect(botSays()[0]?.text).toContain("again in a moment");
  group.say(boss, `/pair ${code()}`);
  await settled();
  expect(desk.chatId()).toBe(String(group.id));
});

import { expect, onTestFinished, test } from "vitest";
import { encodePress } from "../../../src/telegram/marks/press.ts";
import { createFakeDesk, peer, type SetupOptions, startBot, until } from "../bot-setup.ts";

async function start(options: SetupOptions = {}) {
  const setup = await startBot(options);
  onTestFinished(setup.stop);
  return setup;
}

type Setup = Awaited<ReturnType<typeof start>>;

/** A draft in the bridge, and a mark of the bot with the given buttons. */
async function marked(setup: Setup, text = "hello") {
  const { group, sara, settled, drafts, topicOf, telegram } = setup;
  const topic = topicOf();
  const said = group.say(sara, text, { topic });
  await settled();
  const draft = drafts().at(-1);
  if (!draft) throw new Error("nothing was accepted");
  const button = async (data: string) => {
    const keyboard = { inline_keyboard: [[{ text: "B", callback_data: data }]] };
    return telegram.bot.api.sendMessage(group.id, "⏳", { message_thread_id: topic, reply_markup: keyboard });
  };
  return { said, id: draft.id, topic, button };
}

test("an edit changes what is sent until it has left, then says so; an edit that changes nothing is silent", async () => {
  const setup = await start();
  const { group, settled, bridge, desk } = setup;
  const { said, id } = await marked(setup);
  group.edit(said, "hello!");
  await settled();
  expect(bridge.messages.get(id)).toMatchObject({ text: "hello!", state: "queued" });
  bridge.set(id, { state: "sent" });
  group.edit(said, "hello!");
  await settled();
  expect(desk.answers).toEqual([]);
  group.edit(said, "goodbye");
  await settled();
  expect(desk.answers.map((answer) => answer.text)).toEqual([expect.stringContaining("too late to edit")]);
  bridge.set(id, { state: "failed" });
  group.edit(said, "goodbye again");
  await settled();
  expect(desk.answers.at(-1)?.text).toContain("not on its way");
});

test("an edit that makes a note of an answer takes the SMS back", async () => {
  const setup = await start();
  const { group, settled, bridge, desk } = setup;
  const { said, id } = await marked(setup);
  bridge.set(id, { attempt: 2 });
  group.edit(said, "// not now");
  await settled();
  expect(bridge.messages.get(id)).toMatchObject({ state: "cancelled", text: "hello" });
  expect(desk.answers).toEqual([]);
});

test("an edit never makes an SMS, and one that looks like it is answered", async () => {
  const { group, sara, settled, drafts, desk, topicOf } = await start();
  const topic = topicOf();
  const note = group.say(sara, "// note", { topic });
  group.edit(note, "changed my mind");
  const typo = group.say(sara, "/sned 09121234567 hello");
  group.edit(typo, "/send 09121234567 hello");
  const command = group.say(sara, "/status", { topic });
  group.edit(command, "all is well", { attach: "photo" });
  group.edit(group.say(sara, "/help", { topic }), "help is near");
  await settled();
  expect(drafts()).toEqual([]);
  const toEdits = desk.answers.filter(
    ({ text }) => text === "An edit sends nothing. Please write it as a new message.",
  );
  expect(toEdits.map(({ messageId }) => messageId)).toEqual([note.id, typo.id, expect.any(Number)]);
});

test("an edit of talk, of a note into a note, or of nothing that a bot can see is not answered", async () => {
  const { group, sara, settled, drafts, desk, topicOf } = await start();
  const topic = topicOf();
  const talk = group.say(sara, "good mornin", { topic: group.createTopic(sara, "between us").id });
  const command = group.say(sara, "/nosuch https://example.com", { topic });
  const note = group.say(sara, "// note", { topic });
  await settled();
  const before = desk.answers.length;
  group.edit(talk, "good morning");
  group.edit(command, "/nosuch https://example.com");
  group.edit(note, "// another note");
  await settled();
  expect(desk.answers).toHaveLength(before);
  expect(drafts()).toEqual([]);
});

test("a picture put into an answer by an edit is told to change nothing", async () => {
  const setup = await start();
  const { group, settled, bridge, desk } = setup;
  const { said, id } = await marked(setup);
  group.edit(said, "hello, see this", { attach: "photo" });
  await settled();
  expect(bridge.messages.get(id)).toMatchObject({ text: "hello", state: "queued" });
  expect(desk.answers.map((answer) => answer.text)).toEqual([expect.stringContaining("has changed nothing")]);
});

test("a press takes effect once; a second one, and one for an older attempt, only hear that it is done", async () => {
  const setup = await start();
  const { group, sara, settled, bridge } = setup;
  const { id, button } = await marked(setup);
  bridge.set(id, { state: "uncertain", attempt: 2 });
  const again = (await button(encodePress({ action: "send-again", attempt: 2, id }))).message_id;
  const old = (await button(encodePress({ action: "send-again", attempt: 1, id }))).message_id;
  const stale = group.press(sara, old, "B");
  const first = group.press(sara, again, "B");
  const second = group.press(sara, again, "B");
  await settled();
  await until(() => second.answer !== undefined);
  expect([stale.answer?.text, first.answer?.text, second.answer?.text]).toEqual([
    expect.stringContaining("done already"),
    expect.stringContaining("waiting its turn"),
    expect.stringContaining("done already"),
  ]);
  expect(bridge.messages.get(id)).toMatchObject({ state: "queued", settledBy: { name: "Sara" } });
});

test("a press that lets an answer go, read again after a crash in the middle of it, still counts as the answer", async () => {
  const setup = await start();
  const { group, sara, settled, bridge } = setup;
  const { id, button } = await marked(setup);
  const answered: string[] = [];
  bridge.conversations.answer = async (_thread, { id: answer }) => {
    answered.push(answer);
    return undefined;
  };
  bridge.set(id, { state: "queued", settledBy: { id: String(sara.id), name: "Sara" } });
  group.press(sara, (await button(encodePress({ action: "send-now", attempt: 0, id }))).message_id, "B");
  await settled();
  expect(answered).toEqual([id]);
});

test("a press by somebody who is no operator is refused with an alert and changes nothing", async () => {
  const setup = await start({ settings: { operators: [77] } });
  const { group, sara, person, settled, bridge, topicOf, telegram } = setup;
  const reza = person({ id: 77, name: "Reza" });
  group.say(reza, "hello", { topic: topicOf() });
  await settled();
  const [id = ""] = [...bridge.messages.keys()];
  const data = encodePress({ action: "cancel", attempt: 0, id });
  const keyboard = { inline_keyboard: [[{ text: "B", callback_data: data }]] };
  const { message_id } = await telegram.bot.api.sendMessage(group.id, "⏳", { reply_markup: keyboard });
  const press = group.press(sara, message_id, "B");
  await until(() => press.answer !== undefined);
  expect(press.answer).toMatchObject({ showAlert: true });
  expect(bridge.messages.get(id)).toMatchObject({ state: "queued" });
});

test("a button that names another desk's message, or nothing readable, does not work", async () => {
  const setup = await start();
  const { group, sara, bridge } = setup;
  const { id, button } = await marked(setup);
  bridge.set(id, { desk: "sales" });
  const foreign = group.press(sara, (await button(encodePress({ action: "cancel", attempt: 0, id }))).message_id, "B");
  const garbage = group.press(sara, (await button("p:c:x:y:z")).message_id, "B");
  await until(() => foreign.answer !== undefined && garbage.answer !== undefined);
  expect(foreign.answer).toMatchObject({ showAlert: true });
  expect(garbage.answer).toMatchObject({ showAlert: true });
  expect(bridge.messages.get(id)).toMatchObject({ state: "queued" });
});

test("a press in a chat that is no desk any more is answered, and does nothing", async () => {
  const setup = await start();
  const { group, sara, desk, bridge } = setup;
  const { id, button } = await marked(setup);
  const { message_id } = await button(encodePress({ action: "cancel", attempt: 0, id }));
  await desk.moveTo("-100999");
  const press = group.press(sara, message_id, "B");
  await until(() => press.answer !== undefined);
  expect(bridge.messages.get(id)).toMatchObject({ state: "queued" });
});

test("a press that cannot be answered any more still counts", async () => {
  const setup = await start();
  const { group, sara, simulator, settled, bridge } = setup;
  const { id, button } = await marked(setup);
  simulator.fail("answerCallbackQuery", { code: 400, description: "Bad Request: query is too old" });
  group.press(sara, (await button(encodePress({ action: "cancel", attempt: 0, id }))).message_id, "B");
  await settled();
  expect(bridge.messages.get(id)).toMatchObject({ state: "cancelled" });
});

test("/send writes to any number from the desk's line, with Persian digits and spaces", async () => {
  const { group, sara, settled, drafts, desk } = await start();
  group.say(sara, "/send ۰۹۳۵ ۱۱۱ ۲۲۳۳ سفارش شما آماده است");
  await settled();
  expect(drafts()).toMatchObject([
    { thread: "support/+989351112233", text: "سفارش شما آماده است", line: "+982164063188" },
  ]);
  expect(desk.answers).toEqual([]);
});

test("/send that is not right is answered with an example that a tap copies, and sends nothing", async () => {
  const { group, sara, settled, drafts, desk } = await start({ settings: { language: "fa" } });
  for (const args of ["", " 09121234567", " 12 سلام", " +49 30 1234567 5 عدد"]) group.say(sara, `/send${args}`);
  await settled();
  expect(drafts()).toEqual([]);
  expect(desk.answers).toHaveLength(4);
  const [usage] = desk.answers;
  const [entity] = usage?.what.entities ?? [];
  expect(usage?.text.slice(entity?.offset, (entity?.offset ?? 0) + (entity?.length ?? 0))).toBe(
    "/send 09121234567 سفارش شما آماده است",
  );
});

test("editing /send changes the text but never the number", async () => {
  const { group, sara, settled, drafts, bridge, desk } = await start();
  const said = group.say(sara, "/send 09121234567 one");
  await settled();
  group.edit(said, "/send 09121234567 two");
  await settled();
  const [id = ""] = drafts().map((draft) => draft.id);
  expect(bridge.messages.get(id)).toMatchObject({ text: "two", peer });
  group.edit(said, "/send 09350000000 three");
  await settled();
  expect(bridge.messages.get(id)).toMatchObject({ text: "two", peer });
  expect(desk.answers.map((answer) => answer.text)).toEqual([expect.stringContaining("number cannot be changed")]);
});

test("/credit is answered when the panel answers, and holds nobody up meanwhile", async () => {
  const { group, sara, settled, desk, bridge, topicOf, drafts } = await start({ capabilities: ["credit"] });
  let tell: (amount: number) => void = () => undefined;
  const amount = new Promise<number>((resolve) => {
    tell = resolve;
  });
  bridge.credit = async () => [{ provider: "panel", credits: [{ unit: "rial", amount: await amount }] }];
  group.say(sara, "/credit");
  group.say(sara, "hello", { topic: topicOf() });
  await settled();
  expect(drafts()).toHaveLength(1);
  expect(desk.answers).toEqual([]);
  tell(12_345);
  await until(() => desk.answers.length > 0);
  expect(desk.answers[0]?.text).toBe("panel: 12,345 rials");
});

test("/credit that fails is told, and where no panel can tell it the command is refused in words", async () => {
  const able = await start({ capabilities: ["credit"] });
  able.bridge.credit = async () => Promise.reject(new Error("no route"));
  able.group.say(able.sara, "/credit");
  await until(() => able.desk.answers.length > 0);
  expect(able.desk.answers[0]?.text).toContain("could not ask");

  const unable = await start();
  unable.group.say(unable.sara, "/credit");
  unable.group.say(unable.sara, "/help");
  await unable.settled();
  expect(unable.desk.answers[0]?.text).toContain("None of the panels");
  expect(unable.desk.answers[1]?.text).not.toContain("/credit");
});

test("/status names every panel, up or down with the reason, and what waits", async () => {
  const { group, sara, settled, desk, bridge, clock } = await start();
  bridge.health = [
    { provider: "panel", isUp: true, since: clock.now(), waiting: 0 },
    { provider: "dns", isUp: false, since: clock.now(), waiting: 2, failure: { code: "no-credit" } },
  ];
  group.say(sara, "/status");
  await settled();
  const text = desk.answers[0]?.text ?? "";
  expect(text).toContain("✓ panel: works");
  expect(text).toContain("✗ dns: the panel is out of credit, since ");
  expect(text).toContain("2 SMS are waiting");
  expect(text).toContain("/desk");
});

const everywhere = [
  "help",
  "send",
  "bulk",
  "later",
  "name",
  "who",
  "find",
  "canned",
  "block",
  "unblock",
  "status",
  "desk",
  "log",
  "export",
  "forget",
];

test("commands are offered in Persian, in English and to all others, credit only where a panel can tell it", async () => {
  const sales = createFakeDesk({ id: "sales", chat: -1005 });
  const { telegram, simulator, group } = await start({ capabilities: ["credit"], others: [sales] });
  telegram.offerCommands();
  await until(() => simulator.commands(`chat:${group.id}:en`).length > 0);
  const names = (key: string) => simulator.commands(key).map((each) => each.command);
  for (const key of ["default", "default:fa", "default:en"]) expect(names(key)).toEqual(everywhere);
  expect(names(`chat:${group.id}`)).toContain("credit");
  expect(simulator.commands("default:fa")[0]?.description).toBe("راهنمای کوتاه");
  expect(simulator.commands("default:en")[0]?.description).toBe("A short guide");
});

test("desks whose panels can do different things are each offered their own commands, however many", async () => {
  const sales = createFakeDesk({ id: "sales", chat: -1005 });
  const { telegram, simulator, group } = await start({
    capabilities: ["template"],
    others: [sales],
    otherCapabilities: { sales: ["contact"] },
  });
  telegram.offerCommands();
  const names = (key: string) => simulator.commands(key).map((each) => each.command);
  await until(() => names("chat:-1005:en").length > 0);
  expect(names("default")).toEqual(everywhere);
  const withOne = (name: string) => everywhere.toSpliced(everywhere.indexOf("canned") + 1, 0, name);
  expect(names(`chat:${group.id}`)).toEqual(withOne("template"));
  expect(names("chat:-1005")).toEqual(withOne("contact"));
});

test("a stranger in private gets one line a day, in their language, and a group that is no desk gets none", async () => {
  const { simulator, settled, desk, clock } = await start();
  const stranger = simulator.user({ name: "Ali", language: "fa" });
  const chat = simulator.privateChat(stranger);
  chat.say(stranger, "/start");
  chat.say(stranger, "hello?");
  const elsewhere = simulator.group();
  elsewhere.say(stranger, "hello");
  await settled();
  const lines = () => chat.messages().filter((message) => message.from.isBot);
  await until(() => lines().length > 0);
  expect(lines().map((message) => message.text)).toEqual([expect.stringContaining("این ربات")]);
  clock.pass(24 * 60 * 60_000 + 1);
  chat.say(stranger, "and today?");
  await until(() => lines().length === 2);
  expect(elsewhere.messages().filter((message) => message.from.isBot)).toEqual([]);
  expect(desk.answers).toEqual([]);
});

test("a bot that is no administrator any more says so once, unless it reads everything all the same", async () => {
  const { group, settled, desk } = await start();
  group.setBot("administrator", { can_manage_topics: false });
  group.setBot("member");
  group.setBot("left");
  group.setBot("administrator");
  group.setBot("kicked");
  await settled();
  expect(desk.told).toEqual([expect.stringContaining("no administrator")]);
  expect(desk.refreshed).toContain(undefined);

  const open = await start({ telegram: { privacyMode: false } });
  open.group.setBot("member");
  await open.settled();
  expect(open.desk.told).toEqual([]);
});

test("the desk hears from every update whether its chat has topics", async () => {
  const { group, sara, settled, desk } = await start({ group: { forum: false } });
  group.say(sara, "hello");
  group.setForum(true);
  group.say(sara, "and now?");
  await settled();
  expect(desk.refreshed).toEqual([false, true]);
});

test("a desk's group that becomes a supergroup is followed", async () => {
  const { group, settled, desk, sara, drafts } = await start({ group: { forum: false } });
  const next = group.migrate();
  await settled();
  expect(desk.chatId()).toBe(String(next.id));
  next.say(sara, "still here");
  await settled();
  expect(drafts()).toEqual([]);
  expect(desk.answers).toHaveLength(1);
});

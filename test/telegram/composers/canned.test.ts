import { expect, onTestFinished, test } from "vitest";
import { hashKey } from "../../../src/core/model/ids.ts";
import { encodeCannedPress } from "../../../src/telegram/canned/press.ts";
import { peer, type SetupOptions, startBot, until } from "../bot-setup.ts";

const by = { id: "9", name: "Reza" };

async function start(options: SetupOptions = {}) {
  const setup = await startBot(options);
  onTestFinished(setup.stop);
  return setup;
}

type Setup = Awaited<ReturnType<typeof start>>;

/** A message of the bot with this button in it, pressed by somebody. */
async function press(setup: Setup, data: string, options: { topic?: number; on?: number; by?: Setup["sara"] } = {}) {
  const { group, telegram, settled, sara } = setup;
  const keyboard = { inline_keyboard: [[{ text: data, callback_data: data }]] };
  const topic = options.topic === undefined ? {} : { message_thread_id: options.topic };
  const on =
    options.on ??
    (await telegram.bot.api.sendMessage(group.id, "menu", { ...topic, reply_markup: keyboard })).message_id;
  const pressed = group.press(options.by ?? sara, on, data);
  await settled();
  await until(() => pressed.answer !== undefined);
  return { on, text: pressed.answer?.text ?? "", isAlert: pressed.answer?.showAlert === true };
}

const saidLast = ({ desk }: Setup) => desk.answers.at(-1)?.text ?? "";
const labels = ({ desk }: Setup) => (desk.answers.at(-1)?.what.keyboard ?? []).flat().map(({ text }) => text);

test("an operator adds, changes, shows and removes; what is wrong is said and changes nothing", async () => {
  const setup = await start();
  const { group, sara, settled, bridge, drafts } = setup;
  const say = async (text: string) => {
    group.say(sara, text);
    await settled();
    return saidLast(setup);
  };
  expect(await say("/canned")).toContain("no canned answers yet");
  expect(await say("/canned add hours We are open 9 to 5.")).toContain("“hours” is ready: 1 SMS part");
  expect(await say("/canned add hours We are open 9 to 5.")).toContain("is ready");
  expect(await say("/canned add Hours Closed.")).toContain("stays as it is");
  expect(await say("/canned add list Closed.")).toContain("already means something");
  expect(await say("/canned add age You are {age}")).toContain("{age}");
  expect(await say("/canned add hours")).toContain("reply to it");
  expect(await say(`/canned add ${"n".repeat(33)} text`)).toContain("at most 32 letters");
  expect(await say(`/canned add long ${"س".repeat(1001)}`)).toContain("at most 1,000 letters");
  expect(await say(`/canned change hours ${"س".repeat(71)}`)).toContain("new text: 2 SMS parts");
  expect(await say("/canned change nothing x")).toContain("no canned answer called “nothing”");
  expect(await say("/canned show HOURS")).toContain("س".repeat(71));
  expect(labels(setup)).toEqual(["Remove", "All answers"]);
  expect(await say("/canned remove hours")).toContain(`/canned add hours ${"س".repeat(71)}`);
  expect(await say("/canned remove")).toContain("Put the name after");
  expect(await bridge.canned.all("support")).toEqual([]);
  expect(drafts()).toEqual([]);
});

test("in reply to a message its text is kept: of an answer as it was sent, of a note without its slashes", async () => {
  const setup = await start({ settings: { sends: "prefix" } });
  const { group, sara, settled, bridge, topicOf, telegram } = setup;
  const topic = topicOf();
  const said = group.say(sara, ".We are open 9 to 5.", { topic });
  const note = group.say(sara, "//  we are closed", { topic });
  await settled();
  const [id = ""] = bridge.messages.keys();
  const mark = await telegram.bot.api.sendMessage(group.id, "✓ Sent", { message_thread_id: topic });
  bridge.set(id, { markPost: `${group.id}:${mark.message_id}` });
  const stray = await telegram.bot.api.sendMessage(group.id, "/help tells more", { message_thread_id: topic });
  group.say(sara, "/canned add one", { topic, replyTo: said.id });
  group.say(sara, "/canned add two", { topic, replyTo: mark.message_id });
  group.say(sara, "/canned افزودن سه", { topic, replyTo: note.id });
  group.say(sara, "/canned add four", { topic, replyTo: await setup.post(peer, topic) });
  group.say(sara, "/canned add five", { topic, replyTo: stray.message_id });
  await settled();
  expect((await bridge.canned.all("support")).map(({ name, text }) => [name, text])).toEqual([
    ["one", "We are open 9 to 5."],
    ["two", "We are open 9 to 5."],
    ["سه", "we are closed"],
    ["four", "سلام"],
  ]);
  expect(saidLast(setup)).toContain("reply to it");
});

test("by its name it is the operator's answer in that thread, filled, and read again it stays what it was", async () => {
  const setup = await start({ settings: { sends: "replies" } });
  const { group, sara, settled, bridge, topicOf, drafts, desk, post } = setup;
  bridge.conversations.find = async (id) => ({ id, desk: "support", peer, seq: 1, activeAt: 1, name: "Ali" });
  await bridge.canned.add("support", { name: "hello there", text: "Hello {name}, {operator} here, {number}.", by });
  const said = group.say(sara, "/canned Hello-There".replace("-", " "), { topic: topicOf() });
  group.say(sara, "/canned hello there", { replyTo: await post("+989350000000") });
  await settled();
  expect(drafts()).toMatchObject([
    {
      thread: `support/${peer}`,
      text: "Hello Ali, Sara here, 09121234567.",
      origin: `${group.id}:${said.id}`,
      quoted: true,
      by: { name: "Sara" },
    },
    { thread: "support/+989350000000", text: "Hello Ali, Sara here, 09350000000." },
  ]);
  expect(desk.answers).toEqual([]);
  expect((await bridge.canned.all("support"))[0]?.uses).toBe(2);
});

test("an edit takes another canned answer, and whatever else it makes of it takes the SMS back", async () => {
  const setup = await start({ settings: { undoSeconds: 60 } });
  const { group, sara, settled, bridge, topicOf } = setup;
  await bridge.canned.add("support", { name: "hours", text: "9 to 5", by });
  await bridge.canned.add("support", { name: "address", text: "Valiasr 10", by });
  const said = group.say(sara, "/canned hours", { topic: topicOf() });
  await settled();
  const only = () => [...bridge.messages.values()];
  expect(only()).toMatchObject([{ text: "9 to 5", state: "held", hold: "undo" }]);
  group.edit(said, "/canned address");
  await settled();
  expect(only()).toMatchObject([{ text: "Valiasr 10", state: "held" }]);
  group.edit(said, "/canned nothing");
  await settled();
  expect(only()).toMatchObject([{ text: "Valiasr 10", state: "cancelled" }]);
});

test("without a value for a field, a customer or a right name nothing is sent, and the way out is told", async () => {
  const setup = await start();
  const { group, sara, settled, bridge, topicOf, drafts } = setup;
  const topic = topicOf();
  await bridge.canned.add("support", { name: "hello", text: "Hello {name}!", by });
  await bridge.canned.add("support", { name: "hours", text: "9 to 5", by });
  const say = async (text: string, at: object = { topic }) => {
    group.say(sara, text, at);
    await settled();
    return saidLast(setup);
  };
  expect(await say("/canned hello")).toContain("has no name yet");
  expect(saidLast(setup)).toContain("{name|there}");
  expect(await say("/canned hell")).toContain("nothing was sent");
  expect(labels(setup)).toEqual(["hello"]);
  expect(await say("/canned hours", {})).toContain("which customer");
  expect(await say("/canned hours", { topic: topicOf("DigiKala") })).toContain("name");
  expect(await say("/canned hours", { topic: group.createTopic(sara, "talk").id })).toContain("nobody");
  expect(drafts()).toEqual([]);
  await bridge.canned.change("support", { name: "hello", text: "Hello {name|there}!", by });
  group.say(sara, "/canned hello", { topic });
  await settled();
  expect(drafts()).toMatchObject([{ text: "Hello there!" }]);
});

test("in a thread the menu sends to its customer, elsewhere it shows; those of a name are never sent to", async () => {
  const setup = await start();
  const { group, sara, settled, bridge, topicOf, desk, post } = setup;
  await bridge.canned.add("support", { name: "hours", text: "9 to 5", by });
  group.say(sara, "/canned", { topic: topicOf() });
  group.say(sara, "/canned", { replyTo: await post("+989350000000") });
  group.say(sara, "/canned", { topic: topicOf("DigiKala") });
  group.say(sara, "/canned");
  group.say(sara, "/canned list", { topic: topicOf() });
  await settled();
  const data = desk.answers.map(({ what }) => what.keyboard?.[0]?.[0]);
  expect(data.map((button) => button && "callback_data" in button && button.callback_data)).toEqual([
    `a:s:1:${peer}`,
    "a:s:1:+989350000000",
    "a:v:1",
    "a:v:1",
    "a:v:1",
  ]);
  expect(desk.answers[0]?.text).toContain("0912");
});

test("a press sends once: the menu is its mark, and whoever presses it again hears that it is done", async () => {
  const setup = await start();
  const { bridge, drafts, group, person } = setup;
  await bridge.canned.add("support", { name: "hours", text: "9 to 5", by });
  const reza = person({ name: "Reza" });
  group.add(reza);
  const data = encodeCannedPress({ kind: "send", id: 1, peer });
  const first = await press(setup, data);
  const place = `${group.id}:${first.on}`;
  expect(drafts()).toMatchObject([
    {
      thread: `support/${peer}`,
      text: "9 to 5",
      quoted: true,
      origin: place,
      markPost: place,
      by: { name: "Sara" },
    },
  ]);
  expect(first).toMatchObject({ text: expect.stringContaining("waiting its turn"), isAlert: false });
  const again = await press(setup, data, { on: first.on, by: reza });
  expect(again.text).toContain("done already");
  expect(drafts()).toHaveLength(1);
  expect((await bridge.canned.all("support"))[0]?.uses).toBe(1);
  expect(setup.desk.rewritten).toEqual([]);
});

test("a menu that has sent something turns no page, shows nothing and removes nothing any more", async () => {
  const setup = await start();
  const { bridge, desk, drafts } = setup;
  await bridge.canned.add("support", { name: "hours", text: "9 to 5", by });
  const { on } = await press(setup, encodeCannedPress({ kind: "page", page: 0, peer }));
  const id = hashKey(String(setup.group.id), String(on));
  await bridge.outbound.accept({ id, thread: `support/${peer}`, text: "9 to 5" });
  for (const data of ["a:l:0", "a:v:1", "a:x:1"]) {
    const keyboard = { inline_keyboard: [[{ text: data, callback_data: data }]] };
    await setup.telegram.bot.api.editMessageReplyMarkup(setup.group.id, on, { reply_markup: keyboard });
    expect((await press(setup, data, { on })).text).toContain("done already");
  }
  expect(desk.rewritten).toHaveLength(1);
  expect(await bridge.canned.all("support")).toHaveLength(1);
  expect(drafts()).toHaveLength(1);
});

test("a press that another one has overtaken does not say that it sends", async () => {
  const setup = await start();
  const { bridge, drafts } = setup;
  await bridge.canned.add("support", { name: "hours", text: "9 to 5", by });
  const { accept } = bridge.outbound;
  // A webhook brings both at once, and the other one is committed between the look and the step of this one.
  bridge.outbound.accept = async (draft) => {
    await accept({ ...draft, text: "10 to 4" });
    return accept(draft);
  };
  expect((await press(setup, encodeCannedPress({ kind: "send", id: 1, peer }))).text).toContain("done already");
  expect(drafts()).toMatchObject([{ text: "10 to 4" }]);
  expect((await bridge.canned.all("support"))[0]?.uses).toBe(0);
});

test("what was changed or removed since is not sent; the menu is made anew, and only who pressed hears why", async () => {
  const setup = await start();
  const { bridge, drafts, desk } = setup;
  await bridge.canned.add("support", { name: "hours", text: "9 to 5", by });
  await bridge.canned.change("support", { name: "hours", text: "10 to 4", by });
  const pressed = await press(setup, encodeCannedPress({ kind: "send", id: 1, peer }));
  expect(pressed).toMatchObject({ isAlert: true, text: expect.stringContaining("changed or removed") });
  expect(drafts()).toEqual([]);
  expect(desk.rewritten).toMatchObject([{ messageId: pressed.on, what: { text: expect.stringContaining("10 to 4") } }]);
  await bridge.canned.change("support", { name: "hours", text: "Hello {name}", by });
  const nameless = await press(setup, encodeCannedPress({ kind: "send", id: 3, peer }));
  expect(nameless).toMatchObject({ isAlert: true, text: expect.stringContaining("has no name yet") });
  expect(nameless.text.length).toBeLessThanOrEqual(200);
  expect(drafts()).toEqual([]);
});

test("a menu that has been open for long asks first; one in an undo window waits in it", async () => {
  const old = await start({ settings: { staleSeconds: 60 } });
  await old.bridge.canned.add("support", { name: "hours", text: "9 to 5", by });
  const data = encodeCannedPress({ kind: "send", id: 1, peer });
  old.clock.pass(120_000);
  const asked = await press(old, data);
  expect(old.drafts()).toMatchObject([{ hold: { why: "stale" } }]);
  expect(asked.text).toContain("Not sent yet");
  const undo = await start({ settings: { undoSeconds: 5 } });
  await undo.bridge.canned.add("support", { name: "hours", text: "9 to 5", by });
  expect((await press(undo, data)).text).toContain("waiting its turn");
  expect(undo.drafts()).toMatchObject([{ hold: { why: "undo" } }]);
});

test("a press that only looks turns pages and shows one, and removes it, in the message that stands there", async () => {
  const setup = await start();
  const { bridge, desk, drafts } = setup;
  for (let index = 1; index <= 9; index += 1) {
    await bridge.canned.add("support", { name: `n${index}`, text: `text ${index}`, by });
  }
  await press(setup, encodeCannedPress({ kind: "page", page: 1, peer }));
  await press(setup, encodeCannedPress({ kind: "view", id: 9 }));
  await press(setup, encodeCannedPress({ kind: "remove", id: 9 }));
  const gone = await press(setup, encodeCannedPress({ kind: "remove", id: 9 }));
  expect(gone.text).toContain("removed a moment ago");
  const shown = desk.rewritten.map(({ what }) => what.text);
  expect(shown[0]).toContain("“n9” text 9");
  expect(shown[1]).toContain("Reza");
  expect(shown[2]).toContain("/canned add n9 text 9");
  expect(shown[3]).toContain("“n1” text 1");
  expect(await bridge.canned.all("support")).toHaveLength(8);
  expect(drafts()).toEqual([]);
});

test("who may not send may not press either, and only they hear of it", async () => {
  const setup = await start({ settings: { operators: [12345] } });
  await setup.bridge.canned.add("support", { name: "hours", text: "9 to 5", by });
  for (const kind of ["send", "remove"] as const) {
    const data = kind === "send" ? encodeCannedPress({ kind, id: 1, peer }) : encodeCannedPress({ kind, id: 1 });
    expect(await press(setup, data)).toMatchObject({ isAlert: true, text: expect.stringContaining("Only") });
  }
  expect(setup.drafts()).toEqual([]);
  expect(await setup.bridge.canned.all("support")).toHaveLength(1);
  expect(setup.desk.answers).toEqual([]);
});

import { expect, onTestFinished, test } from "vitest";
import { peer, type SetupOptions, startBot, until } from "../bot-setup.ts";

const order = { name: "order-ready", values: ["name", "code"], line: "30001234" };
const code = { name: "code", values: ["code"], line: "50001234" };

async function start(options: SetupOptions = {}) {
  const setup = await startBot({ capabilities: ["template"], ...options });
  setup.bridge.templates = [order, code];
  onTestFinished(setup.stop);
  return setup;
}

type Setup = Awaited<ReturnType<typeof start>>;

/** What a tap on each example copies. */
const copied = ({ desk }: Setup) =>
  desk.answers.flatMap(({ text, what }) =>
    (what.entities ?? []).map(({ type, offset, length }) => `${type} ${text.slice(offset, offset + length)}`),
  );

test("/template goes to a number, from the line that has it, with what a person reads of it", async () => {
  const { group, sara, settled, drafts, desk } = await start();
  const said = group.say(sara, "/template order-ready 0935 111 2233 «سارا احمدی» A12");
  await settled();
  expect(drafts()).toEqual([
    {
      id: expect.any(String),
      thread: "support/+989351112233",
      text: "order-ready: \u2068سارا احمدی\u2069, A12",
      template: { name: "order-ready", values: ["سارا احمدی", "A12"] },
      line: "30001234",
      origin: `${group.id}:${said.id}`,
      by: { id: String(sara.id), name: "Sara" },
      writtenAt: said.date * 1000,
    },
  ]);
  expect(desk.answers).toEqual([]);
});

test("whoever writes /template has answered, and one right after somebody else's answer is held", async () => {
  const { group, sara, settled, drafts, bridge, topicOf } = await start();
  const answered: string[] = [];
  bridge.conversations.answer = async (thread) => {
    answered.push(thread);
    return answered.length > 1 ? { by: { id: "7", name: "Reza" }, at: 0 } : undefined;
  };
  group.say(sara, "/template code 1234", { topic: topicOf() });
  group.say(sara, "/template code 5678", { topic: topicOf() });
  await settled();
  expect(answered).toEqual([`support/${peer}`, `support/${peer}`]);
  expect(drafts().map(({ hold }) => hold?.why)).toEqual([undefined, "collision"]);
});

test("in a customer's topic, and in reply to their SMS, the number may be left out", async () => {
  const { group, sara, settled, drafts, topicOf, post } = await start({ settings: { sends: "replies" } });
  group.say(sara, "/template code 1234", { topic: topicOf() });
  group.say(sara, "/template code 5678", { replyTo: await post("+989350000000") });
  group.say(sara, "/template code 0935 111 2233 9", { topic: topicOf() });
  await settled();
  expect(drafts().map(({ thread, template }) => [thread, template?.values[0]])).toEqual([
    [`support/${peer}`, "1234"],
    ["support/+989350000000", "5678"],
    ["support/+989351112233", "9"],
  ]);
});

test("in the topic of a name the number cannot be left out", async () => {
  const { group, sara, settled, drafts, desk, topicOf } = await start();
  group.say(sara, "/template code 1234", { topic: topicOf("DigiKala") });
  await settled();
  expect(drafts()).toEqual([]);
  expect(desk.answers[0]?.text).toContain("“1234” is not a phone number");
});

test("a template that is old when it is read, or in an undo window, is held as an answer is", async () => {
  const undo = await start({ settings: { undoSeconds: 5 } });
  undo.group.say(undo.sara, "/template code 09121234567 1");
  await undo.settled();
  expect(undo.drafts()).toMatchObject([{ hold: { why: "undo" } }]);
  const stale = await start({ settings: { staleSeconds: 60 } });
  stale.clock.pass(120_000);
  stale.group.say(stale.sara, "/template code 09121234567 1");
  await stale.settled();
  expect(stale.drafts()).toMatchObject([{ hold: { why: "stale" } }]);
});

/** A message of the bot with this button in it, pressed by an operator. */
async function press({ group, sara, telegram, settled }: Setup, data: string) {
  const keyboard = { inline_keyboard: [[{ text: "B", callback_data: data }]] };
  const { message_id } = await telegram.bot.api.sendMessage(group.id, "menu", { reply_markup: keyboard });
  const pressed = group.press(sara, message_id, "B");
  await settled();
  await until(() => pressed.answer !== undefined);
  return { place: `${group.id}:${message_id}`, answer: pressed.answer?.text ?? "", message_id };
}

/** The buttons of what was answered last. */
const buttons = ({ desk }: Setup) =>
  (desk.answers.at(-1)?.what.keyboard ?? []).flat().map((one) => ("callback_data" in one ? one.callback_data : ""));

test("a name that is not known is answered with the templates as they are written", async () => {
  const setup = await start();
  const { group, sara, settled, desk } = setup;
  group.say(sara, "/template oder-ready 09121234567 Sara A12");
  await settled();
  expect(copied(setup)).toEqual([
    "code /template order-ready 09121234567 name code",
    "code /template code 09121234567 code",
  ]);
  expect(desk.answers[0]?.text).toContain("“oder-ready”");
});

test("/template alone is a menu; a press turns it into the command to copy, without a number where it is known", async () => {
  const setup = await start();
  const { group, sara, settled, desk, drafts, topicOf } = setup;
  const formAfter = async (at: object) => {
    group.say(sara, "/template", at);
    await settled();
    const [data = ""] = buttons(setup);
    expect(Buffer.byteLength(data)).toBeLessThanOrEqual(64);
    await press(setup, data);
    const { text, entities } = desk.rewritten.at(-1)?.what ?? { text: "" };
    const { offset = 0, length = 0 } = entities?.[0] ?? {};
    return text.slice(offset, offset + length);
  };
  expect(await formAfter({})).toBe("/template order-ready 09121234567 name code");
  expect(desk.answers[0]?.text).toBe("Which template?\n\norder-ready: name, code\ncode: code");
  expect(await formAfter({ topic: topicOf() })).toBe("/template order-ready name code");
  expect(await formAfter({ topic: topicOf("DigiKala") })).toBe("/template order-ready 09121234567 name code");
  expect(drafts()).toEqual([]);
});

test("one without values is sent by a press in a thread, once; the menu becomes its mark", async () => {
  const setup = await start();
  const { group, sara, settled, bridge, drafts, topicOf, desk } = setup;
  bridge.templates = [{ name: "closed", values: [], line: "30001234" }];
  group.say(sara, "/template", { topic: topicOf() });
  await settled();
  const { place, message_id } = await press(setup, buttons(setup)[0] ?? "");
  const template = { name: "closed", values: [] };
  expect(drafts()).toMatchObject([
    { thread: `support/${peer}`, template, line: "30001234", origin: place, markPost: place, quoted: true },
  ]);
  const again = group.press(sara, message_id, "B");
  await until(() => again.answer !== undefined);
  expect(again.answer?.text).toContain("done already");
  expect(drafts()).toHaveLength(1);
  group.say(sara, "/template");
  await settled();
  await press(setup, buttons(setup)[0] ?? "");
  expect(desk.rewritten.at(-1)?.what.text).toContain("/template closed 09121234567");
  bridge.templates = [];
  expect((await press(setup, buttons(setup)[0] ?? "")).answer).toContain("does not work any more");
  expect(drafts()).toHaveLength(1);
});

test.each([
  ["order-ready", "The number is missing"],
  ["order-ready 0912 Sara A12", "“0912” is not a phone number"],
  ["order-ready 09121234567 Sara", "still needs code"],
  ["order-ready 09121234567", "still needs name, code"],
  ["order-ready 09121234567 Sara Ahmadi A12", "takes only name, code"],
  ['order-ready 09121234567 "Sara A12', "is not closed"],
])("/template %s is answered once, with an example, and sends nothing", async (args, words) => {
  const setup = await start();
  const { group, sara, settled, drafts, desk } = setup;
  group.say(sara, `/template ${args}`);
  await settled();
  expect(drafts()).toEqual([]);
  expect(desk.answers.map(({ text }) => text)).toEqual([expect.stringContaining(words)]);
  expect(desk.answers[0]?.text).toMatch(/nothing was sent/);
  expect(copied(setup)).toEqual(["code /template order-ready 09121234567 name code"]);
});

test("where a number has no plain end, the example has each value on a line of its own", async () => {
  const setup = await start();
  const { group, sara, settled, drafts, desk } = setup;
  group.say(sara, "/template order-ready +49 30 1234567 5 6");
  group.say(sara, "/template order-ready +49 30 1234567\n5\n6");
  await settled();
  expect(desk.answers.map(({ text }) => text)).toEqual([expect.stringContaining("where the number ends")]);
  expect(copied(setup)).toEqual(["code /template order-ready 09121234567\nname\ncode"]);
  expect(drafts()).toMatchObject([{ thread: "support/+49301234567", template: { values: ["5", "6"] } }]);
});

test("an example is copied without direction marks, and a name with spaces stands in quotation marks in it", async () => {
  const setup = await start({ settings: { language: "fa" } });
  setup.bridge.templates = [{ name: "order", values: ["نام مشتری", "کد"], line: "30001234" }];
  setup.group.say(setup.sara, "/template nothing");
  await setup.settled();
  expect(copied(setup)).toEqual(['code /template order 09121234567 "نام مشتری" کد']);
});

test("where no panel has a template the command is refused in words and not listed", async () => {
  const { group, sara, settled, drafts, desk } = await start({ capabilities: [] });
  group.say(sara, "/template code 09121234567 1");
  group.say(sara, "/help");
  await settled();
  expect(drafts()).toEqual([]);
  expect(desk.answers[0]?.text).toContain("no template for me");
  expect(desk.answers[1]?.text).not.toContain("/template");
});

test("editing a /template changes its values, and never its number", async () => {
  const { group, sara, settled, drafts, bridge, desk, topicOf } = await start();
  const said = group.say(sara, "/template code 1234", { topic: topicOf() });
  await settled();
  const [id = ""] = drafts().map((draft) => draft.id);
  group.edit(said, "/template code 5678");
  await settled();
  expect(bridge.messages.get(id)).toMatchObject({
    text: "code: 5678",
    template: { name: "code", values: ["5678"] },
    state: "queued",
  });
  group.edit(said, "/template code 09350000000 5678");
  await settled();
  expect(bridge.messages.get(id)).toMatchObject({ text: "code: 5678", peer, state: "queued" });
  expect(desk.answers.map(({ text }) => text)).toEqual([expect.stringContaining("number cannot be changed")]);
});

test("an edit takes another template only where the same line has it", async () => {
  const { group, sara, settled, drafts, bridge, desk } = await start();
  const said = group.say(sara, "/template code 09121234567 1234");
  await settled();
  const [id = ""] = drafts().map((draft) => draft.id);
  group.edit(said, "/template order-ready 09121234567 Sara A12");
  await settled();
  expect(bridge.messages.get(id)).toMatchObject({ template: { name: "code" }, state: "queued" });
  expect(desk.answers.map(({ text }) => text)).toEqual([expect.stringContaining("another line")]);
  bridge.templates = [{ ...order, line: "50001234" }, code];
  group.edit(said, "/template order-ready 09121234567 Sara A13");
  await settled();
  expect(bridge.messages.get(id)).toMatchObject({ template: { name: "order-ready", values: ["Sara", "A13"] } });
});

test.each(["/template code 1 2", "hello", "/send 09121234567 hello", "// a note", "/help"])(
  "a /template that is edited into %j is taken back",
  async (after) => {
    const { group, sara, settled, drafts, bridge, topicOf } = await start();
    const said = group.say(sara, "/template code 1234", { topic: topicOf() });
    await settled();
    const [id = ""] = drafts().map((draft) => draft.id);
    group.edit(said, after);
    await settled();
    expect(bridge.messages.get(id)).toMatchObject({ state: "cancelled", template: { name: "code", values: ["1234"] } });
    expect(drafts()).toHaveLength(1);
  },
);

test.each(["hello", "/send 09121234567 hello"])("%j never becomes a template by an edit", async (before) => {
  const { group, sara, settled, bridge, topicOf } = await start();
  const said = group.say(sara, before, { topic: topicOf() });
  await settled();
  group.edit(said, "/template code 1234");
  await settled();
  expect([...bridge.messages.values()]).toMatchObject([{ text: "hello", state: "cancelled" }]);
  expect([...bridge.messages.values()][0]?.template).toBeUndefined();
});

test("a template that waits for its time is taken back by an edit that makes /later of it: another text is no template", async () => {
  const { group, sara, settled, drafts, bridge, topicOf } = await start();
  const said = group.say(sara, "/template code 1234", { topic: topicOf() });
  await settled();
  const id = drafts()[0]?.id ?? "";
  const changed: string[] = [];
  bridge.later.change = async (one) => {
    changed.push(one);
    return { outcome: "unknown" };
  };
  bridge.set(id, { state: "held", hold: "scheduled", sendAt: said.date * 1000 + 7_200_000 });
  group.edit(said, "/later +3h hello");
  await settled();
  expect(changed).toEqual([]);
  expect(bridge.messages.get(id)).toMatchObject({ state: "cancelled" });
});

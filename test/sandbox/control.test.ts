import { expect, test } from "vitest";
import type { Simulators } from "../../src/sandbox/start.ts";
import { openPage } from "./open-page.ts";

test("every route of people is listed", async () => {
  const { get } = await openPage({ limits: "none" });
  const { routes } = await get("");
  for (const path of ["edit", "react", "topic", "say", "press"]) {
    expect(routes).toContainEqual(expect.stringMatching(`^POST /sandbox/telegram/${path} `));
  }
  expect(routes).toContainEqual(expect.stringMatching("^POST /sandbox/phones/:number/burst "));
});

test("who wrote a message edits it, the bot hears of it, and nobody edits another's", async () => {
  const { post, callBot, world } = await openPage({ limits: "none" });
  const topic = openTopic(world);
  const said = await post("/telegram/say", { user: "رضا", topic, text: "در خدمتم" });
  const { id } = said.body;
  const edited = await post("/telegram/edit", { user: "رضا", message: id, text: "در خدمتیم" });
  expect(edited).toMatchObject({ status: 200, body: { id, text: "در خدمتیم", isEdited: true } });
  expect(await heardBy(callBot)).toMatchObject([
    { message: { forum_topic_created: {} } },
    { message: { text: "در خدمتم" } },
    { edited_message: { message_id: id, text: "در خدمتیم" } },
  ]);
  expect(await post("/telegram/edit", { user: "سارا", message: id, text: "x" })).toEqual({
    status: 409,
    body: { error: `message ${id} is not one of سارا` },
  });
  expect(world.group.message(Number(id))?.text).toBe("در خدمتیم");
});

test("an answer to a message names it in the state", async () => {
  const { post, readState, world } = await openPage({ limits: "none" });
  const topic = openTopic(world);
  const first = await post("/telegram/say", { topic, text: "کدام سفارش؟" });
  await post("/telegram/say", { user: "مینا", topic, text: "۱۲۳۴", replyTo: first.body.id });
  const state = await readState();
  expect(state.telegram.topics[0]?.messages.at(-1)).toMatchObject({ text: "۱۲۳۴", replyTo: first.body.id });
});

test("a reaction is set, told with who set it, and taken back", async () => {
  const { post, readState, callBot, world } = await openPage({ limits: "none" });
  const { operators } = world;
  // Telegram keeps reactions only for a bot that has asked for them.
  await heardBy(callBot);
  const { body } = await post("/telegram/say", { topic: openTopic(world), text: "در خدمتم" });
  const react = (emoji: string, user: string) => post("/telegram/react", { message: body.id, emoji, user });
  expect((await react("🙏", "رضا")).body).toEqual({ message: body.id, reactions: ["🙏"] });
  await react("❤", "مینا");
  const messages = async () => (await readState()).telegram.topics[0]?.messages.at(-1);
  expect(await messages()).toMatchObject({ reactions: ["🙏", "❤"], reactedBy: [operators[1]?.id, operators[2]?.id] });
  expect((await react("", "رضا")).body).toEqual({ message: body.id, reactions: ["❤"] });
  expect(await react("x", "رضا")).toEqual({ status: 409, body: { error: "x is no reaction" } });
  expect((await heardBy(callBot)).filter((update) => "message_reaction" in update)).toMatchObject([
    { message_reaction: { old_reaction: [], new_reaction: [{ emoji: "🙏" }] } },
    { message_reaction: { new_reaction: [{ emoji: "❤" }] } },
    { message_reaction: { old_reaction: [{ emoji: "🙏" }], new_reaction: [] } },
  ]);
});

test("a topic is closed, reopened and deleted, and the state says so", async () => {
  const { post, readState, world } = await openPage({ limits: "none" });
  const topic = openTopic(world);
  const deal = (deed: string) => post("/telegram/topic", { topic, do: deed, user: "سارا" });
  expect(await deal("close")).toEqual({ status: 200, body: { topic, do: "close" } });
  expect((await readState()).telegram.topics).toMatchObject([{ id: topic, isClosed: true }]);
  expect((await post("/telegram/say", { user: "رضا", topic, text: "x" })).body.error).toMatch(/is closed$/);
  await deal("reopen");
  expect((await readState()).telegram.topics).toMatchObject([{ id: topic, isClosed: false }]);
  await deal("delete");
  expect((await readState()).telegram.topics).toEqual([]);
  expect(await deal("close")).toEqual({ status: 409, body: { error: `there is no topic ${topic}` } });
});

test("a burst is as many different SMS as were asked for, all on the wire and on the screen", async () => {
  const { url, post, world } = await openPage({ limits: "none" });
  world.connect(url);
  expect(await post("/phones/09120000001/burst", { count: 30 })).toEqual({
    status: 200,
    body: { count: 30, taken: 30 },
  });
  const pushed = world.asanak.received.map(({ text }) => text);
  expect(new Set(pushed).size).toBe(30);
  const { thread } = world.phones.phone("09120000001");
  expect(thread.map(({ text }) => text).sort()).toEqual([...pushed].sort());
});

test("a screen with more than it shows says how many came before, so that each SMS keeps its place", async () => {
  const { url, post, readState, world } = await openPage({ limits: "none" });
  world.connect(url);
  await post("/phones/09120000001/burst", { count: 70 });
  const [handset] = (await readState()).handsets;
  expect(handset?.earlier).toBe(10);
  expect(handset?.thread.map(({ text }) => text)).toEqual(
    world.phones
      .phone("09120000001")
      .thread.slice(10)
      .map(({ text }) => text),
  );
});

test.each([
  ["/telegram/edit", { message: 1 }, 400, /^message and text are needed$/],
  ["/telegram/edit", { message: 1, text: "x", user: "nobody" }, 409, /^there is no operator "nobody"$/],
  ["/telegram/edit", { message: 999, text: "x" }, 409, /^message 999 is not one of سارا$/],
  ["/telegram/react", { message: 1 }, 400, /^message and emoji are needed/],
  ["/telegram/react", { message: 999, emoji: "🙏" }, 409, /^there is no message 999/],
  ["/telegram/topic", { topic: 1, do: "burn" }, 400, /do: one of close, reopen, delete$/],
  ["/telegram/topic", { do: "close" }, 400, /^topic is needed/],
  ["/phones/0912/burst", {}, 400, /^count is a number from 1 to 100$/],
  ["/phones/0912/burst", { count: 0 }, 400, /^count is a number/],
  ["/phones/0912/burst", { count: 101 }, 400, /^count is a number/],
  ["/phones/0912/burst", { count: 1.5 }, 400, /^count is a number/],
  ["/phones/0912/burst", { count: 2, to: "1" }, 409, /^no panel owns the line 1$/],
] as const)("%s refuses %j in words", async (path, body, status, error) => {
  const { post } = await openPage({ limits: "none" });
  expect(await post(path, body)).toEqual({ status, body: { error: expect.stringMatching(error) } });
});

function openTopic({ operators, group }: Simulators): number {
  const [sara] = operators;
  if (!sara) throw new Error("there is no operator");
  return group.createTopic(sara, "0912 000 0001").id;
}

/** What waits for the bot, as it would read it. */
function heardBy(callBot: Awaited<ReturnType<typeof openPage>>["callBot"]): Promise<Record<string, object>[]> {
  return callBot("getUpdates", { allowed_updates: ["message", "edited_message", "message_reaction"] });
}

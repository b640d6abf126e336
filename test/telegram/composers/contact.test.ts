import { expect, onTestFinished, test } from "vitest";
import type { ContactOutcome } from "../../../src/core/bridge.ts";
import { peer, type SetupOptions, startBot, until } from "../bot-setup.ts";

async function start(options: SetupOptions = {}) {
  const setup = await startBot({ capabilities: ["contact"], ...options });
  setup.bridge.phoneBooks = [
    { provider: "dns", fields: ["name", "city"] },
    { provider: "other", fields: ["note"] },
  ];
  setup.bridge.keep = async () => [{ provider: "dns", refused: [] }];
  onTestFinished(setup.stop);
  return setup;
}

test("/contact keeps a number with its fields; alone in a customer's topic, the customer", async () => {
  const { group, sara, desk, bridge, topicOf } = await start();
  group.say(sara, "/contact ۰۹۳۵ ۱۱۱ ۲۲۳۳ name=«سارا احمدی»");
  group.say(sara, "/contact", { topic: topicOf() });
  await until(() => desk.answers.length === 2);
  expect(bridge.contacts).toEqual([
    { peer: "+989351112233", fields: { name: "سارا احمدی" } },
    { peer, fields: {} },
  ]);
  expect(desk.answers.map(({ text }) => text)).toEqual([
    "✓ dns: 0935 111 2233 is in the phone book",
    "✓ dns: 0912 123 4567 is in the phone book",
  ]);
});

test("what became of it is told for each panel, in its own words where it refused something", async () => {
  const { group, sara, desk, bridge } = await start();
  bridge.keep = async () => [
    { provider: "dns", refused: [{ field: "name", vendor: "-3 too  long" }] },
    { provider: "soap", failure: { code: "no-answer" } },
    { provider: "other", failure: { code: "bad-recipient", vendor: "-2" } },
  ];
  group.say(sara, "/contact 09121234567 name=Sara");
  await until(() => desk.answers.length === 1);
  expect(desk.answers[0]?.text.split("\n")).toEqual([
    "✓ dns: 0912 123 4567 is in the phone book",
    "“name” was not kept; the panel said: -3 too long",
    "✗ soap: it did not work: the panel did not answer",
    "✗ other: it did not work: the number is not right",
    "The panel said: -2",
  ]);
});

test("it holds nobody up while the panel thinks", async () => {
  const { group, sara, settled, desk, bridge, drafts, topicOf } = await start();
  let finish: (outcomes: readonly ContactOutcome[]) => void = () => undefined;
  bridge.keep = () =>
    new Promise((resolve) => {
      finish = resolve;
    });
  group.say(sara, "/contact 09121234567");
  group.say(sara, "hello", { topic: topicOf() });
  await settled();
  expect(drafts()).toHaveLength(1);
  expect(desk.answers).toEqual([]);
  finish([{ provider: "dns", refused: [] }]);
  await until(() => desk.answers.length === 1);
});

test("the same message read again, at once or later, is kept once", async () => {
  const { group, sara, desk, bridge, telegram, settled } = await start();
  const text = "/contact 09121234567";
  const chat = { id: group.id, type: "supergroup", title: "Group", is_forum: true } as const;
  const from = { id: sara.id, is_bot: false, first_name: "Sara" };
  const message = { message_id: 5_000, date: Math.floor(Date.now() / 1000), chat, from, text };
  const read = () => telegram.bot.handleUpdate({ update_id: 5_000, message });
  await Promise.all([read(), read()]);
  await until(() => desk.answers.length > 0);
  await settled();
  await read();
  await settled();
  expect(bridge.contacts).toHaveLength(1);
  expect(desk.answers).toHaveLength(1);
});

test.each([
  ["", "After /contact write the number"],
  [" Sara", "“Sara” is not a phone number, so nothing was kept"],
  [" 09121234567 age=7", "no place for “age”"],
  [" 09121234567 name=Sara Ahmadi", "do not understand “Ahmadi”"],
])("/contact%s is answered with the known fields and an example, and keeps nothing", async (args, words) => {
  const { group, sara, settled, desk, bridge } = await start();
  group.say(sara, `/contact${args}`);
  await settled();
  expect(bridge.contacts).toEqual([]);
  const [usage] = desk.answers;
  expect(usage?.text).toContain(words);
  expect(usage?.text).toContain("name, city, note");
  const [entity] = usage?.what.entities ?? [];
  expect(usage?.text.slice(entity?.offset, (entity?.offset ?? 0) + (entity?.length ?? 0))).toBe(
    "/contact 09121234567 name=… city=… note=…",
  );
});

test("fields that no one phone book has together are told, with the phone books", async () => {
  const { group, sara, desk, bridge } = await start();
  bridge.keep = async () => [];
  group.say(sara, "/contact 09121234567 name=Sara note=x");
  await until(() => desk.answers.length === 1);
  expect(desk.answers[0]?.text.split("\n").slice(1)).toEqual(["dns: name, city", "other: note"]);
});

test("one that breaks is told, and where no panel has a phone book the command is refused in words", async () => {
  const able = await start();
  able.bridge.keep = async () => Promise.reject(new Error("no route"));
  able.group.say(able.sara, "/contact 09121234567");
  await until(() => able.desk.answers.length === 1);
  expect(able.desk.answers[0]?.text).toContain("could not keep");

  const unable = await start({ capabilities: [] });
  unable.group.say(unable.sara, "/contact 09121234567");
  unable.group.say(unable.sara, "/help");
  await unable.settled();
  expect(unable.bridge.contacts).toEqual([]);
  expect(unable.desk.answers[0]?.text).toContain("phone book for me");
  expect(unable.desk.answers[1]?.text).not.toContain("/contact");
});

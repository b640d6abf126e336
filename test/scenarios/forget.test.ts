import { expect, test } from "vitest";
import { openTopic, withDesk } from "./open-topic.ts";
import type { Bridge } from "./start-bridge.ts";

const words = {
  fa: { yes: /پاک کن/, ask: "برگشت ندارد", done: "هر چه از آن شخص داشتم پاک شد", stays: "تاپیکش هنوز هست" },
  en: { yes: /^Erase/, ask: "cannot be undone", done: "is erased", stays: "still there" },
};

async function ask(bridge: Bridge, language: "fa" | "en" = "fa") {
  const [sara, reza] = bridge.operators;
  if (!sara || !reza) throw new Error("nobody works here");
  bridge.group.add(sara, "administrator");
  bridge.group.say(sara, "/forget 0912 000 0000");
  const question = await bridge.desk.isTold(words[language].ask);
  const label = question.buttons.flat().find((one) => words[language].yes.test(one)) ?? "";
  return { sara, reza, question, label, say: (by: typeof sara) => bridge.group.press(by, question, label) };
}

test.each(["fa", "en"] as const)(
  "an administrator has a person forgotten: messages, name and topic are gone (%s)",
  async (language) => {
    const { bridge, customer, topic } = await openTopic(withDesk({ language }));
    await topic.operatorSays("نشانی: کوچه‌ی بهار").isMarked("✓✓");
    const { sara, reza, label, question, say } = await ask(bridge, language);
    expect(label.replace(/\s/g, "")).toContain("09120000000");
    const refused = say(reza);
    await bridge.telegram.waitFor(() => refused.answer, 8000);
    expect(bridge.desk.topics()).toHaveLength(1);
    say(sara);
    await bridge.desk.isTold(words[language].done);
    expect(bridge.desk.topics()).toEqual([]);
    expect(bridge.desk.told(words[language].stays)).toEqual([]);
    const rewritten = bridge.group.messages("general").find(({ id }) => id === question.id);
    expect(rewritten?.buttons).toEqual([]);
    expect(rewritten?.text).not.toMatch(/\d/);
    const messages = await bridge.app.bridge.exports.ofThread("support/+989120000000").next();
    expect(messages.done).toBe(true);
    expect(await bridge.app.bridge.conversations.find("support/+989120000000")).toBeUndefined();
    await customer.sends("من دوباره آمدم");
    const again = await bridge.desk.topicOf("09120000000");
    await again.shows("من دوباره آمدم");
    expect(again.id).not.toBe(topic.id);
  },
);

test("what still waited to be sent is stopped first and never leaves", async () => {
  const { bridge, customer, topic } = await openTopic(withDesk({ undoSeconds: 3 }));
  await topic.operatorSays("این نباید برود").isMarked("⏳");
  const { sara, say } = await ask(bridge);
  say(sara);
  await bridge.desk.isTold(words.fa.done);
  await new Promise((resolve) => setTimeout(resolve, 4000));
  expect(customer.received()).toEqual([]);
});

test("where the bot may not delete a topic the operators are asked to, and what is written there reaches nobody", async () => {
  const { bridge, customer, topic } = await openTopic();
  bridge.group.setBot("administrator", { can_delete_messages: false });
  const { sara, say } = await ask(bridge);
  say(sara);
  await bridge.desk.isTold(words.fa.stays);
  topic.operatorSays("الو؟");
  await topic.shows("مال هیچ مشتری‌ای نیست");
  expect(customer.received()).toEqual([]);
});

test("what was begun is finished after a restart, once", async () => {
  const { bridge } = await openTopic();
  const { sara, say } = await ask(bridge);
  const heal = bridge.telegram.fail("deleteForumTopic", { code: 502, description: "Bad Gateway", times: 1000 });
  say(sara);
  const tries = () => bridge.telegram.callsOf("deleteForumTopic").length;
  await bridge.telegram.waitFor(() => tries() > 0, 8000);
  expect((await bridge.app.bridge.exports.ofThread("support/+989120000000").next()).done).toBe(true);
  await bridge.stop();
  heal();
  await bridge.restart();
  await bridge.desk.isTold(words.fa.done);
  expect(bridge.desk.topics()).toEqual([]);
  bridge.group.say(sara, "/log");
  const log = await bridge.desk.isTold("همه‌چیزِ یک نفر را پاک کرد");
  expect(log.text).not.toContain("0912");
  expect(bridge.desk.told(words.fa.done)).toHaveLength(1);
});

test("what they write while Telegram cannot delete their topic yet stays, and so does the topic", async () => {
  const { bridge, customer, topic } = await openTopic();
  const { sara, say } = await ask(bridge);
  const heal = bridge.telegram.fail("deleteForumTopic", { code: 502, description: "Bad Gateway", times: 1000 });
  say(sara);
  await bridge.telegram.waitFor(() => bridge.telegram.callsOf("deleteForumTopic").length > 0, 8000);
  await customer.sends("من دوباره آمدم");
  await topic.shows("من دوباره آمدم");
  heal();
  await bridge.desk.isTold(words.fa.done);
  const again = await bridge.desk.topicOf("09120000000");
  await again.shows("من دوباره آمدم");
});

test("a person of whom nothing is known is not asked about", async () => {
  const { bridge } = await openTopic();
  const [sara] = bridge.operators;
  if (!sara) return expect.unreachable();
  bridge.group.add(sara, "administrator");
  bridge.group.say(sara, "/forget 09120000009");
  await bridge.desk.isTold("چیزی ندارم");
});

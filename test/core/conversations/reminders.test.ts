import { expect, onTestFinished, test } from "vitest";
import { openConversations } from "../../../src/core/conversations/conversations.ts";
import { createRule } from "../../../src/core/model/rule.ts";
import { openWorld } from "../open-world.ts";

const minute = 60_000;
const thread = "support/+989120000000";

async function world(closeAfterMs = 0) {
  const followUp = { reminderMs: [10 * minute], hasChiefs: false, closeAfterMs };
  const opened = await openWorld({ followUp });
  onTestFinished(opened.stop);
  await opened.start();
  return opened;
}

test("nobody is reminded of a blocked customer; once they are unblocked the wait is told anew, with the last SMS that was shown", async () => {
  const { receive, bridge, support, pass } = await world();
  await receive("hello");
  await bridge.blocking.block(thread);
  await receive("spam");
  await pass(30 * minute, minute);
  expect(support.reminders).toEqual([]);
  await bridge.blocking.unblock(thread);
  await pass(9 * minute, minute);
  expect(support.reminders).toEqual([]);
  await pass(2 * minute, minute);
  expect(support.reminders).toMatchObject([{ lastSms: { text: "hello" } }]);
});

test("who waits at a desk that closes nothing is still counted when all reminders are told", async () => {
  const { receive, bridge, support, pass, store, clock } = await world();
  await receive("hello");
  await pass(30 * minute, minute);
  expect(support.reminders).toHaveLength(1);
  const book = await openConversations({
    store,
    clock,
    collisionMsOf: () => 0,
    followUpOf: () => undefined,
  });
  expect(await book.dueAt("support", { limit: 9 })).toMatchObject([{ id: thread }]);
  await bridge.blocking.block(thread);
  expect(await book.dueAt("support", { limit: 9 })).toEqual([]);
});

test("times that change count at once for those who wait already, shorter or longer, and for what is to be closed", async () => {
  const rules = { reminderMs: [60 * minute], hasChiefs: false, closeAfterMs: 0 };
  const { receive, bridge, support, pass, start, stop } = await openWorld({ followUp: rules });
  onTestFinished(stop);
  await start();
  await receive("hello");
  await pass(20 * minute, minute);
  expect(support.reminders).toEqual([]);
  rules.reminderMs = [10 * minute];
  await bridge.replan("support");
  await pass(minute, minute);
  expect(support.reminders).toHaveLength(1);
  rules.reminderMs = [];
  rules.closeAfterMs = 30 * minute;
  await bridge.replan("support");
  await pass(20 * minute, minute);
  expect((await bridge.conversations.find(thread))?.closedAt).toBeUndefined();
  rules.closeAfterMs = 15 * minute;
  await bridge.replan("support");
  await pass(minute, minute);
  expect((await bridge.conversations.find(thread))?.closedAt).toBeDefined();
});

test("what comes back does not repeat a code that is to be hidden", async () => {
  const rules = [createRule({ pattern: "/code/", maskCodesAfterSeconds: 3600 })];
  const followUp = { reminderMs: [], hasChiefs: false, closeAfterMs: 0 };
  const { receive, bridge, support, pass, start, stop, clock } = await openWorld({ followUp, rules: { rules } });
  onTestFinished(stop);
  await start();
  await receive("your code is 482913");
  await bridge.conversations.snooze(thread, clock.now() + 10 * minute);
  await pass(11 * minute, minute);
  expect(support.reminders).toMatchObject([{ why: { kind: "back" } }]);
  const [line] = support.reminders[0]?.lastLines ?? [];
  expect(line?.text).toContain("your code is");
  expect(line?.text).not.toContain("482913");
});

test("times that the configuration has changed while the bridge was down count for those who wait already", async () => {
  const before = await openWorld({ followUp: { reminderMs: [], hasChiefs: false, closeAfterMs: 0 } });
  await before.start();
  await before.receive("hello");
  await before.pass(minute);
  await before.stop();
  const { store, clock } = before;
  const followUp = { reminderMs: [10 * minute], hasChiefs: false, closeAfterMs: 0 };
  const after = await openWorld({ store, clock, followUp });
  onTestFinished(after.stop);
  await after.start();
  await after.pass(8 * minute, minute);
  expect(after.support.reminders).toEqual([]);
  await after.pass(2 * minute, minute);
  expect(after.support.reminders).toMatchObject([{ lastSms: { text: "hello" } }]);
});

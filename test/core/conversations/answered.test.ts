import { expect, onTestFinished, test } from "vitest";
import type { Draft } from "../../../src/core/bridge.ts";
import { cancel, claim, doubtSince } from "../../../src/core/outbox/attempt.ts";
import { fails, openWorld, sara } from "../open-world.ts";

const minute = 60_000;
const hour = 60 * minute;
const thread = "support/+989120000000";

async function openOffice(options: Parameters<typeof openWorld>[0] = {}) {
  const followUp = { reminderMs: [10 * minute], hasChiefs: false, closeAfterMs: 0 };
  const world = await openWorld({ followUp, ...options });
  onTestFinished(world.stop);
  const { bridge, clock, settle } = world;
  return {
    ...world,
    /** As a composer does: first the conversation, then the SMS. */
    async says(id: string, more: Partial<Draft> = {}) {
      await bridge.conversations.answer(thread, { id, by: sara, at: clock.now() });
      await bridge.outbound.accept({ id, thread, text: "چشم", origin: `-100:${id}`, by: sara, ...more });
      await settle();
    },
    conversation: async () => (await bridge.conversations.find(thread)) ?? expect.unreachable(),
  };
}

test("an answer that fails for good is none: the customer waits as before, is reminded of, and waits no more once it is tried again", async () => {
  const { start, receive, says, conversation, first, support, pass, bridge, clock } = await openOffice();
  await start();
  await receive("سلام");
  const { waitingSince } = await conversation();
  first.before = fails("rejected");
  await says("m1");
  expect(await bridge.outbound.find("m1")).toMatchObject({ state: "failed" });
  expect(await conversation()).toMatchObject({ waitingSince, claim: { by: sara } });
  await pass(11 * minute, minute);
  expect(support.reminders).toHaveLength(1);
  first.before = () => undefined;
  await bridge.outbound.tryAgain("m1", 1, sara);
  await bridge.conversations.answer(thread, { id: "m1", by: sara, at: clock.now() }, { evenSo: true });
  await pass(minute);
  expect(await bridge.outbound.find("m1")).toMatchObject({ state: "sent" });
  expect((await conversation()).waitingSince).toBeUndefined();
});

test("an answer that the panel says did not arrive is none, unless another one went out", async () => {
  const { start, receive, says, conversation, first, pass } = await openOffice();
  await start();
  await receive("سلام");
  const { waitingSince } = await conversation();
  first.tell = (ids) => ids.map((id) => ({ id, state: "failed", vendor: "6" }));
  await says("m1");
  expect((await conversation()).waitingSince).toBeUndefined();
  await pass(6000);
  expect(await conversation()).toMatchObject({ waitingSince });

  await says("m2");
  first.tell = () => [];
  await says("m3");
  first.tell = (ids) => ids.map((id) => ({ id, state: id === "first-2" ? "failed" : "pending", vendor: "0" }));
  await pass(6000);
  expect((await conversation()).waitingSince).toBeUndefined();
});

test("an answer that arrives after all is one again, but not for what the customer wrote since", async () => {
  const { start, receive, says, conversation, first, pass } = await openOffice();
  await start();
  await receive("سلام");
  const { waitingSince } = await conversation();
  const tell = (state: "failed" | "delivered") => {
    first.tell = (ids) => ids.map((id) => ({ id, state, vendor: "6" }));
  };
  tell("failed");
  await says("m1");
  await pass(6000);
  expect(await conversation()).toMatchObject({ waitingSince });
  tell("delivered");
  await pass(minute);
  const answered = await conversation();
  expect(answered.waitingSince).toBeUndefined();
  expect(answered.lastAnswer).toMatchObject({ id: "m1" });

  await receive("قیمت؟");
  tell("failed");
  await says("m2");
  await pass(6000);
  await receive("چه شد؟");
  tell("delivered");
  await pass(minute);
  expect((await conversation()).waitingSince).toBeDefined();
});

test("a conversation that was closed behind its answer opens again when that fails, and not when it is stopped", async () => {
  const { start, receive, says, conversation, first, support, pass, bridge, clock } = await openOffice();
  await start();
  await receive("سلام");
  const { waitingSince } = await conversation();
  await says("m1", { hold: { why: "undo", untilMs: clock.now() + minute } });
  await bridge.conversations.close(thread);
  await bridge.outbound.cancel("m1", 0, sara);
  await pass(1000);
  expect((await conversation()).closedAt).toBeDefined();
  await says("m2", { hold: { why: "undo", untilMs: clock.now() + minute } });
  await bridge.conversations.close(thread);
  first.before = fails("rejected");
  await pass(2 * minute);
  expect(await conversation()).toMatchObject({ waitingSince });
  expect((await conversation()).closedAt).toBeUndefined();
  await pass(10 * minute, minute);
  expect(support.reminders).toHaveLength(1);
});

test("a customer who was let be by closing waits for no answer that fails later", async () => {
  const { start, receive, says, conversation, first, bridge, clock, pass } = await openOffice();
  await start();
  await receive("سلام");
  await says("m1", { hold: { why: "undo", untilMs: clock.now() + minute } });
  await receive("ممنون");
  await bridge.conversations.close(thread);
  first.before = fails("rejected");
  await pass(2 * minute);
  expect((await conversation()).closedAt).toBeDefined();
});

test("what nobody knows the fate of counts as an answer", async () => {
  const { start, receive, says, conversation, first } = await openOffice();
  await start();
  await receive("سلام");
  first.before = fails("no-answer", false);
  await says("m1");
  expect((await conversation()).waitingSince).toBeUndefined();
});

test("one for later is none before it leaves, nor one that was put off", async () => {
  const { start, receive, says, conversation, pass, bridge, clock } = await openOffice();
  await start();
  await receive("سلام");
  const { waitingSince } = await conversation();
  await says("m1", { hold: { why: "undo", untilMs: clock.now() + minute } });
  expect((await conversation()).waitingSince).toBeUndefined();
  await bridge.later.putOff("m1", 0, sara);
  await pass(1000);
  expect(await conversation()).toMatchObject({ waitingSince });
  await bridge.later.choose("m1", 0, { by: sara, sendAt: clock.now() + hour });
  await pass(hour - minute, minute);
  expect(await conversation()).toMatchObject({ waitingSince });
  await pass(2 * minute, minute);
  expect(await bridge.outbound.find("m1")).toMatchObject({ state: "sent" });
  expect((await conversation()).waitingSince).toBeUndefined();
});

test("an answer that is held again, by an edit or for another time, is none until it is let go", async () => {
  const { start, receive, says, conversation, pass, bridge, clock } = await openOffice({ rules: { maxParts: 1 } });
  await start();
  await receive("سلام");
  const { waitingSince } = await conversation();
  await says("m1", { hold: { why: "undo", untilMs: clock.now() + minute } });
  expect((await conversation()).waitingSince).toBeUndefined();
  await bridge.outbound.edit("m1", "س".repeat(200));
  await pass(1000);
  expect(await bridge.outbound.find("m1")).toMatchObject({ state: "held", hold: "long" });
  expect(await conversation()).toMatchObject({ waitingSince });
});

test("one for later that a restored store knows nothing of does not count before its time", async () => {
  const { start, receive, conversation, records, bridge, clock, pass, store } = await openOffice();
  await start();
  await receive("سلام");
  const { waitingSince } = await conversation();
  const sendAt = clock.now() + hour;
  const draft = { id: "m1", thread, text: "چشم", origin: "-100:m1", by: sara, sendAt };
  await bridge.outbound.accept({ ...draft, hold: { why: "scheduled", untilMs: sendAt } });
  await bridge.stop(0);
  await records.outbound.update("m1", (message) => message && doubtSince({ ...message, markDue: clock.now() }));
  const next = await openOffice({ store, clock });
  await next.start();
  await pass(1000);
  expect(await next.conversation()).toMatchObject({ waitingSince });
});

test("one for later answers what was written before its time, once, however often it is tried", async () => {
  const { start, receive, conversation, first, pass, bridge, clock } = await openOffice();
  await start();
  await receive("سلام");
  const sendAt = clock.now() + hour;
  const draft = { id: "m1", thread, text: "چشم", origin: "-100:m1", by: sara, sendAt };
  await bridge.outbound.accept({ ...draft, hold: { why: "scheduled", untilMs: sendAt } });
  first.before = fails("busy");
  await pass(hour + 1000, minute);
  expect((await conversation()).waitingSince).toBeUndefined();
  await receive("قیمت؟");
  const { waitingSince } = await conversation();
  expect(waitingSince).toBeDefined();
  first.before = () => undefined;
  await pass(10 * minute, minute);
  expect(await bridge.outbound.find("m1")).toMatchObject({ state: "sent" });
  expect(await conversation()).toMatchObject({ waitingSince });
});

test("one for later whose process dies while it leaves has left, as far as anybody knows", async () => {
  const killed = await openOffice();
  await killed.start();
  await killed.receive("سلام");
  const sendAt = killed.clock.now() + hour;
  const draft = { id: "m1", thread, text: "چشم", origin: "-100:m1", by: sara, sendAt };
  await killed.bridge.outbound.accept({ ...draft, hold: { why: "scheduled", untilMs: sendAt } });
  await killed.bridge.stop(0);
  killed.clock.pass(hour);
  const now = killed.clock.now();
  await killed.records.outbound.update("m1", (message) => message && claim(message, now, 1000));
  const next = await openOffice({ store: killed.store, clock: killed.clock });
  await next.start();
  await next.pass(minute);
  expect(await next.find("m1")).toMatchObject({ state: "uncertain" });
  expect((await next.conversation()).waitingSince).toBeUndefined();
});

test("a process that dies between the end of an answer and its conversation leaves that to the next start", async () => {
  const killed = await openOffice();
  await killed.start();
  await killed.receive("سلام");
  const { waitingSince } = await killed.conversation();
  await killed.says("m1", { hold: { why: "undo", untilMs: killed.clock.now() + hour } });
  await killed.bridge.stop(0);
  await killed.records.outbound.update(
    "m1",
    (message) => message && { ...cancel(message), markDue: killed.clock.now() },
  );
  expect((await killed.conversation()).waitingSince).toBeUndefined();
  const next = await openOffice({ store: killed.store, clock: killed.clock });
  await next.start();
  expect(await next.conversation()).toMatchObject({ waitingSince });
});

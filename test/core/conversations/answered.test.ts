import { expect, onTestFinished, test } from "vitest";
import type { Draft } from "../../../src/core/bridge.ts";
import { cancel } from "../../../src/core/outbox/attempt.ts";
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

import { expect, onTestFinished, test } from "vitest";
import { openWorld, sara } from "../open-world.ts";

const thread = "support/+989120000000";
const peer = "+989120000000";

const followUp = { reminderMs: [600_000], hasChiefs: false, closeAfterMs: 0 };

async function world() {
  const opened = await openWorld({ followUp });
  onTestFinished(opened.stop);
  await opened.start();
  const { forgetting } = opened.bridge;
  const forget = async () => {
    await forgetting.ask("wish", "support", peer);
    await forgetting.confirm("wish", sara);
    await opened.settle();
  };
  const left = async () => {
    const texts: string[] = [];
    for await (const { message } of opened.bridge.exports.ofThread(thread)) texts.push(message.text);
    return texts;
  };
  const isDone = () => opened.support.notices.some(({ kind }) => kind === "forgotten");
  return { ...opened, forgetting, forget, left, isDone };
}

test("to ask erases nothing, and a wish that was withdrawn never does", async () => {
  const { receive, forgetting, left } = await world();
  await receive("سلام");
  expect(await forgetting.ask("wish", "support", peer)).toBe(1);
  expect(await forgetting.withdraw("wish")).toBe(true);
  expect(await forgetting.confirm("wish", sara)).toBe(false);
  expect(await left()).toEqual(["سلام"]);
});

test("what is erased is never new again, and nothing can be pressed under it", async () => {
  const { receive, answer, forget, left, isDone, bridge, support, first, pass, clock } = await world();
  const at = clock.now();
  await receive("راز", { at });
  const id = await answer("جواب");
  await pass(700_000, 5000);
  await bridge.conversations.name(thread, "مینا");
  await forget();
  await pass(5000);
  expect(isDone()).toBe(true);
  expect(await left()).toEqual([]);
  expect(await bridge.conversations.find(thread)).toBeUndefined();
  const shown = support.posts.length;
  await receive("راز", { at });
  await pass(5000);
  expect(support.posts).toHaveLength(shown);
  for (const press of [bridge.outbound.tryAgain, bridge.outbound.sendNow]) {
    expect((await press(id, 1, sara)).outcome).toBe("late");
  }
  expect(first.sent).toHaveLength(1);
});

test("an SMS on the wire is let end; then it goes too", async () => {
  const { answer, forget, left, isDone, first, pass, settle } = await world();
  let end = () => {};
  const held = new Promise<void>((resolve) => {
    end = resolve;
  });
  onTestFinished(() => end());
  first.before = () => held;
  await answer("روی سیم");
  await forget();
  await pass(5000);
  expect(isDone()).toBe(false);
  expect(await left()).toEqual(["روی سیم"]);
  end();
  await settle();
  await pass(5000);
  expect(isDone()).toBe(true);
  expect(await left()).toEqual([]);
  expect(first.sent).toHaveLength(1);
});

test("without id and time an SMS is kept for as long as it can be repeated, and is not new then", async () => {
  const { bridge, forget, left, isDone, support, pass } = await world();
  const sms = { line: "30001", peer: "09120000000", text: "بی‌زمان" };
  await bridge.inbound.accept("first", [sms]);
  await pass(2000);
  await forget();
  await pass(5000);
  expect(isDone()).toBe(false);
  await bridge.inbound.accept("first", [sms]);
  await pass(2000);
  expect(support.posts).toHaveLength(1);
  await pass(700_000, 5000);
  expect(isDone()).toBe(true);
  expect(await left()).toEqual([]);
});

test("what they write after it was asked for stays, with who waits since when", async () => {
  const { receive, left, isDone, pass, bridge } = await world();
  await receive("کهنه");
  await bridge.conversations.name(thread, "مینا");
  await bridge.forgetting.ask("wish", "support", peer);
  await bridge.forgetting.confirm("wish", sara);
  await receive("تازه");
  await pass(5000);
  expect(isDone()).toBe(true);
  expect(await left()).toEqual(["تازه"]);
  const conversation = await bridge.conversations.find(thread);
  expect(conversation?.name).toBeUndefined();
  expect(conversation?.waitingSince).toBeDefined();
  // So is that somebody is reminded of it, where the desk is.
  expect(conversation?.due).toBeDefined();
  // Without topics the buttons stand there.
  expect(conversation?.post).toBe("support:2");
});

test("whom they write to after it was asked for has a record without a past, and its card comes up to date", async () => {
  const { receive, answer, left, isDone, pass, bridge, support } = await world();
  await receive("کهنه");
  await bridge.conversations.name(thread, "مینا");
  await pass(2000);
  await bridge.forgetting.ask("wish", "support", peer);
  await bridge.forgetting.confirm("wish", sara);
  await answer("جواب تازه");
  await pass(5000, 5000);
  expect(isDone()).toBe(true);
  expect(await left()).toEqual(["جواب تازه"]);
  expect(await bridge.conversations.find(thread)).toBeDefined();
  expect(support.cards.at(-1)?.name).toBeUndefined();
});

test("who is forgotten is in no directory, though it was read before", async () => {
  const { receive, forget, isDone, pass, bridge } = await world();
  await receive("سلام");
  await bridge.conversations.name(thread, "مینا");
  const found = async () => (await bridge.directory.search("support", "0912", 10)).count;
  expect(await found()).toBe(1);
  await forget();
  await pass(5000);
  expect(isDone()).toBe(true);
  expect(await found()).toBe(0);
  await receive("من دوباره آمدم");
  expect(await found()).toBe(1);
});

test("an SMS from outside its thread that is about to be shown there is shown first; then it goes too", async () => {
  const { bridge, forget, left, isDone, support, pass, settle, clock } = await world();
  let show = () => {};
  const held = new Promise<void>((resolve) => {
    show = resolve;
  });
  onTestFinished(() => show());
  support.echo = async ({ commit }) => {
    await held;
    await commit();
  };
  await bridge.outbound.accept({ id: "outside", thread, text: "سفارش", by: sara, echo: true, writtenAt: clock.now() });
  await settle();
  await pass(1000);
  await forget();
  await pass(5000);
  expect(isDone()).toBe(false);
  expect(await left()).toEqual(["سفارش"]);
  show();
  await settle();
  await pass(5000);
  expect(isDone()).toBe(true);
  expect(await left()).toEqual([]);
});

test("confirming twice erases once, and the entry names nobody", async () => {
  const { receive, forget, forgetting, pass, bridge, support } = await world();
  await receive("سلام");
  await forget();
  await forgetting.confirm("wish", sara);
  await pass(5000);
  await forgetting.confirm("wish", sara);
  await pass(5000);
  expect(support.notices.filter(({ kind }) => kind === "forgotten")).toHaveLength(1);
  const entries = await bridge.journal.ofDesk("support", 0, 15);
  expect(entries).toHaveLength(1);
  expect(JSON.stringify(entries)).not.toContain("98912");
});

import { expect, onTestFinished, test } from "vitest";
import { createInbound } from "../../src/core/inbound/inbound.ts";
import { hashKey } from "../../src/core/model/ids.ts";
import { createRule, type RuleSettings } from "../../src/core/model/rule.ts";
import { openSequence } from "../../src/core/sequence.ts";
import { dailyAt } from "../../src/support/daily.ts";
import { away, openWorld, sara } from "./open-world.ts";

const hour = 3_600_000;
const promo = "10001234";
const code = "کد ورود شما: ۴۸۲۱۹۳";

async function world(settings: readonly RuleSettings[], options: Parameters<typeof openWorld>[0] = {}) {
  const rules = { rules: settings.map(createRule), dropTimes: dailyAt("20:00", "Asia/Tehran") };
  const opened = await openWorld({ rules, ...options });
  onTestFinished(opened.stop);
  let given = 0;
  async function sms(peer: string, text: string, facts: { line?: string; id?: string } = {}) {
    const { line = "30001", id } = facts;
    const at = opened.clock.now();
    const time = { written: `${at} ${++given}`, at };
    const panelId = id === undefined ? {} : { panelId: id };
    const [accepted] = await opened.bridge.inbound.accept("first", [{ line, peer, text, time, ...panelId }]);
    await opened.settle();
    if (!accepted) throw new Error("not accepted");
    return accepted;
  }
  return { ...opened, sms, stored: async (id: string) => (await opened.records.inbound.get(id)) ?? expect.fail(id) };
}
const texts = (posts: readonly { text: string }[]) => posts.map(({ text }) => text);

test("what a rule sends to a topic of its own shares it with others, and begins no conversation", async () => {
  const { start, sms, support, bridge } = await world([{ sender: "not-mobile", topic: "تبلیغات", silent: true }]);
  await start();
  await sms(promo, "حراج");
  await sms("DigiKala", "تخفیف");
  await sms("09121234567", "سلام");
  expect(support.posts.map(({ peer, topic, silent }) => [peer, topic, silent])).toEqual([
    [promo, "تبلیغات", true],
    ["DigiKala", "تبلیغات", true],
    ["+989121234567", undefined, undefined],
  ]);
  expect(await bridge.conversations.find(`support/${promo}`)).toBeUndefined();
  expect(await bridge.conversations.find("support/+989121234567")).toBeDefined();
});

test("a topic that is shared is one stream: what waits in it is shown in its order", async () => {
  const { start, sms, support } = await world([{ sender: "not-mobile", topic: "تبلیغات" }]);
  support.mostTogether = 5;
  for (const [peer, text] of [
    [promo, "one"],
    ["DigiKala", "two"],
    [promo, "three"],
  ] as const)
    await sms(peer, text);
  const before: string[] = [];
  support.before = (what, shown) => {
    if (what === "post" && "text" in shown) before.push(shown.text);
  };
  await start();
  expect(before).toEqual(["one"]);
  expect(texts(support.posts)).toEqual(["one", "two", "three"]);
});

test("who is blocked is shown in no shared topic, and the others there are", async () => {
  const { start, sms, support, bridge } = await world([{ sender: "not-mobile", topic: "تبلیغات" }]);
  support.mostTogether = 5;
  await bridge.blocking.block("support/Spam");
  await sms("DigiKala", "one");
  await sms("Spam", "two");
  await sms("DigiKala", "three");
  await start();
  await sms("Spam", "four");
  expect(texts(support.posts)).toEqual(["one", "three"]);
});

test("a rule gives an SMS to another desk, whose operators answer from the line it came to", async () => {
  const { start, sms, oncall, support, bridge, settle, first } = await world([{ pattern: "فوری", desk: "oncall" }]);
  await start();
  await sms("09121234567", "خیلی فوری");
  expect(texts(oncall.posts)).toEqual(["خیلی فوری"]);
  expect(support.posts).toEqual([]);
  await bridge.outbound.accept({ id: "m1", thread: "oncall/+989121234567", text: "آمدم", origin: "chat:1", by: sara });
  await settle();
  expect(first.sent.map(({ text, line }) => [text, line])).toEqual([["آمدم", "30001"]]);
});

test("what is dropped is kept, never shown, and told once a day, with who wrote most of it", async () => {
  const { start, sms, support, pass, stored, clock, bridge, records } = await world([
    { sender: "not-mobile", drop: true },
  ]);
  await start();
  const { message } = await sms(promo, "حراج");
  await sms("DigiKala", "یک");
  await sms("DigiKala", "دو");
  const since = clock.now();
  expect(await stored(message.id)).toMatchObject({ dropped: true, dropDue: since, text: "حراج" });
  expect(support.posts).toEqual([]);
  await pass(26 * hour, hour);
  const senders = [
    { peer: "DigiKala", count: 2 },
    { peer: promo, count: 1 },
  ];
  expect(support.notices).toEqual([{ kind: "dropped", count: 3, since, senders }]);
  expect(await records.inbound.range("dropDue", { limit: 10 })).toEqual([]);
  await pass(26 * hour, hour);
  expect(support.notices).toHaveLength(1);
  expect(await stored(message.id)).toMatchObject({ dropped: true });
  await sms(promo, "حراج دوم");
  await pass(26 * hour, hour);
  expect(support.notices.at(-1)).toMatchObject({ kind: "dropped", count: 1 });
  expect(await bridge.sweep()).toBe(0);
});

test("what was dropped outlives its time until that was told, and nobody who asks for the past gets it", async () => {
  const { start, sms, pass, bridge, stored, records, registry, clock, events, support } = await world(
    [{ sender: "not-mobile", drop: true }],
    { keepMs: hour },
  );
  await start();
  const { message } = await sms(promo, "حراج");
  const sequence = await openSequence(records, clock);
  const inbound = createInbound({ records, registry, sequence, clock, events, onAccepted: () => undefined });
  await pass(2 * hour, hour);
  expect(await bridge.sweep()).toBe(0);
  expect((await stored(message.id)).text).toBe("حراج");
  expect((await stored(message.id)).postDue).toBeUndefined();
  await pass(24 * hour, hour);
  expect(support.notices).toMatchObject([{ kind: "dropped", count: 1 }]);
  const told = await stored(message.id);
  await inbound.showAfterAll([{ message: told, isNew: false }]);
  expect(await stored(message.id)).toEqual(told);
  expect(await bridge.sweep()).toBe(1);
});

test("what was dropped before a restart, or while the desk was away, is told all the same", async () => {
  const rules = [{ sender: "not-mobile", drop: true }];
  const before = await world(rules);
  await before.start();
  await before.sms(promo, "حراج");
  await before.stop();
  const { store, clock } = before;
  const after = await world(rules, { store, clock });
  let isAway = true;
  after.support.notify = async (notice) => {
    if (isAway) away();
    after.support.notices.push(notice);
  };
  await after.start();
  await after.pass(30 * hour, hour / 4);
  expect(after.support.notices).toEqual([]);
  isAway = false;
  await after.pass(3 * hour, hour / 4);
  expect(after.support.notices).toMatchObject([{ kind: "dropped", count: 1 }]);
});

test("codes are hidden in the store and in the post once their time after the post is over", async () => {
  const { start, sms, support, pass, stored } = await world([{ sender: "not-mobile", maskCodesAfterSeconds: 60 }]);
  support.before = away;
  await start();
  const { message } = await sms(promo, code);
  await pass(120_000);
  // The time begins when somebody can read it.
  expect((await stored(message.id)).text).toBe(code);
  support.before = () => undefined;
  await pass(59_000);
  expect(texts(support.posts)).toEqual([code]);
  expect((await stored(message.id)).text).toBe(code);
  await pass(62_000);
  expect(support.hidden).toEqual([["کد ورود شما: ••••••"]]);
  const hidden = await stored(message.id);
  expect(hidden).toMatchObject({ text: "کد ورود شما: ••••••", content: hashKey(promo, code) });
  expect(hidden.codesDue).toBeUndefined();
  await pass(120_000);
  expect(support.hidden).toHaveLength(1);
});

test("an SMS without a code, and one that no rule means, stay as they are", async () => {
  const { start, sms, support, pass, records } = await world([{ sender: promo, maskCodesAfterSeconds: 1 }]);
  await start();
  await sms(promo, "قیمت ۱۲۵۰۰ تومان");
  await sms("30009999", code);
  await pass(10_000);
  expect(support.hidden).toEqual([]);
  expect(await records.inbound.range("codesDue", { limit: 10 })).toEqual([]);
});

test("a restart forgets no code, and hides none too soon", async () => {
  const rules = [{ sender: "not-mobile", maskCodesAfterSeconds: 3600 }];
  const before = await world(rules);
  await before.start();
  const { message } = await before.sms(promo, code);
  await before.stop();
  const { store, clock } = before;
  const after = await world(rules, { store, clock });
  await after.start();
  await after.pass(hour - 60_000, 30_000);
  expect((await after.stored(message.id)).text).toBe(code);
  await after.pass(120_000, 30_000);
  expect(after.support.hidden).toEqual([["کد ورود شما: ••••••"]]);
  expect((await after.stored(message.id)).text).not.toContain("۴۸۲۱۹۳");
});

test("while the desk is away the store is clean already, and the post follows when it is back", async () => {
  const { start, sms, support, pass, stored } = await world([{ sender: "not-mobile", maskCodesAfterSeconds: 60 }]);
  await start();
  const { message } = await sms(promo, code);
  support.before = away;
  await pass(70_000);
  expect(await stored(message.id)).toMatchObject({ text: "کد ورود شما: ••••••" });
  expect(support.hidden).toEqual([]);
  support.before = () => undefined;
  await pass(120_000);
  expect(support.hidden).toEqual([["کد ورود شما: ••••••"]]);
});

test("what went together is hidden together", async () => {
  const { start, sms, support, pass } = await world([{ sender: "not-mobile", maskCodesAfterSeconds: 60 }]);
  support.mostTogether = 3;
  await sms(promo, code);
  await sms(promo, "کد: 9999");
  await sms(promo, "سلام");
  await start();
  await pass(62_000);
  expect(support.hidden).toEqual([["کد ورود شما: ••••••", "کد: ••••", "سلام"]]);
});

test("the same SMS again is a repeat also when its code is hidden", async () => {
  const { start, sms, support, pass } = await world([{ sender: "not-mobile", maskCodesAfterSeconds: 60 }]);
  await start();
  await sms(promo, code, { id: "77" });
  await pass(62_000);
  expect((await sms(promo, code, { id: "77" })).isNew).toBe(false);
  // Another SMS that a panel gives the same id is none.
  expect((await sms(promo, "کد ورود شما: ••••••", { id: "77" })).isNew).toBe(true);
  expect(support.posts).toHaveLength(2);
});

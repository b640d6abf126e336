import { expect, onTestFinished, test } from "vitest";
import { ProviderError } from "../../../src/core/ports/provider-error.ts";
import { StoreError } from "../../../src/core/ports/store.ts";
import { fails } from "../open-world.ts";
import type { PaperInbox } from "./paper-inbox.ts";
import { dated, polled } from "./polled.ts";

/** A question that is never answered, and ends only when it is broken off. */
const hang = (signal: AbortSignal) =>
  new Promise<string>((_, reject) => {
    signal.addEventListener("abort", () => reject(new ProviderError("interrupted", "broken off", { certain: true })));
  });
const fetches = (inbox: PaperInbox) => inbox.asked.filter(({ question }) => question === "fetch").length;

test("what a panel lists is shown once, oldest first, although it lists it with every answer", async () => {
  const { start, pass, inbox, posted } = await polled();
  inbox.list = () => [dated("b", 2), dated("a", 1)];
  await start();
  await pass(60_000);
  inbox.list = () => [dated("c", 3), dated("b", 2), dated("a", 1)];
  await pass(60_000);
  expect(posted()).toEqual(["a", "b", "c"]);
});

test("two equal texts of one second are two SMS, and stay two", async () => {
  const { start, pass, inbox, posted } = await polled();
  inbox.list = () => [dated("بله"), dated("بله")];
  await start();
  await pass(60_000);
  expect(posted()).toEqual(["بله", "بله"]);
});

test("where something was new it asks again soon, for a panel may hand out a page at a time", async () => {
  const { start, pass, inbox, posted } = await polled();
  const pages = [[dated("1", 1)], [dated("2", 2)], [dated("3", 3)]];
  inbox.list = () => pages.shift() ?? [];
  await start();
  await pass(4000);
  expect(posted()).toEqual(["1", "2", "3"]);
});

test("an id past 2^53 is kept digit by digit, and one more is another SMS", async () => {
  const { start, pass, inbox, posted } = await polled();
  inbox.list = () => [dated("a", 0, "9007199254740993"), dated("a", 0, "9007199254740992")];
  await start();
  await pass(30_000);
  expect(posted()).toEqual(["a", "a"]);
  expect(inbox.confirmed.flat().toSorted()).toEqual(["9007199254740992", "9007199254740993"]);
});

test("SMS from before the first contact are kept and not shown, and the desk is told how many, once", async () => {
  const { start, pass, inbox, posted, support, records } = await polled();
  inbox.list = () => [dated("years ago", -1_000_000), dated("yesterday", -25 * 60), dated("today", -60)];
  await start();
  await pass(60_000);
  expect(posted()).toEqual(["today"]);
  expect(support.notices).toEqual([{ kind: "skipped-backlog", line: "30001", count: 2 }]);
  expect(await records.inbound.range("seq", { limit: 10 })).toHaveLength(3);
  expect(await records.inbound.range("postDue", { limit: 10 })).toEqual([]);
});

test("what comes after the first contact is shown however long the bridge was away", async () => {
  const first = await polled();
  await first.start();
  await first.pass(1000);
  await first.stop();
  first.clock.pass(5 * 86_400_000);
  const again = await polled({}, { store: first.store, clock: first.clock });
  again.inbox.list = () => [dated("while you were away", 24 * 60)];
  await again.start();
  await again.pass(1000);
  expect(again.posted()).toEqual(["while you were away"]);
});

test("after a poll that was cut off, what the panel holds unread is asked for at once, and comes once", async () => {
  const { start, pass, inbox, posted } = await polled();
  await start();
  await pass(1000);
  inbox.list = fails("no-answer");
  inbox.unread = () => [dated("handed out and lost", 1, "7")];
  await pass(10_000);
  expect(posted()).toEqual(["handed out and lost"]);
  inbox.list = () => [];
  await pass(60_000);
  expect(posted()).toEqual(["handed out and lost"]);
});

/** A bridge on a store that another one has used before. */
async function secondStart() {
  const first = await polled();
  await first.start();
  await first.pass(1000);
  await first.stop();
  return polled({}, { store: first.store, clock: first.clock });
}

test("what a dead process was handed and did not store is shown before what came after it", async () => {
  const { start, pass, inbox, posted } = await secondStart();
  inbox.unread = () => [dated("handed out and lost", 1, "7"), dated("new", 2, "8")];
  inbox.list = () => [dated("new", 2, "8")];
  await start();
  await pass(1000);
  expect(posted()).toEqual(["handed out and lost", "new"]);
});

test("where the panel is away at the start, too", async () => {
  const { start, pass, inbox, posted } = await secondStart();
  inbox.unread = fails("unreachable");
  inbox.list = fails("unreachable");
  await start();
  await pass(10_000);
  inbox.unread = () => [dated("handed out and lost", 1, "7"), dated("new", 2, "8")];
  inbox.list = () => [dated("new", 2, "8")];
  await pass(120_000);
  expect(posted()).toEqual(["handed out and lost", "new"]);
});

test("a list of unread SMS that is refused at the start does not hold up what is new", async () => {
  const { start, pass, inbox, posted } = await secondStart();
  inbox.unread = fails("bad-credentials");
  inbox.list = () => [dated("new", 2, "8")];
  await start();
  await pass(60_000);
  expect(posted()).toEqual(["new"]);
});

test("what the panel holds unread is asked for at the start and every few minutes", async () => {
  const { start, pass, inbox } = await polled();
  await start();
  await pass(1000);
  expect(inbox.asked.map(({ question }) => question)).toEqual(["fetch", "catchUp"]);
  await pass(15 * 60_000, 5000);
  const caughtUp = inbox.asked.filter(({ question }) => question === "catchUp").length;
  expect(caughtUp).toBeGreaterThanOrEqual(3);
  expect(caughtUp).toBeLessThanOrEqual(5);
});

test("an answer is on disk before it is read: one that a dead process left is read at the next start", async () => {
  let bury: () => void = () => undefined;
  const death = new Promise<never>((_, reject) => (bury = () => reject(new Error("dead"))));
  const first = await polled({ parse: () => death });
  onTestFinished(() => bury());
  first.inbox.list = () => [dated("handed out once", 1)];
  await first.start();
  await first.pass(1000);
  const again = await polled({}, { store: first.store, clock: first.clock });
  await again.start();
  await again.pass(1000);
  expect(again.posted()).toEqual(["handed out once"]);
});

test("an answer without ids and times that is read again after a crash brings nothing twice", async () => {
  const first = await polled();
  first.inbox.list = () => [{ text: "بله" }, { text: "بله" }];
  let writes = 0;
  let bury: () => void = () => undefined;
  onTestFinished(() => bury());
  const polls = await first.store.collection({ name: "polls", indexes: {}, parse: (value) => value as object });
  const put = polls.put;
  // The answer is stored, its SMS are, and then the process dies before it has written that it is done.
  polls.put = (...args) => (++writes === 3 ? new Promise<void>((resolve) => (bury = resolve)) : put(...args));
  await first.start();
  await first.pass(1000);
  polls.put = put;
  expect(first.posted()).toEqual(["بله", "بله"]);
  const again = await polled({}, { store: first.store, clock: first.clock });
  again.inbox.list = () => [{ text: "بله" }, { text: "بله" }];
  await again.start();
  await again.pass(30_000);
  expect(again.posted()).toEqual([]);
  again.inbox.list = () => [{ text: "بله" }, { text: "بله" }, { text: "بله" }];
  await again.pass(30_000);
  expect(again.posted()).toEqual(["بله"]);
});

test("a store that cannot be written holds the poll up, and loses nothing", async () => {
  const { start, pass, inbox, posted, store } = await polled();
  const polls = await store.collection({ name: "polls", indexes: {}, parse: (value) => value as object });
  const put = polls.put;
  let puts = 0;
  let isFull = true;
  polls.put = (...args) =>
    isFull && ++puts > 1 ? Promise.reject(new StoreError("unavailable", "the disk is full")) : put(...args);
  inbox.list = () => (fetches(inbox) === 1 ? [dated("a", 1)] : []);
  await start();
  await pass(5000);
  expect([posted(), fetches(inbox)]).toEqual([[], 1]);
  isFull = false;
  await pass(10_000);
  expect(posted()).toEqual(["a"]);
});

test("what cannot be read is kept as it came and told once, and the SMS beside it arrive", async () => {
  const { start, pass, inbox, posted, support, store } = await polled();
  let count = 0;
  inbox.list = () => [{ peer: "?" }, dated(`${++count}`, count)];
  await start();
  await pass(3 * 3_600_000, 60_000);
  expect(posted().length).toBeGreaterThan(10);
  expect(support.notices.filter(({ kind }) => kind === "unreadable")).toHaveLength(1);
  const kept = await store.collection<{ raw: string }>({
    name: "unreadable",
    indexes: { at: ["at"] as never },
    parse: (value) => value as { raw: string },
  });
  expect((await kept.range("at", { limit: 10 })).map(({ raw }) => raw)).toEqual(['{"peer":"?"}']);
});

test("an answer of which nothing can be read is kept whole and told", async () => {
  const { start, pass, support } = await polled({ fetch: async () => '{"surprise":true}' });
  await start();
  await pass(60_000);
  expect(support.notices).toEqual([{ kind: "unreadable", provider: "first" }]);
});

test("an answer at which we stumble ourselves is kept, and those behind it are read", async () => {
  const { start, pass, inbox, posted, support } = await polled();
  const { parse } = inbox;
  inbox.parse = (answer, lines) => {
    if (answer.includes("poison")) throw new TypeError("cannot read properties of undefined");
    return parse(answer, lines);
  };
  inbox.list = () => [{ text: "poison" }];
  await start();
  await pass(20_000);
  inbox.list = () => [dated("next", 1)];
  await pass(20_000);
  expect(posted()).toEqual(["next"]);
  expect(support.notices).toEqual([{ kind: "unreadable", provider: "first" }]);
});

test("a list of unread SMS that always fails does not slow down what is new, and the desk hears of it", async () => {
  const { start, pass, inbox, support } = await polled();
  inbox.unread = fails("bad-reply");
  await start();
  await pass(10 * 60_000, 1000);
  expect(fetches(inbox)).toBeGreaterThan(45);
  expect(inbox.asked.length - fetches(inbox)).toBeLessThan(25);
  expect(support.notices).toMatchObject([{ kind: "provider-down", code: "bad-reply" }]);
});

test("a panel that only shows its last few SMS, all of them new, may hide others: the desk is told", async () => {
  const { start, pass, inbox, support } = await polled();
  const windowFrom = (from: number) => Array.from({ length: 20 }, (_, n) => dated(`sms ${from + n}`, from + n));
  inbox.list = () => windowFrom(0);
  await start();
  await pass(30_000);
  inbox.list = () => windowFrom(20);
  await pass(30_000);
  expect(support.notices).toEqual([{ kind: "hidden-sms", provider: "first", count: 20 }]);
});

test("a panel that hands out page after page hides nothing, and nothing is told", async () => {
  const { start, pass, inbox, support, posted } = await polled();
  let page = 0;
  inbox.list = () => (page < 5 ? Array.from({ length: 20 }, (_, n) => dated(`${page * 20 + n}`, n)) : []);
  const list = inbox.list;
  inbox.list = () => {
    const entries = list();
    page += 1;
    return entries;
  };
  await start();
  await pass(60_000);
  expect(posted()).toHaveLength(100);
  expect(support.notices).toEqual([]);
});

test("a dead panel is asked ever less, and one with a bad login much less", async () => {
  const dead = await polled({ everySeconds: 1 });
  dead.inbox.list = fails("unreachable");
  await dead.start();
  await dead.pass(10 * 60_000, 1000);
  expect(fetches(dead.inbox)).toBeLessThan(20);
  const locked = await polled({ everySeconds: 1 });
  locked.inbox.list = fails("bad-credentials");
  await locked.start();
  await locked.pass(10 * 60_000, 1000);
  expect(fetches(locked.inbox)).toBeLessThan(7);
  expect(locked.support.notices).toMatchObject([{ kind: "provider-down", code: "bad-credentials" }]);
});

test("each line is asked by itself, and one that hangs delays no other", async () => {
  const { start, pass, inbox } = await polled({ scope: "line" });
  inbox.fetch = async (lines, signal) => {
    inbox.asked.push({ question: "fetch", lines });
    return lines[0] === "30001" ? hang(signal) : "[]";
  };
  void start();
  await pass(60_000);
  const asked = (line: string) => inbox.asked.filter((one) => one.question === "fetch" && one.lines[0] === line).length;
  expect(asked("30001")).toBe(1);
  expect(asked("50001")).toBeGreaterThan(4);
});

test("stopping breaks off a question under way", async () => {
  const { start, settle, stop } = await polled({
    fetch: (_, signal) =>
      new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(new Error("broken off")))),
  });
  void start();
  await settle();
  await stop();
});

test("stored SMS are confirmed; a panel that cannot is not asked again, and one that fails is", async () => {
  const { start, pass, inbox } = await polled();
  let fault: ReturnType<typeof fails> | undefined = fails("unreachable");
  inbox.confirm = async (ids) => {
    fault?.();
    inbox.confirmed.push([...ids]);
  };
  inbox.list = () => [dated("a", 0, "1")];
  await start();
  await pass(5000);
  fault = undefined;
  await pass(30_000);
  expect(inbox.confirmed).toEqual([["1"]]);
  fault = fails("unsupported");
  inbox.list = () => [dated("b", 1, "2")];
  await pass(30_000);
  fault = undefined;
  await pass(60_000);
  expect(inbox.confirmed).toEqual([["1"]]);
});

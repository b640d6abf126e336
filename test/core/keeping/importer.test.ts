import { expect, onTestFinished, test } from "vitest";
import { openImporter } from "../../../src/core/keeping/importer.ts";
import type { Inbound } from "../../../src/core/model/message.ts";
import type { History, IncomingSms } from "../../../src/core/ports/inbox.ts";
import { createPaperInbox } from "../inbound/paper-inbox.ts";
import { noon } from "../messages.ts";
import { fails, openWorld } from "../open-world.ts";

const line = "30001";
const hourMs = 3_600_000;
const never = new AbortController().signal;

/** A bridge on a panel that lists what came, and an importer beside it on the same store. */
async function world(options: { backlogHours?: number; isPushed?: boolean; hasHistory?: boolean } = {}) {
  const inbox = createPaperInbox({ backlogHours: options.backlogHours ?? 24 });
  let past: readonly Partial<IncomingSms>[] = [];
  const unread: string[][] = [];
  const history: Required<History> = {
    read: async () => inbox.parse(JSON.stringify(past), [line]),
    markUnread: async (ids) => void unread.push([...ids]),
  };
  const { isPushed = false, hasHistory = true } = options;
  const opened = await openWorld({ first: { ...(isPushed ? {} : { inbox }), ...(hasHistory ? { history } : {}) } });
  onTestFinished(opened.stop);
  const importer = await openImporter(opened);
  return {
    ...opened,
    history,
    inbox,
    /** What the panel was told to mark as unread, call by call. */
    unread,
    posted: () => opened.support.posts.map(({ text }) => text),
    /** The panel lists these from now on, to both. */
    lists(...sms: readonly Partial<IncomingSms>[]) {
      past = sms;
      inbox.list = () => sms;
    },
    bring: (wish: { days?: number; shows?: boolean; marksUnread?: boolean } = {}) =>
      importer.run(
        line,
        {
          since: opened.clock.now() - (wish.days ?? 30) * 24 * hourMs,
          shows: wish.shows ?? false,
          marksUnread: wish.marksUnread ?? false,
        },
        never,
      ),
  };
}

/** Hours before the bridge was opened. */
const ago = (hours: number, text: string, more: Partial<IncomingSms> = {}): Partial<IncomingSms> => ({
  text,
  time: { written: `-${hours}`, at: noon - hours * hourMs },
  ...more,
});
/** A record of what a first look kept. */
const keptAt = (at: number): Inbound => ({
  id: "",
  desk: "support",
  thread: "support/+989120000000",
  provider: "first",
  line,
  peer: "+989120000000",
  text: "kept",
  at,
  seq: at * 1000,
  repeats: 0,
});
const old = [ago(100, "first"), ago(90, "بله"), ago(90, "بله"), ago(80, "with id", { panelId: "7" })];
const none = { older: 0, nameless: 0, undated: 0, unreadable: 0, ofOtherLines: 0 };

test("past SMS are kept as seen and not shown; a second time, all of them are known", async () => {
  const { lists, bring, start, pass, posted, records } = await world();
  lists(...old);
  expect(await bring()).toEqual({ fresh: 4, known: 0, gone: 0, toShow: 0, unread: 0, leftOut: none });
  expect(await bring()).toMatchObject({ fresh: 0, known: 4, toShow: 0 });
  await start();
  await pass(60_000);
  expect(posted()).toEqual([]);
  expect(await records.inbound.range("seq", { limit: 10 })).toHaveLength(4);
});

test("to be shown, they are shown in their order by a bridge that runs, once", async () => {
  const { lists, bring, start, pass, posted } = await world();
  await start();
  lists(...old.toReversed());
  expect(await bring({ shows: true })).toMatchObject({ fresh: 4, toShow: 4 });
  await pass(5000);
  expect(posted()).toEqual(["first", "بله", "بله", "with id"]);
  expect(await bring({ shows: true })).toMatchObject({ fresh: 0, known: 4, toShow: 0 });
  await pass(60_000);
  expect(posted()).toHaveLength(4);
});

test("what was imported, the poller does not bring again; what the poller brought, an import does not", async () => {
  const { lists, bring, start, pass, posted, clock } = await world();
  lists(...old);
  await bring({ shows: true });
  await start();
  await pass(60_000);
  expect(posted()).toHaveLength(4);
  const news = [ago(-1, "new"), ago(-1, "new"), ago(-1, "newer", { panelId: "8" })];
  clock.pass(2 * hourMs);
  lists(...old, ...news);
  await pass(60_000);
  expect(posted()).toHaveLength(7);
  expect(await bring({ shows: true })).toMatchObject({ fresh: 0, known: 7, toShow: 0 });
  await pass(60_000);
  expect(posted()).toHaveLength(7);
});

test("those that the bridge kept as seen when it first looked are shown after all", async () => {
  const { lists, bring, start, pass, posted, clock } = await world();
  lists(...old);
  await start();
  await pass(60_000);
  expect(posted()).toEqual([]);
  expect(await bring()).toMatchObject({ fresh: 0, known: 4, toShow: 0 });
  expect(await bring({ shows: true, days: (85 * hourMs + (clock.now() - noon)) / (24 * hourMs) })).toMatchObject({
    known: 1,
    toShow: 1,
    leftOut: { older: 3 },
  });
  await pass(5000);
  expect(posted()).toEqual(["with id"]);
});

test("also those that the panel no longer lists, each counted and shown once", async () => {
  const { lists, bring, start, pass, posted } = await world();
  lists(...old);
  await start();
  await pass(60_000);
  lists(ago(70, "only the panel has it"));
  expect(await bring({ shows: true })).toMatchObject({ fresh: 1, known: 0, toShow: 5 });
  expect(await bring({ shows: true })).toMatchObject({ fresh: 0, known: 1, toShow: 0 });
  await pass(5000);
  expect(posted()).toEqual(["first", "بله", "بله", "with id", "only the panel has it"]);
  expect(await bring({ shows: true })).toMatchObject({ fresh: 0, known: 1, toShow: 0 });
});

test("a panel without a history is not asked: what was kept as seen of this line, and of these days, is shown", async () => {
  const { inbox, lists, bring, start, pass, posted, receive } = await world({ hasHistory: false });
  lists(...old, ago(80, "of another line", { line: "50001" }), ago(2, "of today"));
  await start();
  await pass(60_000);
  expect(posted()).toEqual(["of today"]);
  await receive("pushed");
  const asked = inbox.asked.length;

  expect(await bring()).toEqual({ fresh: 0, known: 0, gone: 0, toShow: 0, unread: 0, leftOut: none });
  expect(await bring({ days: 95 / 24, shows: true })).toMatchObject({ fresh: 0, known: 0, toShow: 3, leftOut: none });
  expect(await bring({ days: 95 / 24, shows: true })).toMatchObject({ toShow: 0 });
  expect(inbox.asked).toHaveLength(asked);
  await pass(5000);
  expect(posted()).toEqual(["of today", "pushed", "بله", "بله", "with id"]);
  expect(await bring({ shows: true })).toMatchObject({ toShow: 1 });
  await pass(5000);
  expect(posted().at(-1)).toBe("first");
});

test("none is missed where many were kept, also where a page of them ends among equal places", async () => {
  const { records, bring } = await world({ hasHistory: false });
  const many = Array.from({ length: 2500 }, (_, at) => ({ ...keptAt(noon - hourMs), id: `kept ${at}` }));
  await Promise.all(
    many.map((one, at) =>
      records.inbound.create(one.id, at < 1700 ? { ...one, seq: one.seq + Math.floor(at / 3) } : one),
    ),
  );
  expect(await bring({ shows: true })).toMatchObject({ toShow: 2500 });
  const due = await records.inbound.range("postDue", { limit: 5000 });
  expect(new Set(due.map(({ id }) => id)).size).toBe(2500);
  expect(await bring({ shows: true })).toMatchObject({ toShow: 0 });
});

test("what another process shows in the meantime is not counted as shown because of this", async () => {
  const { records, bring } = await world({ hasHistory: false });
  for (const id of ["one", "other"]) await records.inbound.create(id, { ...keptAt(noon - hourMs), id });
  const update = records.inbound.update.bind(records.inbound);
  Object.assign(records.inbound, {
    async update(...[key, change]: Parameters<typeof update>) {
      if (key === "one") await update(key, (current) => current && { ...current, post: "elsewhere:1" });
      return update(key, change);
    },
  });
  expect(await bring({ shows: true })).toMatchObject({ toShow: 1 });
  expect(await records.inbound.get("one")).not.toHaveProperty("postDue");
});

test("what was brought from the past is known as such, and what came by itself is not", async () => {
  const { lists, bring, start, pass, receive, support } = await world();
  lists(ago(100, "kept as seen"));
  await start();
  await pass(60_000);
  lists(ago(90, "imported"));
  await bring({ shows: true });
  await receive("pushed");
  await pass(5000);
  expect(support.posts.map(({ text, past }) => [text, past]).toSorted()).toEqual([
    ["imported", true],
    ["kept as seen", true],
    ["pushed", undefined],
  ]);
});

test("those that were found are marked as unread at the panel, a hundred a call, and nothing else is", async () => {
  const { lists, bring, unread } = await world({ backlogHours: 24 * 365 });
  const many = Array.from({ length: 250 }, (_, at) => ago(10 + at / 100, `sms ${at}`, { panelId: `${1000 + at}` }));
  const others = [
    ago(9, "no id"),
    ago(1, "of another line", { line: "50001", panelId: "1" }),
    { text: "undated", panelId: "2" },
    ago(200, "not of these days, though the bridge wants it", { panelId: "3" }),
  ];
  lists(...many, ...others, ago(10, "sms 0", { panelId: "1000" }));
  expect(await bring({ days: 5 })).toMatchObject({ fresh: 252, unread: 0 });
  expect(unread).toEqual([]);
  expect(await bring({ days: 5, marksUnread: true })).toMatchObject({ fresh: 0, known: 253, unread: 250 });
  expect(unread.map(({ length }) => length)).toEqual([100, 100, 50]);
  expect(unread.flat().toSorted()).toEqual(many.map(({ panelId }) => panelId));
});

test("where the panel does not mark them all, the rest is done, and told with how far it came", async () => {
  const { lists, bring, history, start, pass, posted } = await world();
  lists(...Array.from({ length: 150 }, (_, at) => ago(30, `sms ${at}`, { panelId: `${1000 + at}` })));
  let calls = 0;
  history.markUnread = async () => {
    calls += 1;
    if (calls > 1) fails("busy")();
  };
  expect(await bring({ shows: true, marksUnread: true })).toMatchObject({
    fresh: 150,
    toShow: 150,
    unread: 100,
    unreadFailure: { code: "busy" },
  });
  await start();
  await pass(20_000);
  expect(posted()).toHaveLength(150);
});

test("of a panel that cannot mark them as unread, nothing is brought", async () => {
  for (const hasHistory of [true, false]) {
    const { lists, bring, history, records } = await world({ hasHistory });
    lists(...old);
    Object.assign(history, { markUnread: undefined });
    await expect(bring({ shows: true, marksUnread: true })).rejects.toMatchObject({
      code: "unsupported",
      certain: true,
    });
    expect(await records.inbound.range("seq", { limit: 1 })).toEqual([]);
  }
});

test("what the poller has not found yet is not kept from it as seen", async () => {
  const { lists, bring, start, pass, posted, clock } = await world();
  lists(...old);
  await start();
  await pass(60_000);
  clock.pass(200 * hourMs);
  lists(...old, ago(-1, "came while nobody asked"));
  expect(await bring({ days: 1 })).toMatchObject({ fresh: 1, known: 0, toShow: 1 });
  await pass(5000);
  expect(posted()).toEqual(["came while nobody asked"]);
});

test("before a bridge ever ran, what its first look would show is shown then; so is the last day of a panel that pushes", async () => {
  for (const isPushed of [false, true]) {
    const { lists, bring, start, pass, posted } = await world({ isPushed });
    lists(...old, ago(2, "of today"));
    expect(await bring()).toMatchObject({ fresh: 5, toShow: 1 });
    await start();
    await pass(5000);
    expect(posted()).toEqual(["of today"]);
  }
});

test("what was swept stays gone", async () => {
  const { lists, bring, bridge, clock, start, pass, posted } = await world();
  lists(...old);
  await bring();
  clock.pass(366 * 24 * hourMs);
  expect(await bridge.sweep()).toBe(4);
  expect(await bring({ days: 1000, shows: true })).toEqual({
    fresh: 0,
    known: 4,
    gone: 4,
    toShow: 0,
    unread: 0,
    leftOut: none,
  });
  await start();
  await pass(5000);
  expect(posted()).toEqual([]);
});

test("what cannot be told apart or dated is left out and counted, and so is what is older or of another line", async () => {
  const { lists, bring } = await world();
  lists(
    ...old,
    { text: "nameless" },
    { text: "no id", panelId: "0" },
    { text: "undated", panelId: "9" },
    ago(1, "strange time", { time: { written: "yesterday" } }),
    ago(1, "of another line", { line: "50001" }),
    ago(1000, "older"),
    { peer: "09120000000" },
  );
  expect(await bring()).toMatchObject({
    fresh: 4,
    leftOut: { nameless: 2, undated: 2, ofOtherLines: 1, older: 1, unreadable: 1 },
  });
});

test("they take their places in time: an answer still leaves from the line that the customer wrote to last", async () => {
  const { lists, bring, receive, bridge } = await world();
  await receive("hello", { line: "30002" });
  lists(ago(50, "long ago", { peer: "09120000000" }));
  await bring({ shows: true });
  expect(await bridge.inbound.lastLineOf("support/+989120000000")).toBe("30002");
});

test("a panel that does not answer is told by its failure, and nothing is kept", async () => {
  const { bring, history, records } = await world();
  history.read = async () => fails("unreachable")();
  await expect(bring()).rejects.toMatchObject({ code: "unreachable" });
  expect(await records.inbound.range("seq", { limit: 1 })).toEqual([]);
});

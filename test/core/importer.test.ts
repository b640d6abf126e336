import { expect, onTestFinished, test } from "vitest";
import { openImporter } from "../../src/core/importer.ts";
import type { IncomingSms } from "../../src/core/ports/inbox.ts";
import { noon } from "./messages.ts";
import { fails, openWorld } from "./open-world.ts";
import { createPaperInbox } from "./paper-inbox.ts";

const line = "30001";
const hourMs = 3_600_000;
const never = new AbortController().signal;

/** A bridge on a panel that lists what came, and an importer beside it on the same store. */
async function world(options: { backlogHours?: number; isPushed?: boolean } = {}) {
  const inbox = createPaperInbox({ backlogHours: options.backlogHours ?? 24 });
  let past: readonly Partial<IncomingSms>[] = [];
  const history = { read: async () => inbox.parse(JSON.stringify(past), [line]) };
  const opened = await openWorld({ first: options.isPushed ? { history } : { inbox, history } });
  onTestFinished(opened.stop);
  const importer = await openImporter(opened);
  return {
    ...opened,
    history,
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
const old = [ago(100, "first"), ago(90, "بله"), ago(90, "بله"), ago(80, "with id", { panelId: "7" })];
const none = { older: 0, nameless: 0, undated: 0, unreadable: 0, ofOtherLines: 0 };

test("past SMS are kept as seen and not shown; a second time, all of them are known", async () => {
  const { lists, bring, start, pass, posted, records } = await world();
  lists(...old);
  expect(await bring()).toEqual({ fresh: 4, known: 0, gone: 0, toShow: 0, leftOut: none });
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
  expect(await bring({ days: 1000, shows: true })).toEqual({ fresh: 0, known: 4, gone: 4, toShow: 0, leftOut: none });
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

import { expect, onTestFinished, test } from "vitest";
import { openOptOuts } from "../../../src/core/automatic/opt-outs.ts";
import { threadOf } from "../../../src/core/model/thread.ts";
import type { Store } from "../../../src/core/ports/store.ts";
import { openStore } from "../../../src/store/open.ts";
import { createFakeClock } from "../../support/fake-clock.ts";
import { silentLog } from "../bridge-parts.ts";
import { noon } from "../messages.ts";
import { fails, openWorld } from "../open-world.ts";

const peer = "+989120000000";
const thread = threadOf("support", peer);
const dayMs = 86_400_000;
const confirmations = { out: "bye", back: "hello again" };

async function world(options: Parameters<typeof openWorld>[0] = {}) {
  const opened = await openWorld({ confirmations, ...options });
  onTestFinished(opened.stop);
  const optOuts = await openOptOuts(opened);
  const texts = () => opened.first.sent.map(({ text }) => text);
  const says = (text: string) => opened.receive(text);
  /** Something that nobody wrote by hand. */
  const sends = async (id: string, lane: "automatic" | "bulk" = "bulk", line = "30001") => {
    await opened.bridge.outbound.accept({ id, thread, text: id, line, lane });
    await opened.pass(3000);
    return opened.bridge.outbound.find(id);
  };
  return { ...opened, optOuts, texts, says, sends, isOut: () => optOuts.isOut("30001", peer) };
}

test("whoever sends «لغو» is told once, gets nothing automatic or bulk from that line, and everything from another one", async () => {
  const { start, says, sends, pass, texts, second, support } = await world();
  await start();
  await says("لغو");
  await pass(1000);
  expect(texts()).toEqual(["bye"]);
  expect(support.posts).toMatchObject([{ text: "لغو", word: "opted-out" }]);
  for (const lane of ["automatic", "bulk"] as const) {
    const refused = { state: "failed", failure: { code: "opted-out" }, receipts: [], attempt: 0 };
    expect(await sends(`to 30001, ${lane}`, lane)).toMatchObject(refused);
  }
  expect(await sends("to 30002", "bulk", "30002")).toMatchObject({ state: "sent" });
  expect(texts()).toEqual(["bye"]);
  expect(second.sent).toHaveLength(1);
  await says("STOP");
  await pass(1000);
  expect(texts()).toEqual(["bye"]);
});

test("nor does what has gone over to another line since", async () => {
  const { start, says, pass, bridge, first, second, find } = await world({ fallback: ["30002"] });
  await start();
  second.before = fails("unreachable");
  first.before = fails("bad-line");
  await bridge.outbound.accept({ id: "offer", thread, text: "offer", line: "30001", lane: "bulk" });
  await pass(10_000);
  expect(await find("offer")).toMatchObject({ state: "queued", line: "30002" });
  first.before = () => undefined;
  await says("لغو");
  second.before = () => undefined;
  await pass(120_000, 5000);
  expect(second.sent).toEqual([]);
  expect(await find("offer")).toMatchObject({ state: "failed", failure: { code: "opted-out" } });
});

test("what waited when they opted out does not leave any more", async () => {
  const { start, says, pass, bridge, texts, clock } = await world();
  await start();
  const later = { thread, text: "offer", line: "30001", lane: "bulk", sendAt: clock.now() + 60_000 } as const;
  await bridge.outbound.accept({ id: "offer", ...later });
  await says("لغو۱۱");
  await pass(90_000, 5000);
  expect(texts()).toEqual(["bye"]);
  expect(await bridge.outbound.find("offer")).toMatchObject({ state: "failed", failure: { code: "opted-out" } });
});

test("«شروع» brings them back, and says so", async () => {
  const { start, says, sends, pass, texts, isOut } = await world();
  await start();
  await says("شروع");
  await pass(1000);
  expect(texts()).toEqual([]);
  await says("لغو");
  await pass(1000);
  await says("START");
  await pass(1000);
  expect(await isOut()).toBe(false);
  await sends("offer");
  expect(texts()).toEqual(["bye", "hello again", "offer"]);
});

test("a bare 11 counts by itself within 30 days of something bulk or automatic, and otherwise asks", async () => {
  const { start, says, sends, pass, isOut, support, clock, bridge, texts } = await world();
  await start();
  await says("۱۱");
  expect(support.posts.at(-1)).toMatchObject({ word: "asks" });
  await sends("to another line", "bulk", "30002");
  clock.pass(60_000);
  await says("11");
  expect([await isOut(), support.posts.at(-1)?.word]).toEqual([false, "asks"]);
  await sends("offer");
  clock.pass(31 * dayMs);
  await says("۱۱ ");
  expect([await isOut(), support.posts.at(-1)?.word]).toEqual([false, "asks"]);
  const asked = support.posts.at(-1)?.id ?? "";
  expect(await bridge.optOut(asked, "oncall")).toMatchObject({ outcome: "unknown" });
  expect(await bridge.optOut(asked, "support")).toMatchObject({ outcome: "done" });
  expect(await bridge.optOut(asked, "support")).toMatchObject({ outcome: "same" });
  await pass(1000);
  expect([await isOut(), texts()]).toEqual([true, ["offer", "bye"]]);
  clock.pass(29 * dayMs);
  await says("۱۲");
  await pass(1000);
  expect([await isOut(), support.posts.at(-1)?.word]).toEqual([false, "returned"]);
  clock.pass(29 * dayMs);
  await says("11.");
  expect([await isOut(), support.posts.at(-1)?.word]).toEqual([true, "opted-out"]);
});

test("a bare 11 waits for an operator until one presses its button; «لغو» waits for nobody", async () => {
  const { start, says, receive, bridge, support } = await world();
  await start();
  const since = async (one: string) => (await bridge.conversations.find(one))?.waitingSince;
  await says("11");
  expect(await since(thread)).toBeDefined();
  await bridge.optOut(support.posts.at(-1)?.id ?? "", "support");
  expect(await since(thread)).toBeUndefined();
  await receive("لغو", { from: 1 });
  expect(support.posts.at(-1)).toMatchObject({ word: "opted-out" });
  expect(await since(threadOf("support", "+989120000001"))).toBeUndefined();
});

test("an old «لغو» that comes after a newer «شروع» changes nothing, and one that comes late is not confirmed", async () => {
  const { start, says, receive, pass, isOut, texts, clock } = await world();
  await start();
  await says("لغو");
  await pass(2000);
  await says("شروع");
  await pass(2000);
  await receive("stop", { at: clock.now() - 60_000 });
  expect(await isOut()).toBe(false);
  await receive("لغو", { from: 1, at: clock.now() - 2 * 3_600_000 });
  await pass(2000);
  expect(texts()).toEqual(["bye", "hello again"]);
});

test("an operator's own answer asks first, and leaves on their word; a program's does not ask", async () => {
  const { start, says, pass, bridge, texts } = await world();
  await start();
  await says("لغو");
  await pass(1000);
  const by = { id: "7", name: "سارا" };
  const draft = { id: "answer", thread, text: "چشم", origin: "g:1", by };
  expect(await bridge.outbound.questionOf(draft)).toBe("opted-out");
  expect((await bridge.outbound.accept(draft)).message).toMatchObject({ state: "held", hold: "opted-out" });
  await pass(60_000, 5000);
  expect(texts()).toEqual(["bye"]);
  await bridge.outbound.sendNow("answer", 0, by);
  await pass(1000);
  expect(texts()).toEqual(["bye", "چشم"]);
});

test("at most five automatic texts go to one peer in a day until an operator writes, and none to short codes or own lines", async () => {
  const { start, says, pass, bridge, texts, isOut } = await world();
  await start();
  const turns = async (count: number) => {
    for (let n = 0; n < count; n++) {
      await says(n % 2 === 0 ? "لغو" : "شروع");
      await pass(2000);
    }
  };
  await turns(8);
  expect(texts()).toHaveLength(5);
  expect(await isOut()).toBe(false);
  await bridge.outbound.accept({ id: "a", thread, text: "سلام", origin: "g:1", by: { id: "7", name: "سارا" } });
  await turns(2);
  expect(texts()).toHaveLength(8);
  for (const from of ["20000", "30002", "Bank"]) {
    await bridge.inbound.accept("first", [{ line: "30001", peer: from, text: "لغو" }]);
    await pass(2000);
  }
  expect(texts()).toHaveLength(8);
});

test.each([1, 2, 3])(
  "killed before its write %i, an opt-out is finished at the next start, and confirmed once",
  async (nth) => {
    const clock = createFakeClock(noon);
    const store = await openStore("memory:", { clock, log: silentLog });
    const dying = dyingStore(store);
    const before = await openWorld({ confirmations, clock, store: dying.store });
    await before.start();
    dying.dieAt(nth);
    await before.receive("لغو");
    await before.pass(2000);
    const after = await world({ clock, store });
    await after.start();
    await after.pass(5000);
    expect(await after.isOut()).toBe(true);
    expect([...before.first.sent, ...after.first.sent].map(({ text }) => text)).toEqual(["bye"]);
    expect([...before.support.posts, ...after.support.posts].map(({ word }) => word)).toEqual(["opted-out"]);
  },
);

/** A store that hears nothing more of its process from that one's n-th write for an opt-out on: the text, the opt-out, the SMS. */
function dyingStore(store: Store) {
  let left = Number.POSITIVE_INFINITY;
  const watched: ReadonlySet<string> = new Set(["outbound.create", "optouts.update", "inbound.update"]);
  const write = <A extends unknown[], R>(name: string, run: (...args: A) => Promise<R>) => {
    return async (...args: A): Promise<R> => {
      if (watched.has(name)) left -= 1;
      return left <= 0 ? new Promise<R>(() => undefined) : run(...args);
    };
  };
  const dying: Store = {
    ...store,
    async collection(spec) {
      const real = await store.collection(spec);
      return {
        ...real,
        put: write(`${spec.name}.put`, real.put.bind(real)),
        create: write(`${spec.name}.create`, real.create.bind(real)),
        update: write(`${spec.name}.update`, real.update.bind(real)),
      };
    },
    probe: () => store.probe(),
    sweep: () => store.sweep(),
    close: async () => undefined,
  };
  return {
    store: dying,
    dieAt(nth: number) {
      left = nth;
    },
  };
}

import { expect, onTestFinished, test } from "vitest";
import type { Draft } from "../../../src/core/bridge.ts";
import type { OutgoingSms, SendReceipt, SmsProvider } from "../../../src/core/ports/sms-provider.ts";
import { StoreError } from "../../../src/core/ports/store.ts";
import { fails, openWorld, sara } from "../open-world.ts";

/** Long enough for a call that is not full to stop waiting for more. */
const quiet = 5000;

interface Call {
  readonly way: "send" | "batch" | "schedule";
  readonly peers: readonly string[];
  readonly texts: readonly string[];
}

const all = (count: number, state: string) => Array.from({ length: count }, () => state);
const peer = (n: number) => `+98912${String(n).padStart(7, "0")}`;

/** A panel that takes many, and says how its calls went. `judge` throws, or gives another number of ids. */
function createCalls() {
  const calls: Call[] = [];
  let id = 0;
  const panel = {
    calls,
    judge: (_call: Call): undefined | number | Promise<undefined> => undefined,
    taken: [] as string[],
  };
  async function take(call: Call): Promise<SendReceipt> {
    calls.push(call);
    const count = (await panel.judge(call)) ?? call.peers.length;
    panel.taken.push(...call.peers);
    return { ids: Array.from({ length: count }, () => `id-${++id}`) };
  }
  const send = ({ peers, text }: OutgoingSms) => take({ way: "send", peers, texts: [text] });
  const batch: SmsProvider["batch"] = {
    rowsPerCall: 10,
    send: (rows) => take({ way: "batch", peers: rows.map((row) => row.peer), texts: rows.map(({ text }) => text) }),
  };
  return Object.assign(panel, { send, batch });
}

async function world(more: Parameters<typeof openWorld>[0] = {}, limits: Partial<SmsProvider["limits"]> = {}) {
  const panel = createCalls();
  const opened = await openWorld({
    ...more,
    first: {
      send: panel.send,
      limits: { receiversPerCall: 10, perSecond: 1000, inFlight: 3, sendTimeoutMs: 20_000, ...limits },
      ...more.first,
    },
  });
  onTestFinished(opened.stop);
  async function accept(n: number, draft: Partial<Draft> = {}) {
    const id = draft.id ?? `b${n}`;
    const thread = `support/${peer(n)}`;
    await opened.bridge.outbound.accept({ id, thread, text: "به همه", lane: "bulk", line: "30001", ...draft });
    return id;
  }
  async function acceptMany(count: number, draftOf: (n: number) => Partial<Draft> = () => ({})) {
    await Promise.all(Array.from({ length: count }, (_, n) => accept(n, draftOf(n))));
    await opened.settle();
  }
  const statesOf = async (count: number) =>
    Promise.all(Array.from({ length: count }, async (_, n) => (await opened.find(`b${n}`))?.state));
  return { ...opened, panel, accept, acceptMany, statesOf };
}

test("one text leaves in calls as full as the panel takes them, in order, with an id of its own for each", async () => {
  const { start, acceptMany, panel, pass, find, statesOf } = await world();
  await start();
  await acceptMany(25);
  expect(panel.calls.map(({ peers }) => peers.length)).toEqual([10, 10]);
  await pass(quiet);
  expect(panel.calls.map(({ peers }) => peers.length)).toEqual([10, 10, 5]);
  expect(panel.taken).toEqual(Array.from({ length: 25 }, (_, n) => peer(n)));
  expect(await statesOf(25)).toEqual(all(25, "sent"));
  expect((await find("b11"))?.receipts).toMatchObject([{ attempt: 1, ids: ["id-12"] }]);
});

test("a call that is not full waits while more is coming, but not for ever", async () => {
  const { start, accept, panel, pass } = await world();
  await start();
  for (let n = 0; n < 8; n++) {
    await accept(n);
    await pass(1000);
  }
  expect(panel.calls).toEqual([]);
  for (let n = 8; n < 60; n++) {
    await accept(n, { text: `${n}` });
    await pass(1000);
  }
  expect(panel.calls[0]?.peers).toHaveLength(8);
});

test.each([
  ["together where the panel takes them so", true, [10, 2]],
  ["one by one where it does not", false, all(12, "").map(() => 1)],
])("different texts leave %s", async (_how, hasBatch, sizes) => {
  const { start, acceptMany, panel, pass, first } = await world();
  if (hasBatch) Object.assign(first, { batch: panel.batch });
  await acceptMany(12, (n) => ({ text: `text ${n}` }));
  await start();
  await pass(quiet);
  expect(panel.calls.map(({ peers }) => peers.length)).toEqual(sizes);
  expect(panel.calls.flatMap(({ texts }) => texts)).toEqual(all(12, "").map((_, n) => `text ${n}`));
});

test("where both ways are open, it is the one that fills the call; equal texts are no different ones", async () => {
  const { start, acceptMany, panel, pass, first } = await world();
  Object.assign(first, { batch: panel.batch });
  // Every other one says the same: ten of those make a full call, what is left is mixed.
  await acceptMany(30, (n) => ({ text: n % 2 === 0 ? "same" : `text ${n}` }));
  await start();
  await pass(quiet);
  expect(panel.calls.map(({ way, peers }) => [way, peers.length])).toEqual([
    ["send", 10],
    ["batch", 10],
    ["batch", 10],
  ]);
  await acceptMany(12, (n) => ({ id: `again${n}`, text: "same" }));
  await pass(quiet);
  expect(panel.calls.slice(3).map(({ way, peers }) => [way, peers.length])).toEqual([
    ["send", 10],
    ["send", 2],
  ]);
});

test("two texts to one number never share a call", async () => {
  const { start, acceptMany, panel, pass, first } = await world();
  Object.assign(first, { batch: panel.batch });
  await acceptMany(6, (n) => ({ text: `text ${n}`, thread: `support/${peer(n % 3)}` }));
  await start();
  await pass(quiet);
  expect(panel.calls.map(({ texts }) => texts)).toEqual([
    ["text 0", "text 1", "text 2"],
    ["text 3", "text 4", "text 5"],
  ]);
});

test("a receiver that the panel may leave out of a call goes alone", async () => {
  const { start, acceptMany, panel, pass } = await world({ first: { sharesCall: (one) => one !== peer(2) } });
  await acceptMany(5);
  await start();
  await pass(quiet);
  expect(panel.calls.map(({ peers }) => peers).sort((a, b) => a.length - b.length)).toEqual([
    [peer(2)],
    [peer(0), peer(1), peer(3), peer(4)],
  ]);
});

test("answers and automatic texts never leave in a batch", async () => {
  const { start, acceptMany, panel, pass } = await world();
  await acceptMany(4, (n) => ({ lane: n % 2 === 0 ? "answer" : "automatic" }));
  await start();
  await pass(quiet);
  expect(panel.calls.map(({ peers }) => peers.length)).toEqual([1, 1, 1, 1]);
});

test("fewer ids than receivers: everyone of the call is uncertain, no other is, and nothing leaves again", async () => {
  const { start, acceptMany, panel, pass, statesOf, find } = await world();
  panel.judge = (call) => (call.peers.includes(peer(0)) ? 9 : undefined);
  await acceptMany(20);
  await start();
  await pass(quiet);
  expect(await statesOf(20)).toEqual([...all(10, "uncertain"), ...all(10, "sent")]);
  expect(await find("b3")).toMatchObject({ receipts: [], failure: { code: "bad-reply" } });
  await pass(120_000, 5000);
  expect(panel.taken).toHaveLength(20);
});

test("a panel that does not answer leaves one call in doubt, then gets one at a time until it answers", async () => {
  const { start, acceptMany, panel, pass, statesOf } = await world({}, { inFlight: 1 });
  panel.judge = fails("no-answer", false);
  await acceptMany(40);
  await start();
  await pass(30_000);
  expect(panel.calls[0]?.peers).toHaveLength(10);
  const probes = panel.calls.slice(1);
  expect(probes.length).toBeGreaterThan(1);
  expect(probes.every(({ peers }) => peers.length === 1)).toBe(true);
  panel.judge = () => undefined;
  await pass(70_000, 1000);
  const states = await statesOf(40);
  expect(states.filter((state) => state === "uncertain")).toHaveLength(10 + probes.length);
  expect(states.filter((state) => state === "sent")).toHaveLength(40 - 10 - probes.length);
  const back = panel.calls.slice(1 + probes.length);
  expect(back[0]?.peers).toHaveLength(1);
  expect(back[1]?.peers).toHaveLength(10);
});

test("a panel that is out of reach for a while after it did not answer still gets one at a time", async () => {
  const { start, acceptMany, panel, pass, statesOf } = await world({}, { inFlight: 1 });
  panel.judge = fails("no-answer", false);
  await acceptMany(30);
  await start();
  await pass(1000);
  panel.judge = fails("unreachable");
  await pass(60_000, 500);
  panel.judge = fails("no-answer", false);
  const before = panel.calls.length;
  await pass(60_000, 500);
  expect(panel.calls.length).toBeGreaterThan(before);
  expect(panel.calls.slice(1).every(({ peers }) => peers.length === 1)).toBe(true);
  expect((await statesOf(30)).filter((state) => state === "uncertain").length).toBeLessThan(20);
});

test.each(["bad-recipient", "blacklisted", "bad-request"] as const)(
  "one receiver that is refused as %s is found by halves; the others get it, once each",
  async (code) => {
    const { start, acceptMany, panel, pass, statesOf, find } = await world();
    const bad = new Set([peer(3), peer(7)]);
    panel.judge = (call) => (call.peers.some((one) => bad.has(one)) ? fails(code)() : undefined);
    await acceptMany(10);
    await start();
    await pass(quiet);
    const states = await statesOf(10);
    expect(states.map((state, n) => (bad.has(peer(n)) ? state === "failed" : state === "sent"))).toEqual(
      all(10, "").map(() => true),
    );
    expect([...panel.taken].sort()).toEqual([0, 1, 2, 4, 5, 6, 8, 9].map(peer));
    expect(await find("b3")).toMatchObject({ failure: { code }, triedLines: [] });
    expect(panel.calls.length).toBeLessThanOrEqual(15);
  },
);

test("a text that is refused is refused for all alike; of different texts the bad one is found", async () => {
  const { start, acceptMany, panel, pass, statesOf, first } = await world();
  Object.assign(first, { batch: panel.batch });
  panel.judge = (call) => (call.texts.some((text) => text.includes("bad")) ? fails("rejected")() : undefined);
  await acceptMany(10, () => ({ text: "bad" }));
  await start();
  await pass(quiet);
  expect(panel.calls).toHaveLength(1);
  expect(await statesOf(10)).toEqual(all(10, "failed"));
  await acceptMany(10, (n) => ({ id: `c${n}`, text: n === 4 ? "bad" : `text ${n}` }));
  await pass(quiet);
  expect(panel.taken).toHaveLength(9);
});

test("what is refused for the line goes over to the next one together", async () => {
  const { start, acceptMany, panel, pass, second, statesOf } = await world({ fallback: ["30002"] });
  const over = createCalls();
  Object.assign(second, { send: over.send, limits: { ...second.limits, receiversPerCall: 10 } });
  panel.judge = fails("no-credit");
  await acceptMany(10);
  await start();
  await pass(quiet);
  expect([panel.calls.length, over.calls.map(({ peers }) => peers.length)]).toEqual([1, [10]]);
  expect(await statesOf(10)).toEqual(all(10, "sent"));
});

test("what is tried again is tried again together", async () => {
  const { start, acceptMany, panel, pass, statesOf } = await world({ random: Math.random });
  panel.judge = fails("busy");
  await acceptMany(10);
  await start();
  await pass(1000);
  panel.judge = () => undefined;
  await pass(60_000, 500);
  expect(panel.calls.every(({ peers }) => peers.length === 10)).toBe(true);
  expect(await statesOf(10)).toEqual(all(10, "sent"));
});

test("halves that go over to a panel which takes one text a call leave so", async () => {
  const { start, acceptMany, panel, pass, first, second, statesOf } = await world({ fallback: ["30002"] });
  const over = createCalls();
  Object.assign(first, { batch: panel.batch });
  Object.assign(second, { send: over.send });
  panel.judge = ({ peers }) => fails(peers.length > 4 ? "bad-request" : "no-credit")();
  await acceptMany(8, (n) => ({ text: `text ${n}` }));
  await start();
  await pass(quiet);
  expect(over.calls.map(({ way, peers }) => [way, peers.length])).toEqual(all(8, "").map(() => ["send", 1]));
  expect(await statesOf(8)).toEqual(all(8, "sent"));
});

test("an answer waits for no bulk call that hangs, where the panel takes more than one call at once", async () => {
  const { start, acceptMany, answer, panel, settle } = await world();
  const hanging: (() => void)[] = [];
  panel.judge = ({ peers }) =>
    peers.length > 1 ? new Promise((resolve) => hanging.push(() => resolve(undefined))) : undefined;
  await acceptMany(100);
  await start();
  await settle();
  expect(hanging).toHaveLength(2);
  await answer("فوری", 900);
  expect(panel.taken).toHaveLength(1);
  panel.judge = () => undefined;
  for (const release of hanging) release();
});

test("an answer is the next call, where the panel takes one at once", async () => {
  const { start, acceptMany, answer, panel, settle } = await world({}, { inFlight: 1 });
  let release = () => {};
  panel.judge = () => new Promise((resolve) => (release = () => resolve(undefined)));
  await acceptMany(100);
  await start();
  await answer("فوری", 900);
  panel.judge = () => undefined;
  release();
  await settle();
  expect(panel.calls[1]?.texts).toEqual(["فوری"]);
});

test("what was cancelled before its call leaves with nobody", async () => {
  const { start, acceptMany, bridge, panel, pass, find } = await world();
  await acceptMany(5);
  await bridge.outbound.cancel("b2", 0, sara);
  await start();
  await pass(quiet);
  expect(panel.taken).toEqual([0, 1, 3, 4].map(peer));
  expect((await find("b2"))?.state).toBe("cancelled");
});

test("a text that another process has changed does not leave as it was, nor with those that say something else", async () => {
  const { acceptMany, panel, pass, records, bridge } = await world();
  await bridge.start();
  await acceptMany(5);
  await records.outbound.update("b2", (current) => current && { ...current, text: "changed" });
  bridge.open();
  await pass(quiet);
  await pass(quiet);
  expect(panel.calls.map(({ peers, texts }) => [peers, texts])).toEqual([
    [[0, 1, 3, 4].map(peer), ["به همه"]],
    [[peer(2)], ["changed"]],
  ]);
});

test("of many for later, a panel that keeps them gets those of one moment in one call", async () => {
  const kept: { at: number; peers: readonly string[] }[] = [];
  const schedule: SmsProvider["schedule"] = {
    async send({ peers, at }) {
      kept.push({ at, peers });
      return { ids: peers.map((one) => `s-${one}`) };
    },
  };
  const { clock, acceptMany, start, pass, statesOf } = await world({ first: { schedule } });
  const at = clock.now() + 3_600_000;
  await acceptMany(6, (n) => ({ sendAt: n % 2 === 0 ? at : at + 60_000 }));
  await start();
  await pass(quiet);
  expect(kept).toEqual([
    { at, peers: [0, 2, 4].map(peer) },
    { at: at + 60_000, peers: [1, 3, 5].map(peer) },
  ]);
  expect(await statesOf(6)).toEqual(all(6, "sent"));
});

test("no stretch of a second sees more calls than the panel allows", async () => {
  const { start, acceptMany, panel, pass, clock } = await world({}, { perSecond: 3 });
  const at: number[] = [];
  panel.judge = async () => {
    at.push(clock.now());
    return undefined;
  };
  await acceptMany(100);
  await start();
  await pass(20_000, 50);
  expect(at).toHaveLength(10);
  expect(at.every((time, n) => n < 3 || time - (at[n - 3] ?? 0) >= 1000)).toBe(true);
});

test("a call that was never made takes no place of the second", async () => {
  const { bridge, acceptMany, panel, pass, records } = await world({}, { perSecond: 0.01 });
  await bridge.start();
  await acceptMany(10, () => ({ lane: "automatic" }));
  for (let n = 0; n < 9; n++) await records.outbound.delete(`b${n}`);
  bridge.open();
  await pass(2000, 100);
  expect(panel.taken).toEqual([peer(9)]);
});

test("a damaged record holds up nobody of its call", async () => {
  const { bridge, acceptMany, panel, pass, records } = await world();
  await bridge.start();
  await acceptMany(5);
  const update = records.outbound.update.bind(records.outbound);
  Object.assign(records.outbound, {
    async update(...[key, change]: Parameters<typeof update>) {
      if (key === "b2") throw new StoreError("corrupt", "this record cannot be read");
      return update(key, change);
    },
  });
  bridge.open();
  await pass(1000, 100);
  await pass(quiet);
  expect(new Set(panel.taken)).toEqual(new Set([0, 1, 3, 4].map(peer)));
  expect(panel.taken).toHaveLength(4);
});

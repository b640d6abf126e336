import { expect, onTestFinished, test } from "vitest";
import { markOf } from "../../../src/core/model/mark.ts";
import type { SentSms } from "../../../src/core/ports/sms-provider.ts";
import { noon } from "../messages.ts";
import { fails, openWorld, sara } from "../open-world.ts";

const peer = "+989120000000";

async function world(more: Parameters<typeof openWorld>[0] = {}) {
  const listed: SentSms[] = [];
  let asked = 0;
  const list = { read: async (): Promise<readonly SentSms[]> => listed };
  const sentList = {
    read: () => {
      asked += 1;
      return list.read();
    },
  };
  const opened = await openWorld({ ...more, first: { sentList } });
  onTestFinished(opened.stop);
  await opened.start();
  const entry = (id: string, changes: Partial<SentSms> = {}): SentSms => ({
    id,
    peer,
    text: "در خدمتم",
    at: opened.clock.now(),
    ...changes,
  });
  /** An answer of which the panel never said whether it took it. */
  async function doubtful(text = "در خدمتم", to = 0) {
    opened.first.before = fails("no-answer", false);
    const id = await opened.answer(text, to);
    opened.first.before = () => undefined;
    return id;
  }
  return { ...opened, listed, list, entry, doubtful, asked: () => asked };
}

test("an SMS that the panel lists as sent is sent, with its id, and nothing leaves a second time", async () => {
  const { doubtful, listed, entry, pass, find, first } = await world();
  const id = await doubtful();
  listed.push(entry("9007199254740993", { text: "در خدمتم\r\n" }));
  await pass(5000);
  expect(await find(id)).toMatchObject({
    state: "sent",
    receipts: [{ attempt: 1, ids: ["9007199254740993"] }],
    reports: { "9007199254740993": "pending" },
  });
  await pass(120_000, 5000);
  expect(first.sent).toEqual([]);
});

test("while the panel is asked nobody else is: no button, and no press sends it again", async () => {
  const { doubtful, find, bridge } = await world();
  const id = await doubtful();
  const message = await find(id);
  expect(message && markOf(message)).toMatchObject({ sign: "waiting", actions: [] });
  expect((await bridge.outbound.tryAgain(id, 1, sara)).outcome).toBe("late");
});

test("what it does not list is asked of the operator after a minute, and no sooner", async () => {
  const { doubtful, find, pass, asked } = await world();
  const id = await doubtful();
  await pass(58_000);
  expect((await find(id))?.due).toBeDefined();
  await pass(5000);
  const message = await find(id);
  expect(message).toMatchObject({ state: "uncertain", failure: { code: "no-answer" } });
  expect(message && markOf(message)).toMatchObject({ sign: "uncertain", actions: ["send-again", "was-sent"] });
  expect(asked()).toBeGreaterThan(4);
  const before = asked();
  await pass(120_000, 5000);
  expect(asked()).toBe(before);
});

test.each<[string, Partial<SentSms>[]]>([
  ["two of them", [{}, { id: "8" }]],
  ["one to somebody else", [{ peer: "+989120000009" }]],
  ["one with another text", [{ text: "در خدمتیم" }]],
  ["one from before the attempt", [{ at: noon - 10 * 60_000 }]],
  ["one without a time", [{ at: undefined }] as unknown as Partial<SentSms>[]],
])("%s in the list prove nothing", async (_, changes) => {
  const { doubtful, listed, entry, pass, find } = await world();
  const id = await doubtful();
  listed.push(...changes.map((change) => entry("7", change)));
  await pass(70_000);
  expect((await find(id))?.state).toBe("uncertain");
});

test("an entry that another message owns is not taken for this one", async () => {
  const { doubtful, answer, listed, entry, pass, find } = await world();
  await answer("در خدمتم");
  listed.push(entry("first-1"));
  const id = await doubtful();
  await pass(70_000);
  expect((await find(id))?.state).toBe("uncertain");
  const other = await world();
  await other.answer("در خدمتم");
  other.listed.push(other.entry("first-1"));
  const second = await other.doubtful();
  other.listed.push(other.entry("first-2"));
  await other.pass(10_000);
  expect(await other.find(second)).toMatchObject({ state: "sent", receipts: [{ ids: ["first-2"] }] });
});

test("two doubtful messages with one text to one peer are not told apart by one entry", async () => {
  const { doubtful, listed, entry, pass, find } = await world();
  const ids = [await doubtful(), await doubtful()];
  listed.push(entry("7"));
  await pass(70_000);
  for (const id of ids) expect((await find(id))?.state).toBe("uncertain");
});

test("a panel that cannot tell leaves it to the operator at once", async () => {
  const { doubtful, list, pass, find } = await world();
  list.read = async () => fails("unsupported")() ?? [];
  const id = await doubtful();
  await pass(3000);
  const message = await find(id);
  expect(message).toMatchObject({ state: "uncertain" });
  expect(message).not.toHaveProperty("due");
});

test("a panel that does not answer is asked again, and settles it when it does", async () => {
  const { doubtful, list, listed, entry, pass, find } = await world();
  list.read = async () => fails("no-answer")() ?? [];
  const id = await doubtful();
  await pass(20_000);
  list.read = async () => listed;
  listed.push(entry("7"));
  await pass(10_000);
  expect((await find(id))?.state).toBe("sent");
});

test("after a restart it goes on asking, also for what was on the wire when the process died", async () => {
  const before = await world();
  const id = await before.doubtful();
  let isOver: () => void = () => undefined;
  before.first.before = () => new Promise<void>((_, reject) => (isOver = () => reject(new Error("dead"))));
  onTestFinished(() => isOver());
  const onTheWire = await before.answer("و این", 1);
  const snapshot = [await before.records.outbound.get(id), await before.records.outbound.get(onTheWire)];
  isOver();
  await before.stop();
  for (const message of snapshot) if (message) await before.records.outbound.put(message.id, message);
  const after = await world({ store: before.store, clock: before.clock });
  after.listed.push(after.entry("7"), after.entry("8", { text: "و این", peer: "+989120000001" }));
  await after.pass(10_000);
  expect((await after.find(id))?.state).toBe("sent");
  expect(await after.find(onTheWire)).toMatchObject({ state: "sent", receipts: [{ ids: ["8"] }] });
  expect(after.first.sent).toEqual([]);
});

test("an answer that comes late all the same settles it like a found one", async () => {
  const { answer, clock, pass, first, find } = await world();
  let take: () => void = () => undefined;
  first.before = () => new Promise<void>((resolve) => (take = resolve));
  const id = await answer("در خدمتم");
  clock.pass(60_000);
  await pass(1000);
  expect((await find(id))?.state).toBe("uncertain");
  take();
  await pass(1000);
  expect(await find(id)).toMatchObject({ state: "sent" });
  expect(await find(id)).not.toHaveProperty("askUntil");
});

test("the entry of an earlier SMS that the panel took without naming an id proves nothing of the next", async () => {
  const { answer, doubtful, listed, entry, pass, find, first } = await world();
  const { send } = first;
  Object.assign(first, {
    send: async (...args: Parameters<typeof send>) => ({ ...(await send(...args)), ids: [undefined] }),
  });
  await answer("در خدمتم");
  Object.assign(first, { send });
  listed.push(entry("77"));
  await pass(30_000);
  const id = await doubtful();
  await pass(70_000);
  expect((await find(id))?.state).toBe("uncertain");
});

test("the entry of one that an operator settled as sent proves nothing of the next", async () => {
  const { doubtful, bridge, listed, entry, pass, find } = await world();
  const id = await doubtful();
  await pass(65_000);
  expect((await bridge.outbound.wasSent(id, 1, sara)).outcome).toBe("done");
  listed.push(entry("77"));
  const next = await doubtful();
  await pass(70_000);
  expect((await find(next))?.state).toBe("uncertain");
});

test("a list at which we stumble ourselves leaves it to the operator after a minute all the same", async () => {
  const { doubtful, list, pass, find, asked } = await world();
  list.read = async () => {
    throw new TypeError("cannot read properties of undefined");
  };
  const id = await doubtful();
  await pass(10 * 60_000, 1000);
  expect(await find(id)).not.toHaveProperty("due");
  expect(asked()).toBeLessThan(20);
});

test("a list that has ids of its own proves nothing where an equal SMS left about then", async () => {
  const { answer, doubtful, listed, entry, pass, find } = await world();
  await answer("در خدمتم");
  listed.push(entry("of the list alone"));
  const id = await doubtful();
  await pass(70_000);
  expect((await find(id))?.state).toBe("uncertain");
});

test("a call to a hundred that got no answer is settled by reading the panel's list once", async () => {
  const { bridge, first, listed, entry, settle, pass, find, asked } = await world();
  const peerOf = (n: number) => `+98912${String(n).padStart(7, "0")}`;
  const calls: number[] = [];
  Object.assign(first, {
    send: async ({ peers, text }: { peers: readonly string[]; text: string }) => {
      calls.push(peers.length);
      // The panel took all but the last one.
      listed.push(...peers.slice(0, -1).map((one, n) => entry(`taken-${n}`, { peer: one, text })));
      return fails("no-answer", false)() ?? { ids: [] };
    },
  });
  for (let n = 0; n < 100; n++) {
    const draft = { id: `b${n}`, thread: `support/${peerOf(n)}`, text: "به همه", line: "30001" };
    await bridge.outbound.accept({ ...draft, lane: "bulk" });
  }
  await settle();
  await pass(4000);
  expect(calls).toEqual([100]);
  expect(asked()).toBe(1);
  expect(await find("b7")).toMatchObject({ state: "sent", receipts: [{ ids: ["taken-7"] }] });
  const states = await Promise.all(Array.from({ length: 100 }, async (_, n) => (await find(`b${n}`))?.state));
  expect(states.filter((state) => state === "sent")).toHaveLength(99);
  expect(states[99]).toBe("uncertain");
  await pass(70_000, 1000);
  expect((await find("b99"))?.due).toBeUndefined();
  expect(calls).toEqual([100]);
});

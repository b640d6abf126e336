import { expect, onTestFinished, test } from "vitest";
import { StoreError } from "../../../src/core/ports/store.ts";
import { away, openWorld, refused } from "../open-world.ts";

async function world(options: Parameters<typeof openWorld>[0] = {}) {
  const opened = await openWorld(options);
  onTestFinished(opened.stop);
  return opened;
}
const texts = (posts: readonly { text: string }[]) => posts.map(({ text }) => text);

test("what waits together is shown in the panel's order, then in the order of its commit", async () => {
  const { start, receive, support, clock } = await world();
  const at = clock.now();
  await receive("third", { at: at + 2000 });
  await receive("first", { at });
  await receive("second", { at });
  await start();
  expect(texts(support.posts)).toEqual(["first", "second", "third"]);
});

test("a thread whose head is refused waits in peace, and is not forgotten", async () => {
  const { start, receive, support, pass, settle, records } = await world();
  await start();
  support.before = refused;
  await receive("one");
  let reads = 0;
  const range = records.inbound.range.bind(records.inbound);
  Object.assign(records.inbound, {
    range(...args: Parameters<typeof range>) {
      reads += 1;
      return range(...args);
    },
  });
  await receive("two");
  await settle();
  await pass(5000);
  expect(reads).toBeLessThan(5);
  support.before = () => undefined;
  await pass(600_000, 10_000);
  expect(texts(support.posts)).toEqual(["one", "two"]);
});

test("a desk that cannot show anything holds up no other, however much waits there", async () => {
  const { receive, start, support, oncall } = await world();
  support.before = away;
  for (let n = 0; n < 30; n++) await receive(`for support ${n}`, { from: n });
  await receive("for the engineer", { line: "50001" });
  await start();
  expect(texts(oncall.posts)).toEqual(["for the engineer"]);
});

test("a desk that is away is tried again at growing pauses, and at once when somebody says it is better", async () => {
  const { start, receive, support, pass, settle, bridge } = await world();
  await start();
  let tries = 0;
  support.before = () => {
    tries++;
    away();
  };
  await receive("one");
  await pass(60_000);
  expect(tries).toBeGreaterThan(3);
  expect(tries).toBeLessThan(12);
  support.before = () => undefined;
  bridge.wake("support");
  await settle();
  expect(texts(support.posts)).toEqual(["one"]);
});

test("a clock that is set back hides nothing", async () => {
  const { start, receive, support, clock, settle } = await world();
  await start();
  clock.set(clock.now() - 3_600_000);
  await receive("one");
  await settle();
  expect(texts(support.posts)).toEqual(["one"]);
});

test("SMS of a desk that the configuration no longer has are shown where new ones would be", async () => {
  const before = await openWorld();
  await before.receive("left behind");
  const { start, oncall } = await world({ store: before.store, clock: before.clock, desks: ["other"] });
  await start();
  expect(oncall.posts).toMatchObject([{ text: "left behind", thread: "other/+989120000000" }]);
});

test("a post whose record cannot be stored is not made again; its record waits for the store", async () => {
  const { start, receive, support, pass, settle, records } = await world();
  await start();
  const update = records.inbound.update.bind(records.inbound);
  Object.assign(records.inbound, { update: () => Promise.reject(new StoreError("unavailable", "disk full")) });
  await receive("one");
  await pass(3000);
  expect(support.posts).toHaveLength(1);
  Object.assign(records.inbound, { update });
  await pass(6000);
  await settle();
  expect(support.posts).toHaveLength(1);
  expect(await records.inbound.range("postDue", { limit: 10 })).toEqual([]);
});

test("an SMS that is shown while the store is searched for others is not shown again", async () => {
  const { start, receive, pass, settle, support, records } = await world();
  await start();
  const range = records.inbound.range.bind(records.inbound);
  let answer: () => void = () => undefined;
  onTestFinished(() => answer());
  Object.assign(records.inbound, {
    async range(...args: Parameters<typeof range>) {
      const found = await range(...args);
      // The answer of the store comes late, and by then is of the past.
      if (args[0] === "postDue") await new Promise<void>((resolve) => (answer = resolve));
      return found;
    },
  });
  support.before = away;
  await receive("سلام");
  await pass(500);
  answer();
  await pass(2500);
  support.before = () => undefined;
  await pass(60_000);
  expect(texts(support.posts)).toEqual(["سلام"]);
  answer();
  await settle();
  await pass(60_000);
  expect(texts(support.posts)).toEqual(["سلام"]);
});

test("what another process wants shown is found and shown once", async () => {
  const { start, receive, pass, support, records, clock } = await world();
  await start();
  await receive("سلام");
  const [message] = await records.inbound.range("seq", { limit: 1 });
  if (!message) return expect.unreachable();
  await records.inbound.put("other", {
    ...message,
    id: "other",
    text: "از بیرون",
    seq: 1,
    postDue: clock.now(),
    handed: clock.now(),
  });
  await pass(10_000);
  expect(support.posts.map(({ text }) => text)).toEqual(["سلام", "از بیرون"]);
});

test("of a desk that is away one thread is tried, not all of them", async () => {
  const { start, receive, support, pass } = await world();
  for (let n = 0; n < 200; n++) await receive(`from ${n}`, { from: n });
  let tries = 0;
  support.before = () => {
    tries++;
    away();
  };
  await start();
  const atFirst = tries;
  await pass(60_000);
  expect(atFirst).toBeLessThanOrEqual(50);
  expect(tries - atFirst).toBeLessThan(12);
  support.before = () => undefined;
  await pass(60_000);
  expect(support.posts).toHaveLength(200);
});

test("a thread with much to show takes its turns between the others", async () => {
  const { start, receive, support, settle } = await world();
  for (let n = 0; n < 60; n++) await receive(`loud ${n}`, { from: 0 });
  for (let n = 1; n < 60; n++) await receive(`quiet ${n}`, { from: n });
  await start();
  await settle();
  const places = support.posts.map(({ text }) => text.split(" ")[0]);
  expect(places.slice(0, 61).filter((who) => who === "quiet").length).toBeGreaterThan(50);
  expect(support.posts).toHaveLength(119);
});

test("of those that another process brought, one whose record cannot be written costs no other", async () => {
  const { start, receive, pass, support, records, clock } = await world();
  await start();
  await receive("سلام");
  const [message] = await records.inbound.range("seq", { limit: 1 });
  if (!message) return expect.unreachable();
  const update = records.inbound.update.bind(records.inbound);
  let fails = true;
  Object.assign(records.inbound, {
    update: (key: string, change: Parameters<typeof update>[1]) =>
      fails && key === "other 1" ? Promise.reject(new StoreError("unavailable", "busy")) : update(key, change),
  });
  for (let n = 0; n < 3; n++) {
    const due = { postDue: clock.now(), handed: clock.now() };
    await records.inbound.put(`other ${n}`, { ...message, id: `other ${n}`, text: `${n}`, seq: n, ...due });
  }
  await pass(5000);
  expect(texts(support.posts)).toEqual(["سلام", "0", "2"]);
  fails = false;
  await pass(5000);
  expect(texts(support.posts)).toEqual(["سلام", "0", "2", "1"]);
});

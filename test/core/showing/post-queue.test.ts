import { expect, onTestFinished, test } from "vitest";
import { DeskError } from "../../../src/core/ports/desk.ts";
import { StoreError } from "../../../src/core/ports/store.ts";
import { openWorld, type PaperDesk } from "../open-world.ts";

async function world(options: Parameters<typeof openWorld>[0] = {}) {
  const opened = await toBeKilled(options);
  onTestFinished(opened.stop);
  return opened;
}

/** One that hangs in the middle of something and is never stopped. */
async function toBeKilled(options: Parameters<typeof openWorld>[0] = {}) {
  const opened = await openWorld(options);
  opened.support.mostTogether = 3;
  return opened;
}

/** The desk's posts, each as the texts that stand in it. */
function compositions(desk: PaperDesk): string[][] {
  const posts: string[][] = [];
  const { post } = desk;
  desk.post = (task) =>
    post({
      ...task,
      async take(fits) {
        const sms = await task.take(fits);
        posts.push(sms.map(({ message }) => message.text));
        return sms;
      },
    });
  return posts;
}

test("what waits goes together, as many as fit, and each is known by the place of its post", async () => {
  const { start, receive, support, records } = await world();
  const posts = compositions(support);
  for (const text of ["a", "b", "c", "d"]) await receive(text);
  await start();
  expect(posts).toEqual([["a", "b", "c"], ["d"]]);
  const stored = await records.inbound.range("seq", { limit: 10 });
  expect(stored.map(({ text, post }) => [text, post])).toEqual([
    ["a", "support:3"],
    ["b", "support:3"],
    ["c", "support:3"],
    ["d", "support:4"],
  ]);
  expect(stored.filter(({ joined, postDue }) => joined ?? postDue)).toEqual([]);
});

test("which ones go together is on disk before they leave", async () => {
  const { start, receive, support, records } = await world();
  for (const text of ["a", "b"]) await receive(text);
  const [a, b] = await records.inbound.range("seq", { limit: 2 });
  let joined: readonly string[] | undefined;
  const { post } = support;
  support.post = (task) =>
    post({
      ...task,
      async commit(place) {
        joined = (await records.inbound.get(a?.id ?? ""))?.joined;
        await task.commit(place);
      },
    });
  await start();
  expect(joined).toEqual([b?.id]);
});

test("after a kill a post is repeated as it was, whatever has come meanwhile", async () => {
  const before = await toBeKilled();
  for (const text of ["a", "b"]) await before.receive(text);
  // It leaves, and nobody lives to store where it stands.
  const { post } = before.support;
  before.support.post = (task) => post({ ...task, commit: () => new Promise(() => undefined) });
  void before.start();
  await before.settle();
  expect(before.support.posts).toHaveLength(2);

  const { store, clock } = before;
  const after = await world({ store, clock });
  const posts = compositions(after.support);
  await after.receive("earlier by the panel's time", { at: clock.now() - 60_000 });
  await after.receive("c");
  await after.start();
  expect(posts).toEqual([
    ["a", "b"],
    ["earlier by the panel's time", "c"],
  ]);
});

test("killed while their places are stored, they are repeated together and then stand", async () => {
  const before = await toBeKilled();
  for (const text of ["a", "b", "c"]) await before.receive(text);
  const [first] = await before.records.inbound.range("seq", { limit: 1 });
  const update = before.records.inbound.update.bind(before.records.inbound);
  const { post } = before.support;
  before.support.post = (task) =>
    post({
      ...task,
      async commit(place) {
        // From here on the first record stays as it is.
        Object.assign(before.records.inbound, {
          update: (key: string, change: Parameters<typeof update>[1]) =>
            key === first?.id ? new Promise(() => undefined) : update(key, change),
        });
        await task.commit(place);
      },
    });
  void before.start();
  await before.settle();
  Object.assign(before.records.inbound, { update });
  const [a, b] = await before.records.inbound.range("seq", { limit: 2 });
  expect([a?.post, b?.post]).toEqual([undefined, "support:3"]);

  const after = await world({ store: before.store, clock: before.clock });
  const posts = compositions(after.support);
  await after.start();
  expect(posts).toEqual([["a", "b", "c"]]);
  expect(await after.records.inbound.range("postDue", { limit: 10 })).toEqual([]);
});

test("the record of the first is damaged: it is shown alone, once, and the others go on", async () => {
  const { start, receive, support, records } = await world();
  const posts = compositions(support);
  for (const text of ["a", "b", "c"]) await receive(text);
  const [damaged] = await records.inbound.range("seq", { limit: 1 });
  const update = records.inbound.update.bind(records.inbound);
  Object.assign(records.inbound, {
    update: (key: string, change: Parameters<typeof update>[1]) =>
      key === damaged?.id ? Promise.reject(new StoreError("corrupt", "damaged")) : update(key, change),
  });
  await start();
  expect(posts).toEqual([["a"], ["b", "c"]]);
});

test("a store that is away when they are put together makes the thread wait, and only it", async () => {
  const { start, receive, support, records, pass } = await world();
  const posts = compositions(support);
  for (const text of ["a", "b"]) await receive(text);
  await receive("of another", { from: 1 });
  const update = records.inbound.update.bind(records.inbound);
  let isAway = true;
  Object.assign(records.inbound, {
    update: (key: string, change: Parameters<typeof update>[1]) => {
      const isJoin = isAway && change({ id: key } as never)?.joined !== undefined;
      return isJoin ? Promise.reject(new StoreError("unavailable", "disk full")) : update(key, change);
    },
  });
  await start();
  expect(posts).toEqual([["of another"]]);
  isAway = false;
  await pass(5000);
  expect(posts).toEqual([["of another"], ["a", "b"]]);
});

test("one that is being put together with others is repeated with them, though an earlier one comes meanwhile", async () => {
  const { start, receive, support, clock, bridge, settle, pass } = await world();
  const posts = compositions(support);
  for (const text of ["a", "b"]) await receive(text);
  const { post } = support;
  let tries = 0;
  support.post = (task) =>
    post({
      ...task,
      async take(fits) {
        tries += 1;
        const taking = task.take(fits);
        if (tries === 1) {
          const time = { written: "before", at: clock.now() - 60_000 };
          const sms = { line: "30001", peer: "09120000000", text: "earlier by the panel's time", time };
          await bridge.inbound.accept("first", [sms]);
        }
        const sms = await taking;
        // It leaves, and its answer is lost.
        if (tries === 1) posts.push(sms.map(({ message }) => `${message.text}, lost`));
        if (tries === 1) throw new DeskError("unreachable", "away");
        return sms;
      },
    });
  await start();
  await settle();
  await pass(5000);
  const told = posts.map((texts) => texts.join("+"));
  expect(told.filter((one) => one === "a+b")).toHaveLength(1);
  expect(told.at(-1)).toBe("earlier by the panel's time");
});

import { expect, onTestFinished, test } from "vitest";
import { openWorld } from "../open-world.ts";

const thread = "support/+989120000000";

async function world() {
  const opened = await openWorld();
  onTestFinished(opened.stop);
  await opened.start();
  return opened;
}

test("what a blocked peer writes is kept and not shown; unblocking tells how many that were, and shows none", async () => {
  const { receive, support, bridge, records, pass } = await world();
  await receive("hello");
  await bridge.blocking.block(thread);
  await receive("spam 1");
  await receive("spam 2");
  expect(await bridge.blocking.block(thread)).toMatchObject({ outcome: "same" });
  expect(await bridge.blocking.unblock(thread)).toMatchObject({ outcome: "done", came: 2 });
  await receive("sorry");
  await pass(5000);
  expect(support.posts.map(({ text }) => text)).toEqual(["hello", "sorry"]);
  expect(await records.inbound.range("thread", { equal: [thread], limit: 9 })).toHaveLength(4);
  await bridge.blocking.block(thread);
  expect(await bridge.blocking.unblock(thread)).toMatchObject({ outcome: "done", came: 0 });
  expect(await bridge.blocking.unblock(thread)).toMatchObject({ outcome: "same", came: 0 });
});

test("somebody who never wrote can be blocked, and only they are", async () => {
  const { receive, support, bridge } = await world();
  expect(await bridge.blocking.block(thread)).toMatchObject({ outcome: "done" });
  await receive("spam");
  await receive("another", { from: 1 });
  expect(support.posts.map(({ text }) => text)).toEqual(["another"]);
});

test("SMS that come while others are put away are put away too, or shown, and never lost", async () => {
  const { bridge, pass, settle, clock } = await world();
  await bridge.blocking.block(thread);
  const sms = (text: string) => ({
    line: "30001",
    peer: "09120000000",
    text,
    time: { written: text, at: clock.now() },
  });
  await Promise.all([1, 2, 3, 4, 5].map((n) => bridge.inbound.accept("first", [sms(`spam ${n}`)])));
  await settle();
  await pass(5000);
  expect(await bridge.blocking.unblock(thread)).toMatchObject({ came: 5 });
});

test("an SMS that is put away while somebody unblocks is shown, for they were not told of it", async () => {
  const { bridge, receive, support, pass, records } = await world();
  await bridge.blocking.block(thread);
  const update = records.inbound.update.bind(records.inbound);
  let told: number | undefined;
  Object.assign(records.inbound, {
    async update(...args: Parameters<typeof update>) {
      if (told === undefined) {
        told = -1;
        told = (await bridge.blocking.unblock(thread)).came;
      }
      return update(...args);
    },
  });
  await receive("just now");
  await pass(5000);
  expect([told, support.posts.map(({ text }) => text)]).toEqual([0, ["just now"]]);
});

import { expect, onTestFinished, test } from "vitest";
import { fails, openWorld, sara } from "../open-world.ts";

async function world(options: Parameters<typeof openWorld>[0] = {}) {
  const opened = await openWorld(options);
  onTestFinished(opened.stop);
  return opened;
}

test("nothing leaves before the door is opened, and nothing after it was stopped", async () => {
  const { bridge, answer, settle, pass, first } = await world();
  await bridge.start();
  await answer("one");
  await pass(2000);
  expect(first.sent).toEqual([]);
  await bridge.stop(0);
  bridge.open();
  await settle();
  await pass(2000);
  expect(first.sent).toEqual([]);
});

test("a refusal of another attempt does not hide that the first may have been sent", async () => {
  const { start, answer, bridge, find, settle, first } = await world();
  await start();
  first.before = fails("no-answer", false);
  const id = await answer("one");
  expect((await find(id))?.state).toBe("uncertain");
  first.before = fails("no-credit");
  await bridge.outbound.tryAgain(id, 1, sara);
  await settle();
  expect(await find(id)).toMatchObject({ state: "uncertain", attempt: 2, failure: { code: "no-credit" } });
  await bridge.outbound.wasSent(id, 2, sara);
  expect((await find(id))?.state).toBe("sent");
});

test("a process that was frozen between its claim and the call does not send what was wanted hours ago", async () => {
  const { start, answer, find, settle, clock, first, records, pass } = await world();
  const update = records.outbound.update.bind(records.outbound);
  await start();
  let hasFrozen = false;
  Object.assign(records.outbound, {
    async update(key: string, change: Parameters<typeof update>[1]) {
      const after = await update(key, change);
      if (after?.state === "sending" && !hasFrozen) {
        hasFrozen = true;
        clock.set(clock.now() + 36_000_000);
      }
      return after;
    },
  });
  const id = await answer("come at five");
  await settle();
  await pass(5000);
  expect(first.sent).toEqual([]);
  expect(await find(id)).toMatchObject({ state: "failed" });
});

test("«Try again» begins with the line it was meant for", async () => {
  const { start, answer, bridge, find, settle, first, second } = await world({ fallback: ["30002"] });
  await start();
  first.before = fails("no-credit");
  second.before = fails("no-credit");
  const id = await answer("one");
  expect(await find(id)).toMatchObject({ state: "failed", line: "30002" });
  first.before = () => undefined;
  await bridge.outbound.tryAgain(id, (await find(id))?.attempt ?? 0, sara);
  await settle();
  expect(first.sent).toHaveLength(1);
});

test("an answer to an SMS that came to a line which is not ours leaves from the desk's own line and says so", async () => {
  const { start, receive, answer, find, first } = await world();
  await start();
  await receive("hello", { line: "70009999" });
  const id = await answer("one");
  expect(first.sent[0]?.line).toBe("30001");
  expect((await find(id))?.namesLine).toBe(true);
});

test("what was cancelled while its line was taken from the configuration stays cancelled", async () => {
  const { bridge, start, find } = await world();
  await bridge.outbound.accept({ id: "x", thread: "support/+989120000000", text: "one", line: "99999" });
  await bridge.outbound.cancel("x", 0, sara);
  await start();
  expect((await find("x"))?.state).toBe("cancelled");
});

test("a message that another process wrote into the store leaves within a second", async () => {
  const { start, pass, first, store, clock } = await world();
  await start();
  const other = await openWorld({ store, clock });
  await other.bridge.outbound.accept({ id: "x", thread: "support/+989120000000", text: "from elsewhere" });
  await pass(1000);
  expect(first.sent.map(({ text }) => text)).toEqual(["from elsewhere"]);
});

test("ten thousand waiting messages do not slow the answer that comes after them by more than two calls", async () => {
  const { start, answer, bridge, first, settle } = await world();
  Object.assign(first.limits, { inFlight: 1 });
  for (let n = 0; n < 1000; n++) {
    const thread = `support/+98912${String(n).padStart(7, "0")}`;
    await bridge.outbound.accept({ id: `b${n}`, thread, text: `bulk ${n}`, lane: "bulk" });
  }
  let release: () => void = () => undefined;
  first.before = () => new Promise<void>((resolve) => (release = resolve));
  await start();
  await answer("urgent", 5);
  first.before = () => undefined;
  release();
  await settle();
  expect(first.sent.findIndex(({ text }) => text === "urgent")).toBeLessThanOrEqual(1);
});

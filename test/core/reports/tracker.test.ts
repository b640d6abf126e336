import { expect, onTestFinished, test } from "vitest";
import { fails, openWorld, sara } from "../open-world.ts";

async function world(options: Parameters<typeof openWorld>[0] = {}) {
  const opened = await openWorld(options);
  onTestFinished(opened.stop);
  return opened;
}
const told = (state: "delivered" | "failed" | "pending") => (ids: readonly string[]) =>
  ids.map((id) => ({ id, state, vendor: state }));

test("it asks at the ages that the panel names, and then says that no report came", async () => {
  const { start, answer, pass, first, find } = await world();
  await start();
  const id = await answer("one");
  await pass(700_000, 500);
  expect(first.asked).toHaveLength(3);
  expect((await find(id))?.state).toBe("expired");
});

test("due ids go together, in as few calls as the panel's limit allows", async () => {
  const { start, answer, pass, first } = await world();
  await start();
  for (let n = 0; n < 25; n++) await answer(`to ${n}`, n);
  first.tell = told("delivered");
  await pass(6000);
  expect(first.asked.map((ids) => ids.length)).toEqual([10, 10, 5]);
});

test("a late `delivered` beats an earlier `failed`", async () => {
  const { start, answer, pass, first, find } = await world();
  await start();
  const id = await answer("one");
  first.tell = told("failed");
  await pass(6000);
  expect(await find(id)).toMatchObject({ state: "failed", failure: { code: "undelivered", vendor: "failed" } });
  first.tell = told("delivered");
  await pass(60_000);
  expect((await find(id))?.state).toBe("delivered");
});

test("a late `delivered` cancels another attempt that still waits", async () => {
  const { start, answer, pass, first, find, bridge, settle } = await world();
  await start();
  const id = await answer("one");
  first.tell = told("failed");
  await pass(6000);
  first.before = fails("unreachable");
  await bridge.outbound.tryAgain(id, 1, sara);
  await settle();
  first.tell = told("delivered");
  await pass(60_000);
  expect((await find(id))?.state).toBe("delivered");
  first.before = () => undefined;
  await pass(60_000);
  expect(first.sent).toHaveLength(1);
});

test("a panel that does not answer holds up no other", async () => {
  const { start, answer, bridge, pass, first, second, find } = await world();
  await start();
  await answer("to the dead one");
  await bridge.outbound.accept({ id: "x", thread: "support/+989125555555", text: "to the living", line: "30002" });
  let release: () => void = () => undefined;
  first.tell = () => new Promise((resolve) => (release = () => resolve([])));
  second.tell = told("delivered");
  await pass(6000);
  expect((await find("x"))?.state).toBe("delivered");
  release();
});

test("a panel whose status call fails is asked ever less, and in the end the message says that no report came", async () => {
  const { start, answer, pass, first, find } = await world();
  await start();
  const id = await answer("one");
  first.tell = fails("unreachable");
  await pass(600_000, 1000);
  expect((await find(id))?.state).toBe("sent");
  await pass(4_200_000, 5000);
  expect((await find(id))?.state).toBe("expired");
  expect(first.asked.length).toBeLessThan(80);
});

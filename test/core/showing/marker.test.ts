import { expect, onTestFinished, test } from "vitest";
import { away, fails, openWorld, refused } from "../open-world.ts";

async function world(options: Parameters<typeof openWorld>[0] = {}) {
  const opened = await openWorld(options);
  onTestFinished(opened.stop);
  return opened;
}

test("the last thing that is shown is the last thing that happened", async () => {
  const { start, answer, support, pass } = await world();
  await start();
  await answer("one");
  await pass(2000);
  expect(support.marks.at(-1)?.state).toBe("sent");
});

test("a mark that could not be shown is shown when the desk is back, as the record then stands", async () => {
  const { start, answer, support, pass, first } = await world();
  await start();
  support.before = away;
  first.before = fails("no-credit");
  await answer("one");
  support.before = () => undefined;
  await pass(10_000);
  expect(support.marks.map(({ state }) => state)).toEqual(["failed"]);
});

test("a mark that is refused as it was does not hold up what the message becomes", async () => {
  const { start, answer, support, pass, first, settle } = await world();
  await start();
  let release: () => void = () => undefined;
  first.before = () => new Promise<void>((resolve) => (release = resolve));
  support.before = refused;
  await answer("one");
  support.before = () => undefined;
  release();
  await settle();
  await pass(2000);
  expect(support.marks.map(({ state }) => state)).toEqual(["sent"]);
});

test("a desk that wants to be asked again is, although an edit came meanwhile", async () => {
  const { start, answer, support, pass, first, bridge } = await world();
  support.againAfterMs = 30_000;
  first.before = fails("unreachable");
  await start();
  const id = await answer("one");
  await pass(5000);
  const shown = support.marks.length;
  await bridge.outbound.edit(id, "other words");
  await pass(30_000);
  expect(support.marks.length).toBeGreaterThan(shown);
});

test("marks that were left behind are shown after a restart", async () => {
  const before = await openWorld();
  await before.start();
  before.support.before = away;
  await before.answer("one");
  await before.stop();
  const { start, support } = await world({ store: before.store, clock: before.clock });
  await start();
  expect(support.marks).toMatchObject([{ state: "sent" }]);
});

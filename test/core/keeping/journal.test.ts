import { expect, onTestFinished, test } from "vitest";
import type { Effect, NewEntry } from "../../../src/core/keeping/journal.ts";
import { openJournal } from "../../../src/core/keeping/journal.ts";
import { StoreError } from "../../../src/core/ports/store.ts";
import { openWorld, sara } from "../open-world.ts";

const thread = "support/+989120000000";
const press: NewEntry = { id: "press-1", desk: "support", thread, by: sara, what: "close" };
const dayMs = 86_400_000;

async function world() {
  const opened = await openWorld({ keepMs: 30 * dayMs });
  onTestFinished(opened.stop);
  await opened.start();
  const { journal } = opened.bridge;
  const told = async () => (await journal.ofThread(thread, 15)).map(({ what }) => what);
  const noting = (effect: Effect) =>
    journal.noting(
      press,
      async () => effect,
      (result) => result,
    );
  const dies = () =>
    journal.noting(
      press,
      () => Promise.reject(new StoreError("unavailable", "killed")),
      () => "done",
    );
  return { ...opened, journal, told, noting, dies };
}

test("what took effect is one entry, however often its update comes", async () => {
  const { noting, told } = await world();
  await noting("done");
  await noting("unclear");
  await noting("nothing");
  expect(await told()).toEqual(["close"]);
});

test("what changed nothing leaves no entry", async () => {
  const { noting, told, journal } = await world();
  await noting("nothing");
  await journal.noting(
    { ...press, id: "press-2" },
    async () => "unclear" as const,
    (effect) => effect,
  );
  expect(await told()).toEqual([]);
});

test("a deed that a crash cut off is told only once its update has come again and said what became of it", async () => {
  const { noting, told, dies } = await world();
  await expect(dies()).rejects.toThrow("killed");
  expect(await told()).toEqual([]);
  await noting("unclear");
  expect(await told()).toEqual(["close"]);
});

test("a deed that was cut off before its effect, which somebody else's then forestalled, leaves no entry", async () => {
  const { noting, told, dies } = await world();
  await expect(dies()).rejects.toThrow("killed");
  await noting("nothing");
  expect(await told()).toEqual([]);
});

test("answers stand among the entries by their time; what a program sends does not; all of it goes with its time", async () => {
  const { bridge, journal, clock, pass, noting, store } = await world();
  await bridge.outbound.accept({ id: "a1", thread, text: "بله", origin: "c:1", by: sara });
  await bridge.outbound.accept({ id: "p1", thread, text: "خودکار" });
  await pass(700_000, 5000);
  await noting("done");
  expect((await journal.ofThread(thread, 15)).map(({ what }) => what)).toEqual(["answer", "close"]);
  expect((await journal.ofDesk("support", 0, 15)).map(({ what }) => what)).toEqual(["answer", "close"]);
  expect((await journal.ofThread(thread, 1)).map(({ what }) => what)).toEqual(["close"]);
  expect(await journal.ofDesk("oncall", 0, 15)).toEqual([]);
  expect(await journal.ofDesk("support", clock.now() + 1, 15)).toEqual([]);
  clock.pass(31 * dayMs);
  await bridge.sweep();
  await store.sweep();
  expect(await journal.ofThread(thread, 15)).toEqual([]);
});

test("erasing takes the entries of one thread until then", async () => {
  const { store, records, clock, noting, told } = await world();
  const journal = await openJournal({ store, records, clock, keepMs: dayMs });
  await noting("done");
  const until = clock.now();
  clock.pass(1000);
  await journal.note({ ...press, id: "later", what: "reopen" });
  await journal.erase("support/+989120000001", clock.now());
  await journal.erase(thread, until);
  expect(await told()).toEqual(["reopen"]);
});

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { longestCannedName, longestCannedText, mostCanned, openCannedAnswers } from "../../src/core/canned.ts";
import { openStore } from "../../src/store/open.ts";
import { createFakeClock } from "../support/fake-clock.ts";
import { silentLog } from "../telegram/silent-log.ts";

const by = { id: "1", name: "Sara" };

/** A real SQLite file that can be closed and opened again. */
function createFile() {
  const folder = mkdtempSync(join(tmpdir(), "chapar-canned-"));
  const clock = createFakeClock(1000);
  const stops: (() => Promise<void>)[] = [];
  onTestFinished(async () => {
    for (const stop of stops) await stop();
    rmSync(folder, { recursive: true, force: true });
  });
  return async () => {
    const store = await openStore(`sqlite://${folder}/chapar.sqlite`, { clock, log: silentLog });
    stops.push(() => store.close());
    return { canned: await openCannedAnswers({ store, clock }), close: () => store.close() };
  };
}

test("what was added is there after a restart, and each desk has its own", async () => {
  const open = createFile();
  const first = await open();
  expect(await first.canned.add("support", { name: "hours", text: "9 to 5", by })).toMatchObject({ outcome: "done" });
  await first.close();
  const { canned } = await open();
  expect(await canned.all("support")).toEqual([{ id: 1, name: "hours", text: "9 to 5", by, at: 1000, uses: 0 }]);
  expect(await canned.all("oncall")).toEqual([]);
  await first.close();
});

test("a name is one name however it is spelled; the same again changes nothing, another text is refused", async () => {
  const { canned } = await createFile()();
  await canned.add("support", { name: "ساعت کار", text: "۹ تا ۵", by });
  const same = await canned.add("support", { name: "ساعت‌كار", text: "۹ تا ۵", by });
  expect(same).toMatchObject({ outcome: "same", answer: { id: 1, name: "ساعت کار" } });
  const other = await canned.add("support", { name: "ساعت كار", text: "۱۰ تا ۴", by });
  expect(other).toMatchObject({ outcome: "taken", answer: { text: "۹ تا ۵" } });
  expect(await canned.all("support")).toHaveLength(1);
  expect(await canned.called("support", "ساعتکار")).toMatchObject({ id: 1 });
});

test("a change keeps the name and its uses, and gives another id, also to those who come after", async () => {
  const { canned } = await createFile()();
  await canned.add("support", { name: "hours", text: "9 to 5", by });
  await canned.used("support", 1);
  const changed = await canned.change("support", { name: "Hours", text: "10 to 4", by: { id: "2", name: "Reza" } });
  expect(changed).toMatchObject({ outcome: "done", answer: { id: 2, name: "hours", text: "10 to 4", uses: 1 } });
  expect(await canned.find("support", 1)).toBeUndefined();
  await canned.remove("support", 2);
  expect((await canned.add("support", { name: "hours", text: "8 to 3", by })).answer?.id).toBe(3);
  expect(await canned.change("support", { name: "nothing", text: "x", by })).toEqual({ outcome: "unknown" });
  expect(await canned.remove("support", 99)).toEqual({ outcome: "unknown" });
});

test("those used most come first, and of equals the older one", async () => {
  const { canned } = await createFile()();
  for (const name of ["a", "b", "c"]) await canned.add("support", { name, text: name, by });
  await canned.used("support", 3);
  await canned.used("support", 3);
  await canned.used("support", 2);
  await canned.used("support", 77);
  expect((await canned.all("support")).map(({ name }) => name)).toEqual(["c", "b", "a"]);
});

test("there are at most a hundred, however many are added at once", async () => {
  const { canned } = await createFile()();
  const all = Array.from({ length: mostCanned + 20 }, (_, index) =>
    canned.add("support", { name: `n${index}`, text: "x", by }),
  );
  const outcomes = (await Promise.all(all)).map(({ outcome }) => outcome);
  expect(outcomes.filter((outcome) => outcome === "done")).toHaveLength(mostCanned);
  expect(outcomes.filter((outcome) => outcome === "full")).toHaveLength(20);
  const kept = await canned.all("support");
  expect(new Set(kept.map(({ id }) => id)).size).toBe(mostCanned);
});

test("names and texts are bounded, in letters", async () => {
  const { canned } = await createFile()();
  const long = "😀".repeat(longestCannedName);
  expect((await canned.add("support", { name: long, text: "x", by })).outcome).toBe("done");
  expect((await canned.add("support", { name: `${long}x`, text: "x", by })).outcome).toBe("long-name");
  const text = "س".repeat(longestCannedText + 1);
  expect((await canned.add("support", { name: "a", text, by })).outcome).toBe("long-text");
  expect((await canned.change("support", { name: long, text, by })).outcome).toBe("long-text");
});

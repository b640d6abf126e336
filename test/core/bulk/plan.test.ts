import { expect, test } from "vitest";
import { openWorld } from "../open-world.ts";
import { order, peer, press } from "./orders.ts";

test("a plan says who gets what and who does not, with the row and the reason, and sends nothing", async () => {
  const world = await openWorld();
  await world.start();
  await world.bridge.conversations.block(`support/${peer(3)}`);
  await world.receive("لغو", { from: 4, line: "30001" });
  const out = (await world.records.inbound.range("thread", { equal: ["support/+989120000004"], limit: 1 }))[0];
  expect(out?.word).toBe("opted-out");
  const rows = [
    { row: 2, written: peer(1), peer: peer(1), values: ["مریم"] },
    { row: 3, written: "0912", values: ["علی"] },
    { row: 4, written: peer(1), peer: peer(1), values: ["مریم"] },
    { row: 5, written: peer(2), peer: peer(2), values: [""] },
    { row: 6, written: peer(3), peer: peer(3), values: ["رضا"] },
    { row: 7, written: "+989120000004", peer: "+989120000004", values: ["نرگس"] },
    { row: 8, written: peer(2), peer: peer(2), values: ["سینا"] },
  ];
  const plan = await world.bridge.bulk.plan(order(0, "سلام {نام}", { rows }));
  expect(plan.refused.map(({ row, why, field }) => [row, why, field].filter(Boolean).join(" "))).toEqual([
    "3 bad-number",
    "4 duplicate",
    "5 empty-field نام",
    "6 blocked",
    "7 opted-out",
  ]);
  expect(plan.samples).toEqual([
    { peer: peer(1), text: "سلام مریم" },
    { peer: peer(2), text: "سلام سینا" },
  ]);
  expect(plan).toMatchObject({ parts: 2, mostParts: 1, provider: "first", run: { total: 2, state: "planned" } });
  await world.pass(5000);
  expect(world.first.sent).toEqual([]);
  await world.stop();
});

test("a plan that nobody wanted in a day, and one that was dropped, send nothing", async () => {
  const world = await openWorld();
  await world.start();
  await world.bridge.bulk.plan(order(2));
  expect(await world.bridge.bulk.drop("run", press)).toBe("done");
  expect(await world.bridge.bulk.send("run", press)).toBe("late");
  await world.pass(1000);
  expect(world.support.bulks).toMatchObject([{ run: { state: "dropped" } }]);
  await world.bridge.bulk.plan(order(2, "متن", { id: "other" }));
  expect(await world.bridge.bulk.send("other", { ...press, desk: "oncall" })).toBe("unknown");
  world.clock.pass(25 * 60 * 60_000);
  expect(await world.bridge.bulk.send("other", press)).toBe("late");
  await world.bridge.bulk.plan(order(2, "متن", { id: "third" }));
  expect(await world.bridge.bulk.find("other")).toBeUndefined();
  await world.pass(5000);
  expect(world.first.sent).toEqual([]);
  await world.stop();
});

test("a field may say what stands there where a row has none", async () => {
  const world = await openWorld();
  await world.start();
  const rows = ["سارا", ""].map((name, n) => ({ row: n + 1, written: peer(n), peer: peer(n), values: [name] }));
  const { samples, refused } = await world.bridge.bulk.plan(order(0, "{نام|مشتری} عزیز", { rows }));
  expect(samples.map(({ text }) => text)).toEqual(["سارا عزیز", "مشتری عزیز"]);
  expect(refused).toEqual([]);
  await world.stop();
});

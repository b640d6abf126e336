import { expect, test } from "vitest";
import { acceptRows, bulkRow, delayRows, failureRows, growthRows, stormRows } from "../../bench/rows.ts";
import { renderTable } from "../../bench/table.ts";

const held = (rows: readonly { isHeld: boolean }[]) => rows.map(({ isHeld }) => isHeld);
const delays = (ms: number, worst = ms) => ({ inbound: [ms, ms, ms, worst], outbound: [ms, ms, ms, worst] });

test("each bar is missed by the figure that is just beyond it", () => {
  expect(held(acceptRows({ bridge: [100, 100, 1], forwarder: [100, 100, 900] }))).toEqual([true]);
  expect(held(acceptRows({ bridge: [99], forwarder: [100] }))).toEqual([false]);
  expect(held(delayRows(delays(5), delays(1)))).toEqual([true, true, true]);
  expect(held(delayRows(delays(5.1), delays(1)))).toEqual([false, true, true]);
  expect(held(delayRows(delays(5, 16.1), delays(1)))).toEqual([true, false, true]);
  expect(held(delayRows(delays(9.1), delays(1)))).toEqual([false, true, false]);
});

test("bulk may need no call more than the panel's limit asks for, and must reach everyone once", () => {
  const figures = { receivers: 10_000, requests: 100, missing: 0, doubled: 0, seconds: 3 };
  expect(bulkRow("one text", figures, 100).isHeld).toBe(true);
  for (const worse of [{ requests: 101 }, { missing: 1 }, { doubled: 1 }, { failure: "exit 3" }]) {
    expect(bulkRow("one text", { ...figures, ...worse }, 100).isHeld).toBe(false);
  }
});

test("a storm that lost one SMS has held nothing, however fast it was", () => {
  const figures = { sms: 600, peers: 50, minutes: 2, messages: 55, refused: 0, sooner: 15, waste: 0.8, lost: 0 };
  expect(held(stormRows(figures, "here", 8, 580))).toEqual([true, true]);
  expect(held(stormRows({ ...figures, lost: 1 }, "here", 8, 580))).toEqual([false, false]);
  expect(held(stormRows({ ...figures, sooner: 7.9, waste: 1.21 }, "here", 8, 580))).toEqual([false, false]);
});

test("growth is held against the empty store, memory against its bar", () => {
  const store = (ms: number, peakMb: number) => ({ delays: delays(ms), startMs: [ms], peakMb: [peakMb, 1] });
  const options = { chat: 1, rounds: 1, samples: 1, messages: 1, threads: 1 };
  const of = (ms: number, mb: number) =>
    growthRows({ empty: store(100, 90), grown: store(ms, mb), growSeconds: 1 }, options);
  expect(held(of(119, 200))).toEqual([true, true, true, true]);
  expect(held(of(121, 201))).toEqual([false, false, false, false]);
});

test("one SMS lost or shown twice is a failure that was not stood", () => {
  const bare = { lost: 9, doubled: 0 };
  const of = (lost: number, doubled: number) =>
    held(failureRows([{ what: "away", sms: 10, bridge: { lost, doubled }, forwarder: bare }]));
  expect([of(0, 0), of(1, 0), of(0, 1)].flat()).toEqual([true, false, false]);
});

test("the table is Markdown with columns of one width", () => {
  const row = { figure: "f", chapar: "1", bare: "2", compared: "−3.00 ms", bar: "≤ 4", isHeld: false };
  const lines = renderTable([row, { ...row, figure: "longer", isHeld: true }]).split("\n");
  expect(new Set(lines.map((line) => line.length)).size).toBe(1);
  expect(lines[2]).toContain("**NO**");
  expect(lines[3]).toMatch(/\| yes +\|$/);
});

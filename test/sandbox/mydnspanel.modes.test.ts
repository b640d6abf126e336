import { describe, expect, test } from "vitest";
import type { MydnspanelMode } from "../../src/sandbox/mydnspanel/modes.ts";
import { call, panel, send, startForEach } from "./mydnspanel.start.ts";
import { muteModes } from "./wire-modes.ts";

startForEach();

describe("misbehaviour", () => {
  test.each<[MydnspanelMode, number]>(muteModes)(
    "in mode %j the caller learns nothing, and %i SMS are taken",
    async (mode, taken) => {
      panel.mode({ ...mode, times: 1 });
      expect(await call("status")).toEqual({ result: "1" });
      await expect(send()).rejects.toThrow();
      expect(panel.ledger).toHaveLength(taken);
      expect(await send()).toMatchObject({ result: "1" });
    },
  );

  test("it refuses with any code, before or after it took the SMS, or gives no id", async () => {
    panel.mode({ kind: "refuse", code: 112, description: "operator down", times: 1 });
    expect(await send()).toEqual({ result: "112", description: "operator down" });
    expect(panel.ledger).toEqual([]);
    panel.mode({ kind: "refuse-after", code: 113, times: 1 });
    expect(await send()).toEqual({ result: "113" });
    expect(panel.ledger).toHaveLength(1);
    expect(await send()).toMatchObject({ result: "1" });
    panel.mode({ kind: "no-id" });
    expect(await send()).toEqual({ result: "1" });
    panel.mode({ kind: "normal" });
    expect(await send()).toMatchObject({ sendID: "9207199254740996" });
    expect(panel.calls.map(({ result }) => result)).toEqual(["112", "113", "1", "1", "1"]);
  });

  test("it may hit one action alone, or all of them", async () => {
    panel.mode({ kind: "refuse", code: 108, on: "credit" });
    expect(await call("credit")).toEqual({ result: "108" });
    expect(await send()).toMatchObject({ result: "1" });
    panel.mode({ kind: "slow", ms: 60, on: "all" });
    const begin = performance.now();
    expect(await call("status")).toEqual({ result: "1" });
    expect(performance.now() - begin).toBeGreaterThan(50);
  });
});

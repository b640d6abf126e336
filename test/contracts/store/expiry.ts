import { describe, expect, it } from "vitest";
import { sampleSpec } from "../../store/sample.ts";
import type { OpenSamples } from "./samples.ts";

/** Records end by the clock that the store was given. */
export function testExpiry(open: OpenSamples): void {
  describe("expiry", () => {
    it("counts an expired record as absent everywhere, by the clock it was given", async () => {
      const { samples, clock, start } = await open();
      await samples.put("old", { text: "x", due: 1, order: 1 }, { expiresAt: start + 1000 });
      await samples.put("ever", { text: "y", due: 2, order: 2 });
      clock.set(start + 1000);
      expect(await samples.get("old")).toMatchObject({ text: "x" });
      clock.set(start + 1001);
      expect(await samples.get("old")).toBeUndefined();
      expect(await samples.range("order", { limit: 9 })).toMatchObject([{ text: "y" }]);
      expect(await samples.claimDue("due", { now: 5, leaseMs: 1, limit: 9 })).toMatchObject([{ text: "y" }]);
      expect(await samples.update("old", (current) => current && { ...current, text: "z" })).toBeUndefined();
    });

    it("lets an expired record be created again, once", async () => {
      const { samples, clock, start } = await open();
      await samples.create("a", { text: "first" }, { expiresAt: start });
      expect(await samples.create("a", { text: "second" })).toBe(false);
      clock.set(start + 1);
      const results = await Promise.all([1, 2, 3].map((n) => samples.create("a", { text: `again ${n}` })));
      expect(results).toEqual([true, false, false]);
      expect(await samples.get("a")).toEqual({ text: "again 1" });
      clock.set(start + 1e9);
      expect(await samples.get("a")).toEqual({ text: "again 1" });
    });

    it("lets an expired record be made anew by an update, without its old end", async () => {
      const { samples, clock, start } = await open();
      await samples.put("a", { text: "first" }, { expiresAt: start });
      clock.set(start + 1);
      expect(await samples.update("a", (current) => ({ text: `${current}` }))).toEqual({ text: "undefined" });
      clock.set(start + 1e9);
      expect(await samples.get("a")).toEqual({ text: "undefined" });
    });

    it("sweeps expired records away and only those", async () => {
      const { samples, start } = await open();
      await samples.put("a", { text: "a" }, { expiresAt: start + 1 });
      await samples.put("b", { text: "b" }, { expiresAt: start + 2 });
      await samples.put("c", { text: "c" });
      expect(await samples.sweep(start + 2)).toBe(1);
      expect(await samples.sweep(start + 2)).toBe(0);
      expect(await samples.get("a")).toBeUndefined();
      expect(await samples.get("b")).toEqual({ text: "b" });
      expect(await samples.sweep(start + 3)).toBe(1);
      expect(await samples.get("c")).toEqual({ text: "c" });
    });

    it("sweeps all collections at once, however many records that are", async () => {
      const { samples, store, clock, start } = await open();
      const order = await store.collection({ ...sampleSpec, name: "order" });
      await order.put("a", { text: "a" }, { expiresAt: start + 1 });
      for (let n = 0; n < 600; n++) await samples.put(`k${n}`, { text: "x" }, { expiresAt: start + 1 });
      await samples.put("kept", { text: "x" });
      clock.set(start + 2);
      expect(await store.sweep()).toBe(601);
      expect(await store.sweep()).toBe(0);
      expect(await samples.get("kept")).toEqual({ text: "x" });
    });

    it("does not take the machine's time for its own", async () => {
      const { samples, clock } = await open();
      clock.set(1000);
      await samples.put("a", { text: "long ago" }, { expiresAt: 2000 });
      expect(await samples.get("a")).toEqual({ text: "long ago" });
      expect(await samples.get("a")).toEqual({ text: "long ago" });
    });
  });
}

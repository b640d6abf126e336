import { describe, expect, it } from "vitest";
import type { OpenSamples } from "./samples.ts";

/** Writes of one key happen one after another; nothing that two callers do at once is lost. */
export function testWrites(open: OpenSamples): void {
  describe("create", () => {
    it("succeeds for exactly one of many callers, and keeps that one's value", async () => {
      const { samples } = await open();
      const results = await Promise.all(
        Array.from({ length: 40 }, (_, n) => samples.create("same", { text: `caller ${n}` })),
      );
      expect(results.filter(Boolean)).toHaveLength(1);
      expect(await samples.get("same")).toEqual({ text: `caller ${results.indexOf(true)}` });
    });

    it("tells each of many callers at once about its own key", async () => {
      const { samples } = await open();
      for (let n = 0; n < 300; n += 3) await samples.create(`k${n}`, { text: "before" });
      const results = await Promise.all(
        Array.from({ length: 300 }, (_, n) => samples.create(`k${n}`, { text: `after ${n}` })),
      );
      expect(results).toEqual(Array.from({ length: 300 }, (_, n) => n % 3 !== 0));
      expect(await samples.get("k3")).toEqual({ text: "before" });
      expect(await samples.get("k4")).toEqual({ text: "after 4" });
    });
  });

  describe("update", () => {
    it("counts to 50 when 50 callers add one to the same record", async () => {
      const { samples } = await open();
      await Promise.all(
        Array.from({ length: 50 }, () =>
          samples.update("n", (current) => ({ text: "n", count: (current?.count ?? 0) + 1 })),
        ),
      );
      expect((await samples.get("n"))?.count).toBe(50);
    });

    it("changes many records at once, each by its own change", async () => {
      const { samples } = await open();
      const keys = Array.from({ length: 100 }, (_, n) => `k${n}`);
      await Promise.all(keys.map((key) => samples.put(key, { text: key, count: 1 })));
      await Promise.all(
        keys.map((key, n) => samples.update(key, (current) => current && { ...current, count: n * 10 })),
      );
      const counts = await Promise.all(keys.map(async (key) => (await samples.get(key))?.count));
      expect(counts).toEqual(keys.map((_, n) => n * 10));
    });

    it("resolves to the record as it then stands, changed or left as it is", async () => {
      const { samples } = await open();
      expect(await samples.update("a", () => undefined)).toBeUndefined();
      expect(await samples.get("a")).toBeUndefined();
      expect(await samples.update("a", () => ({ text: "new" }))).toEqual({ text: "new" });
      expect(await samples.update("a", (current) => current)).toEqual({ text: "new" });
      expect(await samples.update("a", () => undefined)).toEqual({ text: "new" });
      expect(await samples.update("a", (current) => current && { ...current, count: 1 })).toEqual({
        text: "new",
        count: 1,
      });
    });

    it("lets an error of the change through and leaves the record and the key usable", async () => {
      const { samples } = await open();
      await samples.put("a", { text: "x" });
      const failing = samples.update("a", () => {
        throw new RangeError("no");
      });
      await expect(failing).rejects.toThrow(RangeError);
      expect(await samples.update("a", (current) => current && { ...current, count: 1 })).toMatchObject({ count: 1 });
    });

    it("keeps the moment at which the record expires", async () => {
      const { samples, clock, start } = await open();
      await samples.put("a", { text: "x" }, { expiresAt: start + 10 });
      await samples.update("a", (current) => current && { ...current, count: 1 });
      clock.set(start + 11);
      expect(await samples.get("a")).toBeUndefined();
    });
  });

  it("takes writes of one key in the order they were asked for", async () => {
    const { samples } = await open();
    const asked = [
      samples.put("a", { text: "0" }),
      samples.put("a", { text: "1" }),
      samples.delete("a"),
      samples.create("a", { text: "2" }),
      samples.update("a", (current) => ({ text: `${current?.text}3` })),
      samples.create("a", { text: "4" }),
    ];
    const results = await Promise.all(asked);
    expect(results[3]).toBe(true);
    expect(results[5]).toBe(false);
    expect(await samples.get("a")).toEqual({ text: "23" });
  });
}

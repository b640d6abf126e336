import { describe, expect, it } from "vitest";
import type { OpenSamples } from "./samples.ts";

/** Taking work that is due: each piece by one, and again once its lease is over. */
export function testClaims(open: OpenSamples): void {
  describe("claimDue", () => {
    it("takes what is due, earliest first, and moves it to the end of the lease", async () => {
      const { samples } = await open();
      for (const due of [50, 30, 20, 10]) await samples.put(`k${70 - due}`, { text: `due ${due}`, due });
      const claimed = await samples.claimDue("due", { now: 30, leaseMs: 100, limit: 2 });
      expect(claimed).toEqual([
        { text: "due 10", due: 130 },
        { text: "due 20", due: 130 },
      ]);
      expect(await samples.get("k60")).toEqual({ text: "due 10", due: 130 });
      expect(await samples.claimDue("due", { now: 30, leaseMs: 100, limit: 9 })).toEqual([
        { text: "due 30", due: 130 },
      ]);
      expect(await samples.claimDue("due", { now: 30, leaseMs: 100, limit: 9 })).toEqual([]);
    });

    it("gives work back after the lease, until the number is taken away", async () => {
      const { samples, start } = await open();
      await samples.put("a", { text: "a", due: start });
      const claim = (now: number) => samples.claimDue("due", { now, leaseMs: 1000, limit: 9 });
      expect(await claim(start)).toHaveLength(1);
      expect(await claim(start + 999)).toHaveLength(0);
      expect(await claim(start + 1000)).toHaveLength(1);
      await samples.update("a", () => ({ text: "done" }));
      expect(await claim(start + 1e9)).toHaveLength(0);
    });

    it("takes those that are due at the same moment in the order of their keys, however many there are", async () => {
      const { samples } = await open();
      const keys = ["d", "a", "c", "b"];
      for (const key of keys) await samples.put(key, { text: key, due: 1 });
      const claimed = await samples.claimDue("due", { now: 1, leaseMs: 1, limit: Number.POSITIVE_INFINITY });
      expect(claimed.map((record) => record.text)).toEqual(["a", "b", "c", "d"]);
      expect(await samples.range("due", { limit: Number.POSITIVE_INFINITY })).toHaveLength(4);
    });

    it("never gives one record to two claimers at once", async () => {
      const { samples } = await open();
      await Promise.all(Array.from({ length: 60 }, (_, n) => samples.put(`k${n}`, { text: `${n}`, due: n })));
      const claims = await Promise.all(
        Array.from({ length: 12 }, () => samples.claimDue("due", { now: 100, leaseMs: 1000, limit: 7 })),
      );
      const claimed = claims.flat().map((record) => record.text);
      expect(claimed).toHaveLength(60);
      expect(new Set(claimed).size).toBe(60);
    });

    it("loses neither claim nor change when both hit one record", async () => {
      const { samples } = await open();
      await samples.put("a", { text: "a", due: 1, count: 0 });
      const changes = Array.from({ length: 20 }, () =>
        samples.update("a", (current) => current && { ...current, count: (current.count ?? 0) + 1 }),
      );
      const claims = Array.from({ length: 20 }, () => samples.claimDue("due", { now: 1, leaseMs: 10, limit: 1 }));
      await Promise.all(changes);
      expect((await Promise.all(claims)).flat()).toHaveLength(1);
      expect(await samples.get("a")).toEqual({ text: "a", due: 11, count: 20 });
    });
  });

  it("loses neither claims nor changes when both hit many records", async () => {
    const { samples } = await open();
    const keys = Array.from({ length: 30 }, (_, n) => `k${n}`);
    await Promise.all(keys.map((key) => samples.put(key, { text: key, due: 1, count: 0 })));
    const changes = keys.map((key) => samples.update(key, (current) => current && { ...current, count: 1 }));
    const claimed = await samples.claimDue("due", { now: 1, leaseMs: 10, limit: 99 });
    await Promise.all(changes);
    expect(claimed).toHaveLength(30);
    for (const key of keys) expect(await samples.get(key)).toEqual({ text: key, due: 11, count: 1 });
  });
}

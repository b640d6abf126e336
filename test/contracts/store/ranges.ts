import { describe, expect, it } from "vitest";
import type { Sample } from "../../store/sample.ts";
import type { OpenSamples } from "./samples.ts";

/** Reading in the order of an index. */
export function testRanges(open: OpenSamples): void {
  describe("range", () => {
    async function openRows() {
      const parts = await open();
      const rows: [string, Sample][] = [
        ["k5", { text: "a2", thread: "a", order: 2 }],
        ["k1", { text: "a10", thread: "a", order: 10 }],
        ["k2", { text: "a1", thread: "a", order: 1 }],
        ["k9", { text: "b1", thread: "b", order: 1 }],
        ["k4", { text: "a2 too", thread: "a", order: 2 }],
        ["k6", { text: "no order", thread: "a" }],
        ["k7", { text: "no thread", order: 3 }],
      ];
      for (const [key, value] of rows) await parts.samples.put(key, value);
      return parts;
    }

    it("goes in the order of the index, then of the keys, and back in exactly the opposite order", async () => {
      const { samples } = await openRows();
      const forward = texts(await samples.range("thread", { limit: 99 }));
      expect(forward).toEqual(["a1", "a2 too", "a2", "a10", "b1"]);
      expect(texts(await samples.range("thread", { limit: 99, reverse: true }))).toEqual(forward.reverse());
    });

    it("gives equal values, bounds that belong to it, and no more than the limit", async () => {
      const { samples } = await openRows();
      const range = async (query: Partial<Parameters<typeof samples.range>[1]>) =>
        texts(await samples.range("thread", { limit: 99, ...query }));
      expect(await range({ equal: ["a"] })).toEqual(["a1", "a2 too", "a2", "a10"]);
      expect(await range({ equal: ["a"], from: 2 })).toEqual(["a2 too", "a2", "a10"]);
      expect(await range({ equal: ["a"], from: 2, to: 9 })).toEqual(["a2 too", "a2"]);
      expect(await range({ equal: ["a"], to: 1.5 })).toEqual(["a1"]);
      expect(await range({ equal: ["a", 2] })).toEqual(["a2 too", "a2"]);
      expect(await range({ from: "b" })).toEqual(["b1"]);
      expect(await range({ equal: ["a"], reverse: true, limit: 2 })).toEqual(["a10", "a2"]);
      expect(await range({ equal: ["c"] })).toEqual([]);
      expect(await range({ limit: 0 })).toEqual([]);
    });

    it("shows a record only while it has every field of the index", async () => {
      const { samples } = await openRows();
      expect(texts(await samples.range("order", { from: 3, to: 3, limit: 9 }))).toEqual(["no thread"]);
      await samples.update("k7", () => ({ text: "no thread" }));
      expect(await samples.range("order", { from: 3, to: 3, limit: 9 })).toEqual([]);
      await samples.update("k6", (current) => current && { ...current, order: 0 });
      expect(texts(await samples.range("thread", { equal: ["a"], limit: 1 }))).toEqual(["no order"]);
    });

    it("orders texts by code point, as a database does", async () => {
      const { samples } = await openRows();
      for (const thread of ["\u{1f600}", "\uff5e", "z", "آ", "Z"])
        await samples.put(thread, { text: thread, thread, order: 0 });
      const found = texts(await samples.range("thread", { from: "Z", to: "\u{1f600}", limit: 99 }));
      expect(found).toEqual(["Z", "a1", "a2 too", "a2", "a10", "b1", "z", "آ", "\uff5e", "\u{1f600}"]);
    });

    it("refuses an index that was not declared", async () => {
      const { samples } = await openRows();
      await expect(samples.range("other", { limit: 1 })).rejects.toThrow(TypeError);
      await expect(samples.range("order", { equal: [1], from: 2, limit: 1 })).rejects.toThrow(TypeError);
      await expect(samples.claimDue("thread", { now: 1, leaseMs: 1, limit: 1 })).rejects.toThrow(TypeError);
    });
  });
}

function texts(records: readonly Sample[]): string[] {
  return records.map((record) => record.text);
}

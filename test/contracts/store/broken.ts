import { describe, expect, it } from "vitest";
import { StoreError } from "../../../src/core/ports/store.ts";
import type { OpenSamples } from "./samples.ts";

/** One record that cannot be read does not stand in the way of the others. */
export function testBroken(open: OpenSamples): void {
  describe("a record that cannot be read", () => {
    async function openBroken() {
      const parts = await open();
      await parts.samples.put("bad/+989121234567", { text: "secret", due: 1, order: 1, broken: true });
      await parts.samples.put("good", { text: "good", due: 2, order: 2 });
      return parts;
    }

    it("is not returned, and does not hide the records behind it", async () => {
      const { samples } = await openBroken();
      expect(await samples.get("bad/+989121234567")).toBeUndefined();
      expect(await samples.range("order", { limit: 1 })).toMatchObject([{ text: "good" }]);
      expect(await samples.claimDue("due", { now: 9, leaseMs: 10, limit: 1 })).toMatchObject([{ text: "good" }]);
    });

    it("is leased like the others, so that it does not come up in every claim", async () => {
      const { samples, log } = await openBroken();
      await samples.claimDue("due", { now: 9, leaseMs: 1000, limit: 9 });
      log.errors.length = 0;
      expect(await samples.range("due", { to: 9, limit: 9 })).toEqual([]);
      expect(log.errors).toEqual([]);
    });

    it("is left alone by create and update", async () => {
      const { samples } = await openBroken();
      expect(await samples.create("bad/+989121234567", { text: "x" })).toBe(false);
      await expect(samples.update("bad/+989121234567", () => ({ text: "x" }))).rejects.toThrow(StoreError);
    });

    it("is logged once, without its text and without a number", async () => {
      const { samples, log } = await openBroken();
      for (let n = 0; n < 3; n++) await samples.get("bad/+989121234567");
      expect(log.errors).toHaveLength(1);
      const line = JSON.stringify(log.errors);
      expect(line).toContain("samples");
      expect(line).not.toMatch(/secret|9121234567/);
    });
  });
}

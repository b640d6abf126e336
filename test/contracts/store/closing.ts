import { expect, it } from "vitest";
import { StoreError } from "../../../src/core/ports/store.ts";
import { sampleSpec } from "../../store/sample.ts";
import type { OpenSamples } from "./samples.ts";

/** A store proves that it can be written, and after it was closed it takes nothing any more. */
export function testClosing(open: OpenSamples): void {
  it("can prove that it can be written", async () => {
    const { store } = await open();
    await store.probe();
    await Promise.all([store.probe(), store.probe()]);
  });

  it("throws after it was closed, and never takes a write for done", async () => {
    const { samples, store } = await open();
    await samples.put("a", { text: "a" });
    await store.close();
    await store.close();
    const refused: (() => Promise<unknown>)[] = [
      () => samples.put("b", { text: "b" }),
      () => samples.create("b", { text: "b" }),
      () => samples.update("b", () => ({ text: "b" })),
      () => samples.delete("a"),
      () => samples.get("a"),
      () => samples.range("order", { limit: 1 }),
      () => samples.claimDue("due", { now: 1, leaseMs: 1, limit: 1 }),
      () => samples.sweep(1),
      () => store.probe(),
      () => store.collection({ ...sampleSpec, name: "other" }),
    ];
    for (const call of refused) await expect(call()).rejects.toThrow(StoreError);
  });

  it("finishes the writes under way before it closes", async () => {
    const { samples, store } = await open();
    const writes = Array.from({ length: 1200 }, (_, n) => samples.create(`k${n}`, { text: "x" }));
    const closed = store.close();
    expect(await Promise.all(writes)).toEqual(writes.map(() => true));
    await closed;
  });
}

import { expect, it } from "vitest";
import { sampleSpec } from "../../store/sample.ts";
import type { OpenSamples } from "./samples.ts";

/** A record is what was put, under its own key, in its own collection. */
export function testRecords(open: OpenSamples): void {
  it("gives back what was put, and nothing for a key it does not know", async () => {
    const { samples } = await open();
    await samples.put("a", { text: "سلام" });
    await samples.put("a", { text: "درود" });
    expect(await samples.get("a")).toEqual({ text: "درود" });
    expect(await samples.get("b")).toBeUndefined();
    await samples.delete("a");
    await samples.delete("a");
    expect(await samples.get("a")).toBeUndefined();
  });

  it("gives every reader a copy that cannot change what is stored", async () => {
    const { samples } = await open();
    const value = { text: "kept" };
    await samples.put("a", value);
    value.text = "changed";
    Object.assign((await samples.get("a")) ?? {}, { text: "changed" });
    expect(await samples.get("a")).toEqual({ text: "kept" });
  });

  it("gives the same collection for the same name, and refuses a name that is no word", async () => {
    const { samples, store } = await open();
    const again = await store.collection(sampleSpec);
    await again.put("a", { text: "x" });
    expect(await samples.get("a")).toEqual({ text: "x" });
    await expect(store.collection({ ...sampleSpec, name: "a b; drop" })).rejects.toThrow(TypeError);
  });

  it("keeps collections apart, even one whose name is a word of SQL", async () => {
    const { samples, store } = await open();
    const order = await store.collection({ ...sampleSpec, name: "order" });
    await order.put("a", { text: "order" });
    await samples.put("a", { text: "sample" });
    await order.delete("a");
    expect(await samples.get("a")).toEqual({ text: "sample" });
  });

  it("keeps keys apart whatever is in them", async () => {
    const { samples } = await open();
    const keys = [
      "a_b",
      "aXb",
      "a%b",
      "a'b",
      'a"b',
      "a:b",
      "a;--",
      "😀",
      "سلام",
      "سلام ",
      "",
      "\u0000x",
      "A_B",
      ":a",
      "a\nb",
    ];
    const created = await Promise.all(keys.map((key) => samples.create(key, { text: key })));
    expect(created).toEqual(keys.map(() => true));
    for (const key of keys) expect(await samples.get(key)).toEqual({ text: key });
    expect(await Promise.all([...keys, "unknown"].map((key) => samples.get(key)))).toEqual([
      ...keys.map((key) => ({ text: key })),
      undefined,
    ]);
    await samples.delete("a_b");
    expect(await samples.get("aXb")).toEqual({ text: "aXb" });
    expect(await samples.create("سلام", { text: "x" })).toBe(false);
  });

  it("keeps values as they are: quotes, line ends, emoji, escapes, lone surrogates, numbers", async () => {
    const { samples } = await open();
    const text = "';\" \\ \r\n\t 😀 سلام\u200cها :base64: \ud800 \udc00x \u0000 \u2028";
    const value = { text, thread: ":begins with a colon", order: 0.1, count: 1_700_000_000_123, due: 5 };
    await samples.put("a", value);
    expect(await samples.get("a")).toEqual(value);
    expect(await samples.range("thread", { equal: [":begins with a colon"], limit: 1 })).toEqual([value]);
    expect(await samples.claimDue("due", { now: 5, leaseMs: 1, limit: 1 })).toEqual([{ ...value, due: 6 }]);
    await samples.update("a", (current) => current && { ...current, count: 2 });
    expect(await samples.get("a")).toEqual({ ...value, due: 6, count: 2 });
  });

  it("takes keys with lone surrogates without losing them", async () => {
    const { samples } = await open();
    expect(await samples.create("\ud800", { text: "x" })).toBe(true);
    expect(await samples.create("\ud800", { text: "y" })).toBe(false);
    expect(await samples.get("\ud800")).toEqual({ text: "x" });
  });
}

import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Collection, type Store, StoreError } from "../../src/core/ports/store.ts";
import {
  createErrorLog,
  createHandClock,
  type Sample,
  sampleSpec,
  type TestClock,
  type TestLog,
} from "../store/sample.ts";

/** What every store must do, whichever driver is behind it. `open` gives an empty store. */
export function testStore(name: string, open: (deps: { clock: TestClock; log: TestLog }) => Promise<Store>): void {
  describe(`store contract: ${name}`, () => {
    let clock: TestClock;
    let log: TestLog;
    let store: Store;
    let samples: Collection<Sample>;
    let start: number;

    beforeEach(async () => {
      clock = createHandClock();
      log = createErrorLog();
      start = clock.now();
      store = await open({ clock, log });
      samples = await store.collection(sampleSpec);
    });
    afterEach(() => store.close());

    it("gives back what was put, and nothing for a key it does not know", async () => {
      await samples.put("a", { text: "سلام" });
      await samples.put("a", { text: "درود" });
      expect(await samples.get("a")).toEqual({ text: "درود" });
      expect(await samples.get("b")).toBeUndefined();
      await samples.delete("a");
      await samples.delete("a");
      expect(await samples.get("a")).toBeUndefined();
    });

    it("gives every reader a copy that cannot change what is stored", async () => {
      const value = { text: "kept" };
      await samples.put("a", value);
      value.text = "changed";
      Object.assign((await samples.get("a")) ?? {}, { text: "changed" });
      expect(await samples.get("a")).toEqual({ text: "kept" });
    });

    it("gives the same collection for the same name, and refuses a name that is no word", async () => {
      const again = await store.collection(sampleSpec);
      await again.put("a", { text: "x" });
      expect(await samples.get("a")).toEqual({ text: "x" });
      await expect(store.collection({ ...sampleSpec, name: "a b; drop" })).rejects.toThrow(TypeError);
    });

    it("keeps collections apart, even one whose name is a word of SQL", async () => {
      const order = await store.collection({ ...sampleSpec, name: "order" });
      await order.put("a", { text: "order" });
      await samples.put("a", { text: "sample" });
      await order.delete("a");
      expect(await samples.get("a")).toEqual({ text: "sample" });
    });

    describe("create", () => {
      it("succeeds for exactly one of many callers, and keeps that one's value", async () => {
        const results = await Promise.all(
          Array.from({ length: 40 }, (_, n) => samples.create("same", { text: `caller ${n}` })),
        );
        expect(results.filter(Boolean)).toHaveLength(1);
        expect(await samples.get("same")).toEqual({ text: `caller ${results.indexOf(true)}` });
      });

      it("tells each of many callers at once about its own key", async () => {
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
        await Promise.all(
          Array.from({ length: 50 }, () =>
            samples.update("n", (current) => ({ text: "n", count: (current?.count ?? 0) + 1 })),
          ),
        );
        expect((await samples.get("n"))?.count).toBe(50);
      });

      it("changes many records at once, each by its own change", async () => {
        const keys = Array.from({ length: 100 }, (_, n) => `k${n}`);
        await Promise.all(keys.map((key) => samples.put(key, { text: key, count: 1 })));
        await Promise.all(
          keys.map((key, n) => samples.update(key, (current) => current && { ...current, count: n * 10 })),
        );
        const counts = await Promise.all(keys.map(async (key) => (await samples.get(key))?.count));
        expect(counts).toEqual(keys.map((_, n) => n * 10));
      });

      it("resolves to the record as it then stands, changed or left as it is", async () => {
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
        await samples.put("a", { text: "x" });
        const failing = samples.update("a", () => {
          throw new RangeError("no");
        });
        await expect(failing).rejects.toThrow(RangeError);
        expect(await samples.update("a", (current) => current && { ...current, count: 1 })).toMatchObject({ count: 1 });
      });

      it("keeps the moment at which the record expires", async () => {
        await samples.put("a", { text: "x" }, { expiresAt: start + 10 });
        await samples.update("a", (current) => current && { ...current, count: 1 });
        clock.set(start + 11);
        expect(await samples.get("a")).toBeUndefined();
      });
    });

    it("takes writes of one key in the order they were asked for", async () => {
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

    describe("expiry", () => {
      it("counts an expired record as absent everywhere, by the clock it was given", async () => {
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
        await samples.put("a", { text: "first" }, { expiresAt: start });
        clock.set(start + 1);
        expect(await samples.update("a", (current) => ({ text: `${current}` }))).toEqual({ text: "undefined" });
        clock.set(start + 1e9);
        expect(await samples.get("a")).toEqual({ text: "undefined" });
      });

      it("sweeps expired records away and only those", async () => {
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
        clock.set(1000);
        await samples.put("a", { text: "long ago" }, { expiresAt: 2000 });
        expect(await samples.get("a")).toEqual({ text: "long ago" });
        expect(await samples.get("a")).toEqual({ text: "long ago" });
      });
    });

    describe("range", () => {
      const texts = (records: readonly Sample[]) => records.map((record) => record.text);

      beforeEach(async () => {
        const rows: [string, Sample][] = [
          ["k5", { text: "a2", thread: "a", order: 2 }],
          ["k1", { text: "a10", thread: "a", order: 10 }],
          ["k2", { text: "a1", thread: "a", order: 1 }],
          ["k9", { text: "b1", thread: "b", order: 1 }],
          ["k4", { text: "a2 too", thread: "a", order: 2 }],
          ["k6", { text: "no order", thread: "a" }],
          ["k7", { text: "no thread", order: 3 }],
        ];
        for (const [key, value] of rows) await samples.put(key, value);
      });

      it("goes in the order of the index, then of the keys, and back in exactly the opposite order", async () => {
        const forward = texts(await samples.range("thread", { limit: 99 }));
        expect(forward).toEqual(["a1", "a2 too", "a2", "a10", "b1"]);
        expect(texts(await samples.range("thread", { limit: 99, reverse: true }))).toEqual(forward.reverse());
      });

      it("gives equal values, bounds that belong to it, and no more than the limit", async () => {
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
        expect(texts(await samples.range("order", { from: 3, to: 3, limit: 9 }))).toEqual(["no thread"]);
        await samples.update("k7", () => ({ text: "no thread" }));
        expect(await samples.range("order", { from: 3, to: 3, limit: 9 })).toEqual([]);
        await samples.update("k6", (current) => current && { ...current, order: 0 });
        expect(texts(await samples.range("thread", { equal: ["a"], limit: 1 }))).toEqual(["no order"]);
      });

      it("orders texts by code point, as a database does", async () => {
        for (const thread of ["\u{1f600}", "\uff5e", "z", "آ", "Z"])
          await samples.put(thread, { text: thread, thread, order: 0 });
        const found = texts(await samples.range("thread", { from: "Z", to: "\u{1f600}", limit: 99 }));
        expect(found).toEqual(["Z", "a1", "a2 too", "a2", "a10", "b1", "z", "آ", "\uff5e", "\u{1f600}"]);
      });

      it("refuses an index that was not declared", async () => {
        await expect(samples.range("other", { limit: 1 })).rejects.toThrow(TypeError);
        await expect(samples.range("order", { equal: [1], from: 2, limit: 1 })).rejects.toThrow(TypeError);
        await expect(samples.claimDue("thread", { now: 1, leaseMs: 1, limit: 1 })).rejects.toThrow(TypeError);
      });
    });

    describe("claimDue", () => {
      it("takes what is due, earliest first, and moves it to the end of the lease", async () => {
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
        await samples.put("a", { text: "a", due: start });
        const claim = (now: number) => samples.claimDue("due", { now, leaseMs: 1000, limit: 9 });
        expect(await claim(start)).toHaveLength(1);
        expect(await claim(start + 999)).toHaveLength(0);
        expect(await claim(start + 1000)).toHaveLength(1);
        await samples.update("a", () => ({ text: "done" }));
        expect(await claim(start + 1e9)).toHaveLength(0);
      });

      it("takes those that are due at the same moment in the order of their keys, however many there are", async () => {
        const keys = ["d", "a", "c", "b"];
        for (const key of keys) await samples.put(key, { text: key, due: 1 });
        const claimed = await samples.claimDue("due", { now: 1, leaseMs: 1, limit: Number.POSITIVE_INFINITY });
        expect(claimed.map((record) => record.text)).toEqual(["a", "b", "c", "d"]);
        expect(await samples.range("due", { limit: Number.POSITIVE_INFINITY })).toHaveLength(4);
      });

      it("never gives one record to two claimers at once", async () => {
        await Promise.all(Array.from({ length: 60 }, (_, n) => samples.put(`k${n}`, { text: `${n}`, due: n })));
        const claims = await Promise.all(
          Array.from({ length: 12 }, () => samples.claimDue("due", { now: 100, leaseMs: 1000, limit: 7 })),
        );
        const claimed = claims.flat().map((record) => record.text);
        expect(claimed).toHaveLength(60);
        expect(new Set(claimed).size).toBe(60);
      });

      it("loses neither claim nor change when both hit one record", async () => {
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
      const keys = Array.from({ length: 30 }, (_, n) => `k${n}`);
      await Promise.all(keys.map((key) => samples.put(key, { text: key, due: 1, count: 0 })));
      const changes = keys.map((key) => samples.update(key, (current) => current && { ...current, count: 1 }));
      const claimed = await samples.claimDue("due", { now: 1, leaseMs: 10, limit: 99 });
      await Promise.all(changes);
      expect(claimed).toHaveLength(30);
      for (const key of keys) expect(await samples.get(key)).toEqual({ text: key, due: 11, count: 1 });
    });

    describe("a record that cannot be read", () => {
      beforeEach(async () => {
        await samples.put("bad/+989121234567", { text: "secret", due: 1, order: 1, broken: true });
        await samples.put("good", { text: "good", due: 2, order: 2 });
      });

      it("is not returned, and does not hide the records behind it", async () => {
        expect(await samples.get("bad/+989121234567")).toBeUndefined();
        expect(await samples.range("order", { limit: 1 })).toMatchObject([{ text: "good" }]);
        expect(await samples.claimDue("due", { now: 9, leaseMs: 10, limit: 1 })).toMatchObject([{ text: "good" }]);
      });

      it("is leased like the others, so that it does not come up in every claim", async () => {
        await samples.claimDue("due", { now: 9, leaseMs: 1000, limit: 9 });
        log.errors.length = 0;
        expect(await samples.range("due", { to: 9, limit: 9 })).toEqual([]);
        expect(log.errors).toEqual([]);
      });

      it("is left alone by create and update", async () => {
        expect(await samples.create("bad/+989121234567", { text: "x" })).toBe(false);
        await expect(samples.update("bad/+989121234567", () => ({ text: "x" }))).rejects.toThrow(StoreError);
      });

      it("is logged once, without its text and without a number", async () => {
        for (let n = 0; n < 3; n++) await samples.get("bad/+989121234567");
        expect(log.errors).toHaveLength(1);
        const line = JSON.stringify(log.errors);
        expect(line).toContain("samples");
        expect(line).not.toMatch(/secret|9121234567/);
      });
    });

    it("keeps keys apart whatever is in them", async () => {
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
      expect(await samples.create("\ud800", { text: "x" })).toBe(true);
      expect(await samples.create("\ud800", { text: "y" })).toBe(false);
      expect(await samples.get("\ud800")).toEqual({ text: "x" });
    });

    it("can prove that it can be written", async () => {
      await store.probe();
      await Promise.all([store.probe(), store.probe()]);
    });

    it("throws after it was closed, and never takes a write for done", async () => {
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
      const writes = Array.from({ length: 1200 }, (_, n) => samples.create(`k${n}`, { text: "x" }));
      const closed = store.close();
      expect(await Promise.all(writes)).toEqual(writes.map(() => true));
      await closed;
    });
  });
}

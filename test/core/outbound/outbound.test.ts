import { expect, test } from "vitest";
import { markKey } from "../../../src/core/model/mark.ts";
import { claim, fail, take } from "../../../src/core/outbox/attempt.ts";
import { openParts } from "../bridge-parts.ts";

const thread = "support/+989121234567";
const draft = { id: "m1", thread, text: "در خدمتم", origin: "-100:7" };
const sara = { id: "5", name: "سارا" };
const ali = { id: "6", name: "علی" };

test("a draft becomes one record however often it comes", async () => {
  const { outbound, records } = await openParts();
  const all = await Promise.all(Array.from({ length: 10 }, () => outbound.accept(draft)));
  expect(all.filter(({ isNew }) => isNew)).toHaveLength(1);
  expect(await records.outbound.range("due", { limit: 10 })).toHaveLength(1);
});

test("an answer leaves from the line of the customer's last SMS, and says so where that changed", async () => {
  const { inbound, outbound, clock } = await openParts();
  const sms = { line: "982164063188", peer: "09121234567", text: "۱", time: { written: "1" } };
  expect((await outbound.accept(draft)).message.line).toBe("+982164063188");
  await inbound.accept("asanak", [sms]);
  clock.pass(1);
  await inbound.accept("asanak", [{ ...sms, line: "30001234" }]);
  const { message } = await outbound.accept({ ...draft, id: "m2" });
  expect(message).toMatchObject({ line: "30001234", namesLine: true });
});

test("tried again after its line left the configuration, it leaves from the desk's own line, and says so", async () => {
  const { outbound, ledger } = await openParts();
  await outbound.accept({ ...draft, line: "50004321" });
  await ledger.move("m1", (current) => fail(current, { code: "line-gone" }));
  expect(await outbound.tryAgain("m1", 0, sara)).toMatchObject({
    message: { state: "queued", line: "+982164063188", namesLine: true },
  });
  await outbound.accept({ ...draft, id: "m2", line: "30001234" });
  await ledger.move("m2", (current) => fail(current, { code: "no-credit" }));
  const { message } = await outbound.tryAgain("m2", 0, sara);
  expect(message).toMatchObject({ state: "queued", line: "30001234" });
  expect(message).not.toHaveProperty("namesLine");
});

test("until it is sent, an edit changes what is sent; the same text is nothing; afterwards it is late", async () => {
  const { outbound, ledger, clock } = await openParts();
  await outbound.accept(draft);
  expect((await outbound.edit("m1", "در خدمتم")).outcome).toBe("same");
  expect((await outbound.edit("m1", "بفرمایید")).outcome).toBe("done");
  const claimed = await ledger.move("m1", (current) => claim(current, clock.now(), 1000));
  expect(claimed?.message.text).toBe("بفرمایید");
  expect((await outbound.edit("m1", "نه")).outcome).toBe("late");
  expect((await outbound.edit("other", "x")).outcome).toBe("unknown");
});

test("cancelling stops what has not left, and never what has", async () => {
  const { outbound, ledger, clock } = await openParts();
  await outbound.accept(draft);
  expect(await outbound.cancel("m1", 0, sara)).toMatchObject({ outcome: "done", message: { state: "cancelled" } });
  expect(await ledger.move("m1", (current) => claim(current, clock.now(), 1000))).toMatchObject({ changed: false });
  await outbound.accept({ ...draft, id: "m2" });
  await ledger.move("m2", (current) => claim(current, clock.now(), 1000));
  expect((await outbound.cancel("m2", 0, sara)).outcome).toBe("late");
  expect((await outbound.cancel("m2", 1, sara)).outcome).toBe("late");
});

test("sending again queues once however often and by whomever it is pressed", async () => {
  const { outbound, ledger, clock } = await openParts();
  await outbound.accept(draft);
  await ledger.move("m1", (current) => claim(current, clock.now(), 1000));
  await ledger.move("m1", ({ due: _, ...current }) => ({ ...current, state: "uncertain" }));
  const presses = await Promise.all([1, 1, 1].map((attempt, n) => outbound.tryAgain("m1", attempt, n ? ali : sara)));
  expect(presses.map(({ outcome }) => outcome).sort()).toEqual(["done", "late", "late"]);
  await ledger.move("m1", (current) => claim(current, clock.now(), 1000));
  expect((await outbound.tryAgain("m1", 1, ali)).outcome).toBe("late");
  expect((await outbound.find("m1"))?.attempt).toBe(2);
});

test("what was uncertain is settled by a person and remembers who", async () => {
  const { outbound, ledger, clock } = await openParts();
  await outbound.accept(draft);
  await ledger.move("m1", (current) => claim(current, clock.now(), 1000));
  await ledger.move("m1", ({ due: _, ...current }) => ({ ...current, state: "uncertain" }));
  expect((await outbound.wasSent("m1", 1, sara)).outcome).toBe("done");
  expect(await outbound.find("m1")).toMatchObject({ state: "sent", settledBy: sara });
  expect((await outbound.wasSent("m1", 1, ali)).outcome).toBe("late");
  expect((await outbound.tryAgain("m1", 1, ali)).outcome).toBe("late");
});

test("a held message goes only when a person says so, and takes its place then", async () => {
  const { outbound, ledger, clock } = await openParts();
  await outbound.accept({ ...draft, hold: { why: "stale" } });
  const { message: second } = await outbound.accept({ ...draft, id: "m2" });
  expect(await ledger.move("m1", (current) => claim(current, clock.now() + 1e9, 1))).toMatchObject({ changed: false });
  await outbound.sendNow("m1", 0, sara);
  const released = await outbound.find("m1");
  expect(released?.state).toBe("queued");
  expect(released?.order).toBeGreaterThan(second.order);
});

test("a refused message can be mended before it is tried again", async () => {
  const { outbound, ledger } = await openParts();
  await outbound.accept(draft);
  await ledger.move("m1", ({ due: _, ...current }) => ({ ...current, state: "failed", failure: { code: "rejected" } }));
  expect((await outbound.edit("m1", "بهتر")).outcome).toBe("done");
  expect(await outbound.tryAgain("m1", 0, sara)).toMatchObject({ message: { state: "queued", text: "بهتر" } });
});

test("a mark that differs from the record is due work; one that is shown is not", async () => {
  const { outbound, ledger, clock, records } = await openParts();
  const due = () => records.outbound.range("markDue", { limit: 10 });
  await outbound.accept(draft);
  expect((await due())[0]?.markDue).toBe(clock.now() + 3000);
  await ledger.move("m1", (current) => claim(current, clock.now(), 1000));
  const receipt = { attempt: 1, provider: "asanak", at: clock.now(), ids: ["1"] };
  const sent = await ledger.move("m1", (current) => take(current, receipt, undefined));
  expect(sent?.message.markDue).toBe(clock.now());
  await ledger.showed("m1", { shown: "something older", markPost: "-100:8" });
  expect(await due()).toHaveLength(1);
  const { message } = await outbound.accept(draft);
  await ledger.showed("m1", { shown: markKey(message) });
  expect(await due()).toHaveLength(0);
  expect((await outbound.find("m1"))?.markPost).toBe("-100:8");
});

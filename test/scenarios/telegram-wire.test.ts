import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import type { FaultKind } from "../../src/sandbox/network.ts";
import { openTopic } from "./open-topic.ts";
import type { Bridge } from "./start-bridge.ts";

const faults: readonly { readonly name: string; readonly fault: FaultKind; readonly hasEffect?: true }[] = [
  { name: "delays the call", fault: { kind: "delay", ms: 1200 } },
  { name: "delays the answer", fault: { kind: "delay", ms: 1200, when: "after" } },
  { name: "cuts before anything was done", fault: { kind: "cut" } },
  { name: "cuts after it was done", fault: { kind: "cut", when: "after" }, hasEffect: true },
  { name: "gives half an answer", fault: { kind: "half" }, hasEffect: true },
  { name: "answers a page", fault: { kind: "html", status: 200 } },
  { name: "answers a page that refuses", fault: { kind: "html" } },
  { name: "answers 502 without a word of Telegram", fault: { kind: "status", status: 502 } },
  { name: "answers 502 and has done it", fault: { kind: "status", status: 502, when: "after" }, hasEffect: true },
];

/** Breaks the next calls of one method. */
function breakNext({ telegram }: Bridge, method: string, fault: FaultKind, times: number) {
  let hits = 0;
  telegram.network.fault({
    ...fault,
    times,
    match: ({ path }) => {
      const isHit = path.endsWith(`/${method}`);
      if (isHit) hits += 1;
      return isHit;
    },
  });
  return () => hits;
}

const shownTimes = (texts: readonly string[], text: string) => texts.filter((one) => one === text).length;

describe.each(faults)("a wire to Telegram that $name", ({ fault, hasEffect = false }) => {
  test("three times while SMS are posted loses none and keeps their order; each is shown twice at most for each break", async () => {
    const { bridge, customer, topic } = await openTopic();
    const hits = breakNext(bridge, "sendMessage", fault, 3);
    const texts = Array.from({ length: 4 }, (_, n) => `پیام ${n}`);
    for (const text of texts) expect((await customer.sends(text)).status).toBe(200);
    for (const text of texts) await bridge.telegram.waitFor(() => shownTimes(topic.texts(), text) > 0, 30_000, text);
    expect(hits()).toBe(3);
    const shown = topic.texts().filter((text) => texts.includes(text));
    expect([...new Set(shown)]).toEqual(texts);
    // Of what was done and not answered nobody can know; what was not done is shown once.
    expect(shown.length).toBeLessThanOrEqual(texts.length + (hasEffect ? 3 : 0));
    expect(bridge.desk.topics()).toHaveLength(1);
  }, 60_000);

  test("while marks are edited brings every mark to its end", async () => {
    const { bridge, customer, topic } = await openTopic();
    const hits = breakNext(bridge, "editMessageText", fault, 2);
    const reply = topic.operatorSays("در خدمتم");
    await customer.gets("در خدمتم");
    await bridge.telegram.waitFor(() => reply.marks()[0]?.text.startsWith("✓✓"), 30_000, "✓✓");
    expect(hits()).toBeGreaterThan(0);
    expect(reply.marks()).toHaveLength(1);
    expect(bridge.sentTo(customer)).toEqual(["در خدمتم"]);
  }, 60_000);

  test("while updates are read makes one SMS of each message, in order", async () => {
    const { bridge, customer, topic } = await openTopic();
    const hits = breakNext(bridge, "getUpdates", fault, 3);
    const texts = Array.from({ length: 4 }, (_, n) => `پاسخ ${n}`);
    for (const text of texts) {
      topic.operatorSays(text);
      await pause(300);
    }
    await customer.gets("پاسخ 3", 30_000);
    await bridge.telegram.waitFor(() => bridge.telegram.pendingUpdates() === 0 && hits() >= 3, 30_000, "all read");
    await pause(500);
    expect(bridge.sentTo(customer)).toEqual(texts);
  }, 60_000);
});

test("Telegram that takes a call and says nothing is given up after its time-out, and everything goes on", async () => {
  const { bridge, customer, topic } = await openTopic();
  const hits = ["sendMessage", "editMessageText"].map((method) => breakNext(bridge, method, { kind: "silent" }, 1));
  await customer.sends("نشنیده");
  topic.operatorSays("پاسخ");
  await customer.gets("پاسخ");
  await customer.sends("پس از آن");
  await bridge.telegram.waitFor(() => shownTimes(topic.texts(), "پس از آن") > 0, 90_000, "the SMS behind it");
  expect(shownTimes(topic.texts(), "نشنیده")).toBeGreaterThan(0);
  expect(shownTimes(topic.texts(), "نشنیده")).toBeLessThanOrEqual(2);
  expect(hits[0]?.()).toBe(1);
  expect(bridge.sentTo(customer)).toEqual(["پاسخ"]);
}, 120_000);

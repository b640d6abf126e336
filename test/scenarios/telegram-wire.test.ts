import { expect, test } from "vitest";
import type { FaultKind } from "../../src/sandbox/network.ts";
import { openTopic } from "./open-topic.ts";
import type { Bridge } from "./start-bridge.ts";

const faults: readonly { readonly name: string; readonly fault: FaultKind; readonly hasEffect?: true }[] = [
  { name: "delays the call", fault: { kind: "delay", ms: 3000 } },
  { name: "delays the answer", fault: { kind: "delay", ms: 3000, when: "after" } },
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

/** In the world's own time. */
const patienceMs = 200_000;

const shownTimes = (texts: readonly string[], text: string) => texts.filter((one) => one === text).length;

test.each(faults)(
  "a wire to Telegram that $name loses nothing, keeps every order, and doubles no SMS",
  async ({ fault, hasEffect = false }) => {
    const { bridge, customer, topic } = await openTopic({ speed: 5, deliverAfterMs: 10_000 });
    const [sends, edits, updates] = ["sendMessage", "editMessageText", "getUpdates"].map((method) =>
      breakNext(bridge, method, fault, 3),
    );
    const texts = Array.from({ length: 4 }, (_, n) => `پیام ${n}`);
    const answers = texts.map((text) => `پاسخ به ${text}`);
    const replies = answers.map((text) => topic.operatorSays(text));
    for (const text of texts) expect((await customer.sends(text)).status).toBe(200);
    await bridge.telegram.waitFor(
      () => texts.every((text) => shownTimes(topic.texts(), text) > 0),
      patienceMs,
      "shown",
    );
    const isDone = () => replies.every((reply) => reply.marks().some(({ text }) => text.startsWith("✓✓")));
    await bridge.telegram.waitFor(isDone, patienceMs, "✓✓ under every answer");

    expect(sends?.()).toBe(3);
    expect(edits?.()).toBeGreaterThan(0);
    expect(updates?.()).toBeGreaterThan(0);
    const shown = topic.texts().filter((text) => texts.includes(text));
    expect([...new Set(shown)]).toEqual(texts);
    // Of what was done and not answered nobody can know, and that post is made again; what was not done is shown once.
    const posts = topic.messages().filter(({ from, text }) => from.isBot && text.includes("پیام"));
    const postsAgain = posts.length - new Set(posts.map(({ text }) => text)).size;
    const marksAgain = replies.flatMap((reply) => reply.marks()).length - replies.length;
    expect(postsAgain + marksAgain).toBeLessThanOrEqual(hasEffect ? 3 : 0);
    expect(bridge.desk.topics()).toHaveLength(1);
    expect(bridge.sentTo(customer)).toEqual(answers);
  },
  60_000,
);

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

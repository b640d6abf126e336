import { expect, test } from "vitest";
import { type PanelKind, panelKinds } from "../../src/sandbox/start.ts";
import { type Bridge, startBridge } from "./start-bridge.ts";

/** What an answer may take from the operator to the handset, 100 ms on the telephone network included. */
const paceMs = 1500;
const numbers: Readonly<Record<PanelKind, string>> = {
  asanak: "09120000001",
  "soap-panel": "09120000002",
  mydnspanel: "09120000003",
};

/** A customer for each panel, who has written to its line and stands in a topic. */
async function openConversations(bridge: Bridge) {
  return Promise.all(
    bridge.panels.map(async ({ kind, simulator, lines: [line] }) => {
      const customer = bridge.phone(numbers[kind]);
      await customer.sends(`سلام به ${kind}`, { to: line });
      const topic = await bridge.desk.topicOf(customer.number);
      await topic.shows(`سلام به ${kind}`);
      return { kind, simulator, line, customer, topic };
    }),
  );
}

test.each(panelKinds)(
  "over %s an SMS comes in, is answered from the line it came to, and its ticks move",
  async (kind) => {
    const bridge = await startBridge({ panels: [kind] });
    const [conversation] = await openConversations(bridge);
    if (!conversation) return expect.unreachable();
    const { simulator, line, customer, topic } = conversation;
    const reply = topic.operatorSays("در خدمتم");
    expect(await customer.gets("در خدمتم")).toMatchObject({ line });
    await reply.isMarked("✓✓");
    expect(reply.marks()).toHaveLength(1);
    expect(topic.texts().filter((text) => text.includes(`سلام به ${kind}`))).toHaveLength(1);
    expect(simulator.ledger).toHaveLength(1);
    expect(bridge.sentTo(customer)).toEqual(["در خدمتم"]);
    expect(bridge.problems).toEqual([]);
  },
);

test("one customer on the lines of three panels has one topic, and is answered from the line written to last", async () => {
  const bridge = await startBridge({ panels: panelKinds });
  const customer = bridge.phone("09120000000");
  for (const { kind, lines } of bridge.panels) {
    await customer.sends(`به ${kind}`, { to: lines[0] });
    const topic = await bridge.desk.topicOf(customer.number);
    await topic.shows(`به ${kind}`);
    const reply = topic.operatorSays(`از ${kind}`);
    expect(await customer.gets((text) => text.includes(`از ${kind}`))).toMatchObject({ line: lines[0] });
    await reply.isMarked("✓✓");
  }
  expect(bridge.desk.topics()).toHaveLength(1);
  expect(bridge.sentTo(customer)).toHaveLength(3);
});

// The wait before a panel is tried again grows while it is away.
test.each(panelKinds)(
  "while %s refuses every connection the other two keep their pace, and nothing is lost",
  { timeout: 40_000 },
  async (down) => {
    const bridge = await startBridge({ panels: panelKinds });
    const conversations = await openConversations(bridge);
    const away = conversations.find(({ kind }) => kind === down);
    if (!away) return expect.unreachable();
    const others = conversations.filter((one) => one !== away);
    await away.simulator.network.refuse();

    const waiting = away.topic.operatorSays("صبر کنید");
    await waiting.isMarked("⏳");
    for (let round = 0; round < 5; round++) {
      const text = `پاسخ ${round}`;
      const from = performance.now();
      for (const { topic } of others) topic.operatorSays(text);
      for (const { customer } of others) await customer.gets(text);
      expect(performance.now() - from).toBeLessThan(paceMs);
    }
    for (const { kind, line, customer, topic } of others) {
      await customer.sends(`باز هم ${kind}`, { to: line });
      await topic.shows(`باز هم ${kind}`);
    }
    expect(bridge.sentTo(away.customer)).toEqual([]);

    await away.simulator.network.listen();
    await away.customer.gets("صبر کنید", 20_000);
    await waiting.isMarked("✓✓");
    expect(bridge.sentTo(away.customer)).toEqual(["صبر کنید"]);
  },
);

import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { type PanelKind, panelKinds } from "../../src/sandbox/start.ts";
import { openConversation } from "./open-topic.ts";
import { type Bridge, startBridge } from "./start-bridge.ts";

type Word = "on its way" | "failed" | "delivered";

/** What a panel says of the SMS that it took first, from now on. */
const sayOfFirst: Readonly<Record<PanelKind, (bridge: Bridge, word: Word) => void>> = {
  asanak({ asanak }, word) {
    asanak.setStatus(asanak.ledger[0]?.id ?? "", { "on its way": 2, failed: 5, delivered: 6 }[word]);
  },
  "soap-panel"({ soapPanel }, word) {
    soapPanel.setDelivery(soapPanel.ledger[0]?.id ?? "", { "on its way": 0, failed: 2, delivered: 1 }[word]);
  },
  mydnspanel({ mydnspanel }, word) {
    const { id = "", receiver = "" } = mydnspanel.ledger[0] ?? {};
    mydnspanel.setStatus(id, receiver, { processing: 2, send: { "on its way": 1, failed: 4, delivered: 3 }[word] });
  },
};

const often = Array.from({ length: 60 }, (_, n) => 0.4 * (n + 1));

async function open(kind: PanelKind) {
  const bridge = await startBridge({
    panels: [kind],
    deliverAfterMs: 600_000,
    configure: (config) => ({
      ...config,
      providers: Object.fromEntries(
        Object.entries(config.providers).map(([id, settings]) => [id, { ...settings, reportSeconds: often }]),
      ),
    }),
  });
  return {
    bridge,
    say: (word: Word) => sayOfFirst[kind](bridge, word),
    ...(await openConversation(bridge, "09120000000")),
  };
}

test.each(panelKinds)(
  "the handset has it before %s has answered: one SMS, and its mark ends as delivered",
  async (kind) => {
    const bridge = await startBridge({ panels: [kind] });
    const { customer, topic } = await openConversation(bridge, "09120000000");
    const [{ simulator }] = bridge.panels;
    const heal = simulator.network.fault({
      kind: "delay",
      ms: 1500,
      when: "after",
      match: () => simulator.ledger.length === 0,
    });
    const reply = topic.operatorSays("در خدمتم");
    await customer.gets("در خدمتم");
    expect(reply.marks()).toEqual([]);
    heal();
    await reply.isMarked("✓✓");
    expect(reply.marks()).toHaveLength(1);
    expect(bridge.sentTo(customer)).toEqual(["در خدمتم"]);
  },
);

test.each(panelKinds)(
  "reports of %s out of order: a late `delivered` beats `failed`, and nothing takes it back",
  async (kind) => {
    const { bridge, say, customer, topic } = await open(kind);
    const reply = topic.operatorSays("در خدمتم");
    await reply.isMarked("✓");
    say("failed");
    const failed = await reply.isMarked("✗");
    expect(failed.buttons.flat()).toHaveLength(1);
    say("on its way");
    await pause(1200);
    expect(reply.marks()[0]?.text).toMatch(/^✗/);
    say("delivered");
    const delivered = await reply.isMarked("✓✓");
    expect(delivered.buttons).toEqual([]);
    for (const word of ["failed", "on its way"] as const) {
      say(word);
      await pause(900);
    }
    expect(reply.marks().map(({ text }) => text)).toEqual([delivered.text]);
    expect(bridge.sentTo(customer)).toEqual(["در خدمتم"]);
  },
);

test.each(panelKinds)("a code that nobody knows in a report of %s changes nothing and is counted", async (kind) => {
  const { bridge, say, topic } = await open(kind);
  const reply = topic.operatorSays("در خدمتم");
  await reply.isMarked("✓");
  const { asanak, soapPanel, mydnspanel } = bridge;
  if (kind === "asanak") asanak.setStatus(asanak.ledger[0]?.id ?? "", 77);
  if (kind === "soap-panel") soapPanel.setDelivery(soapPanel.ledger[0]?.id ?? "", 77);
  const [sms] = mydnspanel.ledger;
  if (sms) mydnspanel.setStatus(sms.id, sms.receiver, { processing: 2, send: 77 });
  const counted = async () =>
    (await (await fetch(`${bridge.app.url}/metrics`)).text()).match(/^chapar_unknown_reports_total\S* [1-9]/m);
  await expect.poll(counted, { timeout: 8000 }).not.toBeNull();
  expect(reply.marks()[0]?.text).toMatch(/^✓(?!✓)/u);
  say("delivered");
  await reply.isMarked("✓✓");
});

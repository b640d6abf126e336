import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { type PanelKind, panelKinds } from "../../src/sandbox/start.ts";
import { openConversation, withProviders } from "./open-topic.ts";
import { type Bridge, startBridge } from "./start-bridge.ts";

const speed = 60;
/** In the world's own time: a minute in life. */
const longMs = 60_000 * speed;
/** At such a speed a busy machine needs more of the world's time for each call. */
const patient = { timeoutSeconds: 120 };

const providerIds: Readonly<Record<PanelKind, string>> = { asanak: "asanak", "soap-panel": "panel", mydnspanel: "dns" };
const numbers: Readonly<Record<PanelKind, string>> = {
  asanak: "09120000001",
  "soap-panel": "09120000002",
  mydnspanel: "09120000003",
};

const downOf = (kind: PanelKind) => `پنل \u2068${providerIds[kind]}\u2069 فعلاً کار نمی‌کند`;
const upOf = (kind: PanelKind) => `پنل \u2068${providerIds[kind]}\u2069 دوباره کار می‌کند`;

function openAll(bridge: Bridge) {
  return Promise.all(
    bridge.panels.map(async ({ kind, simulator, lines: [line] }) => ({
      kind,
      simulator,
      line,
      ...(await openConversation(bridge, numbers[kind], line)),
    })),
  );
}

test.each(panelKinds)(
  "%s down for five minutes while the others work: one notice, one when it is over, and nothing lost or doubled",
  async (down) => {
    const bridge = await startBridge({ panels: panelKinds, speed, ...withProviders(patient) });
    const all = await openAll(bridge);
    const away = all.find(({ kind }) => kind === down);
    if (!away) return expect.unreachable();
    const others = all.filter((one) => one !== away);
    await away.simulator.network.refuse();
    const waiting = ["یک", "دو", "سه"].map((text) => away.topic.operatorSays(text));
    for (let minute = 0; minute < 4; minute++) {
      const text = `در دقیقه ${minute}`;
      for (const { topic } of others) topic.operatorSays(text);
      for (const { customer } of others) await customer.gets(text, longMs);
      await pause(900);
    }
    await pause(900);
    expect(bridge.sentTo(away.customer)).toEqual([]);
    await away.simulator.network.listen();
    await away.customer.gets("سه", longMs);
    for (const reply of waiting) await bridge.telegram.waitFor(() => reply.marks()[0]?.text.startsWith("✓✓"), longMs);
    await bridge.telegram.waitFor(() => bridge.desk.told(upOf(down)).length > 0, longMs, "that it is over");
    expect(bridge.sentTo(away.customer)).toEqual(["یک", "دو", "سه"]);
    const told = panelKinds.map((kind) => [bridge.desk.told(downOf(kind)).length, bridge.desk.told(upOf(kind)).length]);
    expect(told).toEqual(panelKinds.map((kind) => (kind === down ? [1, 1] : [0, 0])));
  },
  60_000,
);

/** Makes the account's login good or bad in the panel's eyes. */
function setLogin(bridge: Bridge, kind: PanelKind, isGood: boolean): void {
  const { asanak, soapPanel, mydnspanel } = bridge;
  const normal = { kind: "normal" } as const;
  if (kind === "asanak") asanak.mode(isGood ? normal : { kind: "refuse", refusal: "badCredentials", on: "all" });
  if (kind === "soap-panel") soapPanel.mode(isGood ? normal : { kind: "result", code: 0 });
  if (kind === "mydnspanel") mydnspanel.mode(isGood ? normal : { kind: "refuse", code: -1, on: "all" });
}

test.each(panelKinds)(
  "a login that %s refuses is told once, not for each of fifty SMS nor again after a restart; that it is good again, once",
  async (kind) => {
    const bridge = await startBridge({ panels: [kind], speed: 20, ...withProviders(patient) });
    const { customer, topic } = await openConversation(bridge, "09120000000");
    setLogin(bridge, kind, false);
    const replies = Array.from({ length: 25 }, (_, n) => topic.operatorSays(`پیامک ${n}`));
    const areAllMarked = () => replies.every((reply) => reply.marks()[0]?.text.startsWith("✗"));
    await bridge.telegram.waitFor(areAllMarked, longMs, "✗ under every answer");
    await bridge.desk.isTold(downOf(kind));
    await bridge.restart();
    const more = Array.from({ length: 25 }, (_, n) => topic.operatorSays(`پس از راه‌اندازی ${n}`));
    const areMoreMarked = () => more.every((reply) => reply.marks()[0]?.text.startsWith("✗"));
    await bridge.telegram.waitFor(areMoreMarked, longMs, "✗ under every answer after the restart");
    expect(bridge.desk.told(downOf(kind))).toHaveLength(1);
    expect(bridge.desk.told(upOf(kind))).toHaveLength(0);
    await bridge.restart();
    setLogin(bridge, kind, true);
    topic.operatorSays("حالا");
    await customer.gets("حالا", longMs);
    await bridge.telegram.waitFor(() => bridge.desk.told(upOf(kind)).length > 0, longMs, "that it is over");
    expect(bridge.desk.told(downOf(kind))).toHaveLength(1);
    expect(bridge.desk.told(upOf(kind))).toHaveLength(1);
    expect(bridge.sentTo(customer)).toEqual(["حالا"]);
  },
  90_000,
);

test.each(panelKinds)(
  "an answer of %s that comes after every time-out makes no second SMS",
  async (kind) => {
    const bridge = await startBridge({ panels: [kind], speed, ...withProviders({ timeoutSeconds: 60 }) });
    const { customer, topic } = await openConversation(bridge, "09120000000");
    const [{ simulator }] = bridge.panels;
    // Longer than the time-out and the lease of the claim together.
    const heal = simulator.network.fault({ kind: "delay", ms: 300_000, when: "after" });
    const reply = topic.operatorSays("در خدمتم");
    await bridge.telegram.waitFor(() => reply.marks()[0]?.text.startsWith("⚠"), longMs, "⚠");
    heal();
    await pause(6500);
    expect(bridge.sentTo(customer)).toEqual(["در خدمتم"]);
    expect(reply.marks()[0]?.text).toMatch(/^⚠/u);
    await bridge.restart();
    await pause(500);
    expect(bridge.sentTo(customer)).toEqual(["در خدمتم"]);
  },
  60_000,
);

test.each(panelKinds)(
  "a call that %s takes up long after we gave it up makes one SMS, and a question",
  async (kind) => {
    const bridge = await startBridge({ panels: [kind], speed, ...withProviders({ timeoutSeconds: 60 }) });
    const { customer, topic } = await openConversation(bridge, "09120000000");
    const [{ simulator }] = bridge.panels;
    let held = 0;
    const heal = simulator.network.fault({
      kind: "delay",
      ms: 300_000,
      match: ({ method }) => {
        held += method === "POST" ? 1 : 0;
        return method === "POST";
      },
    });
    const reply = topic.operatorSays("در خدمتم");
    await bridge.telegram.waitFor(() => reply.marks()[0]?.text.startsWith("⚠"), longMs, "⚠");
    heal();
    expect(held).toBeGreaterThan(0);
    await pause(6000);
    expect(bridge.sentTo(customer).length).toBeLessThanOrEqual(1);
  },
  60_000,
);

import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { freeze, freezes } from "../../crash/frozen.ts";
import { panelKinds } from "../../src/sandbox/start.ts";
import { startBridge } from "./start-bridge.ts";

/** Past every time-out of a call. Past the lease, which takes half a minute, is the matter of `npm run crash`. */
const frozenMs = 3000;

test.concurrent.each(freezes)(
  "a process frozen at $aim.point, $aim.when, with a panel that is $panel.kind, sends no second SMS",
  async (one) => {
    const { mark, atPanel } = await freeze(one, frozenMs);
    expect(one.marks).toContain(mark);
    expect(one.expected).toContain(atPanel);
  },
  120_000,
);

test.each(panelKinds)(
  "a call to %s that is answered after its time-out leaves one SMS, and the next answer goes out behind it",
  async (kind) => {
    const bridge = await startBridge({ panels: [kind], configure: withTimeout(1) });
    const simulators = { asanak: bridge.asanak, "soap-panel": bridge.soapPanel, mydnspanel: bridge.mydnspanel };
    const customer = bridge.phone("09120000000");
    await customer.sends("سلام");
    const topic = await bridge.desk.topicOf(customer.number);
    await topic.shows("سلام");
    simulators[kind].mode({ kind: "slow", ms: 3000, times: 1 });
    const late = topic.operatorSays("دیر");
    const next = topic.operatorSays("بعدی");
    await customer.gets("بعدی", 15_000);
    await next.isMarked("✓✓");
    // Only the SOAP panel can tell afterwards that it took it.
    await late.isMarked(kind === "soap-panel" ? "✓✓" : "⚠");
    await pause(1500);
    expect(bridge.sentTo(customer)).toEqual(["دیر", "بعدی"]);
  },
  60_000,
);

function withTimeout(timeoutSeconds: number) {
  return ({ providers, ...config }: { providers: object }) => ({
    ...config,
    providers: Object.fromEntries(
      Object.entries(providers).map(([id, settings]) => [id, { ...settings, timeoutSeconds }]),
    ),
  });
}

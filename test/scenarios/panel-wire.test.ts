import { describe, expect, test } from "vitest";
import type { SimRequest } from "../../src/sandbox/http.ts";
import type { FaultKind, Network } from "../../src/sandbox/network.ts";
import { type PanelKind, panelKinds } from "../../src/sandbox/start.ts";
import { openConversation, withProviders } from "./open-topic.ts";
import { type Bridge, signOf, startBridge } from "./start-bridge.ts";

/** The SOAP panel is asked for a minute what it has sent. */
const speed = 20;
/** Time enough for a busy machine, and short enough that a panel that says nothing is given up soon. */
const patience = { timeoutSeconds: 30, pollSeconds: 5 };
const longMs = 60_000 * speed;

/** How a request for each thing looks at each panel. */
const asksFor: Readonly<Record<PanelKind, Record<"send" | "reports" | "inbox", RegExp>>> = {
  asanak: { send: /\/sendsms/, reports: /\/msgstatus/, inbox: /never/ },
  "soap-panel": { send: /SendSms/, reports: /GetDelivery|UpdateDelivery/, inbox: /GetNewMessagesList/ },
  mydnspanel: { send: /action"?\W+send\b/, reports: /reportSend/, inbox: /receivedMessages/ },
};

function isFor(kind: PanelKind, what: "send" | "reports" | "inbox") {
  return ({ path, body }: SimRequest) => asksFor[kind][what].test(`${path} ${Buffer.from(body).toString("utf8")}`);
}

const faults: readonly { readonly name: string; readonly fault: FaultKind; readonly mark: "✓✓" | "⚠" | "✗" }[] = [
  { name: "delays the call", fault: { kind: "delay", ms: 7000 }, mark: "✓✓" },
  { name: "delays the answer", fault: { kind: "delay", ms: 7000, when: "after" }, mark: "✓✓" },
  { name: "cuts before anything was done", fault: { kind: "cut" }, mark: "⚠" },
  { name: "cuts after it was done", fault: { kind: "cut", when: "after" }, mark: "⚠" },
  { name: "gives half an answer", fault: { kind: "half" }, mark: "⚠" },
  { name: "says nothing", fault: { kind: "silent" }, mark: "⚠" },
  { name: "puts a page in the place of the answer", fault: { kind: "html", status: 200 }, mark: "⚠" },
  { name: "refuses the address with a page", fault: { kind: "html" }, mark: "✗" },
  { name: "answers 502 and does nothing", fault: { kind: "status", status: 502 }, mark: "⚠" },
  { name: "answers 502 and has done it", fault: { kind: "status", status: 502, when: "after" }, mark: "⚠" },
];

/** Breaks the next call for one thing; gives how many were broken. */
function breakNext(network: Network, kind: PanelKind, what: "send" | "reports" | "inbox", fault: FaultKind) {
  let hits = 0;
  const isOne = isFor(kind, what);
  network.fault({
    ...fault,
    times: 1,
    match(request) {
      const isHit = isOne(request);
      if (isHit) hits += 1;
      return isHit;
    },
  });
  return () => hits;
}

describe.each(panelKinds)("a wire to %s that", (kind) => {
  test.each(faults)(
    "$name while an SMS is sent: at most one SMS, and a mark that is true",
    async ({ fault, mark }) => {
      const { bridge, simulator } = await open(kind);
      const { customer, topic } = await openConversation(bridge, "09120000000");
      const hits = breakNext(simulator.network, kind, "send", fault);
      const reply = topic.operatorSays("در خدمتم");
      const final = /^(✓✓|⚠|✗)/u;
      const shown = await bridge.telegram.waitFor(
        () => reply.marks().find(({ text }) => final.test(text)),
        longMs,
        mark,
      );
      expect(hits()).toBe(1);
      const sent = bridge.sentTo(customer);
      // What the SOAP panel can prove is no question any more.
      const isProven = kind === "soap-panel" && mark === "⚠" && sent.length > 0;
      expect(signOf(shown.text)).toBe(isProven ? "✓✓" : mark);
      expect(sent).toHaveLength(
        mark === "✓✓" || fault.kind === "silent" || fault.kind === "half" || after(fault) ? 1 : 0,
      );
      // The next one is not held up, and the first does not follow it.
      topic.operatorSays("بعدی");
      await customer.gets("بعدی", longMs);
      expect(bridge.sentTo(customer)).toEqual([...sent, "بعدی"]);
    },
    60_000,
  );

  test("spoils question after question for reports loses no report", async () => {
    const often = Array.from({ length: 500 }, (_, n) => 2 * (n + 1));
    const { bridge, simulator } = await open(kind, { reportSeconds: often });
    const { customer, topic } = await openConversation(bridge, "09120000000");
    for (const { fault, name } of faults) {
      simulator.setDeliverAfter(longMs);
      const reply = topic.operatorSays(name);
      await reply.isMarked("✓");
      const hits = breakNext(simulator.network, kind, "reports", fault);
      sayDelivered(bridge, kind);
      await bridge.telegram.waitFor(() => reply.marks()[0]?.text.startsWith("✓✓"), longMs, name);
      expect(hits()).toBe(1);
      expect(bridge.sentTo(customer).filter((one) => one === name)).toHaveLength(1);
    }
  }, 120_000);
});

describe.each(["soap-panel", "mydnspanel"] as const)("a wire to %s that", (kind) => {
  test("spoils question after question for new SMS loses none and shows none twice", async () => {
    const { bridge, simulator } = await open(kind);
    const { customer, topic } = await openConversation(bridge, "09120000000");
    for (const { fault, name } of faults) {
      const hits = breakNext(simulator.network, kind, "inbox", fault);
      await customer.sends(name);
      await bridge.telegram.waitFor(() => topic.texts().includes(name), longMs, name);
      await bridge.telegram.waitFor(() => hits() === 1, longMs, "a question that is spoilt");
    }
    const names = faults.map(({ name }) => name);
    expect(topic.texts().filter((text) => names.includes(text))).toEqual(names);
  }, 120_000);
});

async function open(kind: PanelKind, settings: object = {}) {
  const bridge = await startBridge({ panels: [kind], speed, ...withProviders({ ...patienceOf(kind), ...settings }) });
  return {
    bridge,
    simulator: { asanak: bridge.asanak, "soap-panel": bridge.soapPanel, mydnspanel: bridge.mydnspanel }[kind],
  };
}

/** Asanak is not asked for what comes in. */
function patienceOf(kind: PanelKind): object {
  const { timeoutSeconds } = patience;
  return kind === "asanak" ? { timeoutSeconds } : patience;
}

function after(fault: FaultKind): boolean {
  return "when" in fault && fault.when === "after";
}

/** The handset has the SMS that the panel took last. */
function sayDelivered({ asanak, soapPanel, mydnspanel }: Bridge, kind: PanelKind): void {
  if (kind === "asanak") asanak.setStatus(asanak.ledger.at(-1)?.id ?? "", 6);
  if (kind === "soap-panel") soapPanel.setDelivery(soapPanel.ledger.at(-1)?.id ?? "", 1);
  const sms = mydnspanel.ledger.at(-1);
  if (sms) mydnspanel.setStatus(sms.id, sms.receiver, { processing: 2, send: 3 });
}

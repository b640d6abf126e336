import type { ReleaseStack } from "../support/release.ts";
import { type AsanakOptions, type AsanakSimulator, startAsanakSimulator } from "./asanak/server.ts";
import { type MydnspanelOptions, type MydnspanelSimulator, startMydnspanelSimulator } from "./mydnspanel/server.ts";
import { orderReady } from "./order-ready.ts";
import type { PanelSimulator } from "./panel-simulator.ts";
import { type SoapPanelOptions, type SoapPanelSimulator, startSoapPanelSimulator } from "./soap-panel/server.ts";
import type { WorldClock } from "./timers.ts";

export type { PanelSimulator, TakenSms } from "./panel-simulator.ts";

/** Every panel that the sandbox can stand in for, in the order in which they are offered. */
export const panelKinds = ["asanak", "soap-panel", "mydnspanel"] as const;

export type PanelKind = (typeof panelKinds)[number];

/** A panel that the telephone network and the bridge know of. */
export interface ChosenPanel {
  readonly kind: PanelKind;
  readonly simulator: PanelSimulator;
  /** What the account owns, never empty. The first is the one to write to. */
  readonly lines: readonly [string, ...string[]];
}

export interface PanelSimulators {
  readonly asanak: AsanakSimulator;
  readonly soapPanel: SoapPanelSimulator;
  readonly mydnspanel: MydnspanelSimulator;
}

export interface PanelsOptions {
  readonly clock: WorldClock;
  readonly deliverAfterMs: number;
  readonly asanak: AsanakOptions;
  readonly soapPanel: SoapPanelOptions;
  readonly mydnspanel: MydnspanelOptions;
}

/** Starts one of each kind, chosen or not: they are small, and whoever drives the world need not ask which are there. */
export async function startPanels(options: PanelsOptions, stack: ReleaseStack): Promise<PanelSimulators> {
  const { clock, deliverAfterMs } = options;
  const common = { clock, deliverAfterMs };
  const asanak = await startAsanakSimulator({ ...common, templates: [orderReady.asanak], ...options.asanak });
  stack.add(() => asanak.stop());
  const soapPanel = await startSoapPanelSimulator({ ...common, ...options.soapPanel });
  stack.add(() => soapPanel.stop());
  const mydnspanel = await startMydnspanelSimulator({
    ...common,
    patterns: [orderReady.mydnspanel],
    ...options.mydnspanel,
  });
  stack.add(() => mydnspanel.stop());
  return { asanak, soapPanel, mydnspanel };
}

/** The panels of these kinds, each once. Throws where there is none, or one without a line. */
export function choosePanels(
  { asanak, soapPanel, mydnspanel }: PanelSimulators,
  kinds: readonly PanelKind[],
): readonly [ChosenPanel, ...ChosenPanel[]] {
  const simulators: Readonly<Record<PanelKind, PanelSimulator>> = { asanak, "soap-panel": soapPanel, mydnspanel };
  const [first, ...rest] = [...new Set(kinds)].map((kind): ChosenPanel => {
    const simulator = simulators[kind];
    const [line, ...others] = simulator.account.lines;
    if (line === undefined) throw new TypeError(`the account at ${kind} has no line`);
    return { kind, simulator, lines: [line, ...others] };
  });
  if (!first) throw new TypeError("a sandbox needs at least one panel");
  return [first, ...rest];
}

import type { Panel } from "./carrier.ts";
import type { Journeys } from "./journey.ts";
import type { Network } from "./network.ts";
import type { ModeSwitch } from "./panel-modes.ts";
import type { WorldClock } from "./timers.ts";
import type { Watch } from "./watch.ts";

/** How every simulated panel may be started. */
export interface PanelOptions {
  readonly port?: number;
  readonly clock?: WorldClock;
  /** From receipt to handset. Default 200. */
  readonly deliverAfterMs?: number;
}

/** What is the same of every simulated panel. */
export interface PanelSimulator extends Panel {
  /** What a client takes as its (base) URL. */
  readonly url: string;
  readonly network: Network;
  readonly account: { readonly lines: readonly string[] };
  /** SMS that it took, oldest first; one entry for each receiver. */
  readonly ledger: readonly TakenSms[];
  /** The last 50,000, oldest first, in the panel's own words. */
  readonly calls: readonly object[];
  stop(): Promise<void>;
}

/** An SMS that a panel took, for one receiver. */
export interface TakenSms {
  readonly id: string;
  /** As the account lists it. */
  readonly line: string;
  /** As it was sent to the panel. */
  readonly receiver: string;
  readonly text: string;
  readonly parts: number;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** What a test can do with every panel, in the panel's own words for what goes wrong and how far an SMS has come. */
export interface PanelControl<Mode, Status, Change = PanelChange<Status>>
  extends Pick<Journeys<Status>, "willEnd" | "setDeliverAfter">,
    Pick<Watch<Change>, "onChange" | "waitFor"> {
  /** Replaces the mode set before. */
  readonly mode: ModeSwitch<Mode>["set"];
}

export interface PanelChange<Status> {
  readonly kind: "accepted" | "status" | "received" | "call";
  readonly id?: string;
  readonly status?: Status;
}

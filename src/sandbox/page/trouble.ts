import type { PanelKind, PanelSimulators } from "../panels.ts";
import type { FloodLimits } from "../telegram/limits.ts";
import type { TelegramSimulator } from "../telegram/server.ts";

/** What a person can do to a panel: let it be, make it slow, take its credit, or let it take SMS and never answer. */
export const panelTroubles = ["none", "slow", "credit", "silent"] as const;
/** Telegram with its limit of 20 a minute, without any, or out of reach. */
export const telegramTroubles = ["limited", "free", "away"] as const;

export type PanelTrouble = (typeof panelTroubles)[number];
export type TelegramTrouble = (typeof telegramTroubles)[number];

/** The troubles a person chose on the page, in one word each whatever the panel's own words are. */
export interface Troubles {
  ofPanel(kind: PanelKind): PanelTrouble;
  ofTelegram(): TelegramTrouble;
  setPanel(kind: PanelKind, trouble: PanelTrouble): void;
  setTelegram(trouble: TelegramTrouble): Promise<void>;
  /** Calls back after every change. */
  onChange(listener: () => void): void;
}

export interface TroublesDeps extends PanelSimulators {
  readonly telegram: Pick<TelegramSimulator, "network" | "setLimits">;
  /** The limits that the world began with; `undefined` where there were none. */
  readonly limits: FloodLimits | undefined;
}

const slowMs = 6_000;

export function createTroubles(deps: TroublesDeps): Troubles {
  const { asanak, soapPanel, mydnspanel, telegram, limits } = deps;
  const listeners = new Set<() => void>();
  const chosen = new Map<PanelKind, PanelTrouble>();
  let ofTelegram: TelegramTrouble = limits ? "limited" : "free";
  let setting: Promise<unknown> = Promise.resolve();

  const setters: Readonly<Record<PanelKind, (trouble: PanelTrouble) => void>> = {
    asanak: (trouble) => asanak.mode(trouble === "credit" ? { kind: "refuse", refusal: "noCredit" } : onWire[trouble]),
    "soap-panel": (trouble) => soapPanel.mode(trouble === "credit" ? { kind: "result", code: 2 } : onWire[trouble]),
    mydnspanel: (trouble) => mydnspanel.mode(trouble === "credit" ? { kind: "refuse", code: 109 } : onWire[trouble]),
  };

  function tell(): void {
    for (const listener of listeners) listener();
  }

  async function letTelegram(trouble: TelegramTrouble): Promise<void> {
    if (trouble === "away") {
      await telegram.network.refuse();
    } else {
      telegram.setLimits(trouble === "limited" ? (limits ?? {}) : undefined);
      await telegram.network.listen();
    }
    tell();
  }

  return {
    ofPanel: (kind) => chosen.get(kind) ?? "none",
    ofTelegram: () => ofTelegram,
    setPanel(kind, trouble) {
      setters[kind](trouble);
      chosen.set(kind, trouble);
      tell();
    },
    setTelegram(trouble) {
      ofTelegram = trouble;
      // One after the other: a door that is still opening cannot be shut, nor opened once more.
      const mine = setting.then(() => letTelegram(trouble));
      setting = mine.catch(() => undefined);
      return mine;
    },
    onChange: (listener) => void listeners.add(listener),
  };
}

const onWire = {
  none: { kind: "normal" },
  slow: { kind: "slow", ms: slowMs },
  silent: { kind: "silent" },
} as const;

import type { BridgeEvent, BridgeSupervisor } from "../bridge/supervisor.ts";
import type { PanelKind, PanelSimulators } from "../panels.ts";
import type { TelegramSimulator } from "../telegram/server.ts";
import type { Troubles } from "./trouble.ts";
import {
  type WireLine,
  writeAsanakCall,
  writeMydnspanelCall,
  writePush,
  writeSoapCall,
  writeTelegramCall,
} from "./wire-lines.ts";

export interface LoggedCall extends WireLine {
  readonly id: number;
  /** `bridge`: what befell the bridge itself. */
  readonly side: "telegram" | "bridge" | PanelKind;
  /** Epoch milliseconds. */
  readonly at: number;
  /** How often the same was asked and answered, one soon after another. */
  readonly times: number;
  /** The panel took it and its answer never left. */
  readonly isUnanswered: boolean;
}

/** What went over the wires between the bridge and the two sides. */
export interface WireLog {
  /** Takes up calls that are new; to be called at every change, so that each is seen with the trouble it met. */
  look(): void;
  /** The newest, oldest first. */
  lines(): LoggedCall[];
}

interface Kept {
  readonly isSend: boolean;
  readonly side: LoggedCall["side"];
  readonly at: number;
  readonly isUnanswered: boolean;
  write(): WireLine;
}

const keptAtMost = 400;
const shownAtMost = 120;
const repeatsWithin = 8;
const sendingCalls = /^(?:send|p2psendsms|template|schedulesms)/i;

export function createWireLog(
  deps: PanelSimulators & {
    telegram: TelegramSimulator;
    bridge: Pick<BridgeSupervisor, "events">;
    troubles: Pick<Troubles, "ofPanel">;
  },
): WireLog {
  const { telegram, asanak, soapPanel, mydnspanel, bridge, troubles } = deps;
  let kept: Line[] = [];
  let nextId = 1;

  const ofPanel = (side: PanelKind, name: string, at: number, write: () => WireLine): Kept => {
    const isSend = sendingCalls.test(name);
    return { side, at, isSend, isUnanswered: isSend && troubles.ofPanel(side) === "silent", write };
  };
  const sources = [
    follow(bridge.events, (event: BridgeEvent) => ({
      side: "bridge",
      at: event.at,
      isSend: true,
      isUnanswered: false,
      write: () => event,
    })),
    follow(telegram.calls, (call) => ({
      side: "telegram",
      at: call.at,
      isSend: !call.method.startsWith("get"),
      isUnanswered: false,
      write: () => writeTelegramCall(call),
    })),
    follow(asanak.received, (sms) => ({
      side: "asanak",
      at: sms.at,
      isSend: true,
      isUnanswered: false,
      write: () => writePush(sms),
    })),
    follow(asanak.calls, (call) => ofPanel("asanak", call.method, call.at, () => writeAsanakCall(call))),
    follow(soapPanel.calls, (call) => ofPanel("soap-panel", call.operation, call.at, () => writeSoapCall(call))),
    follow(mydnspanel.calls, (call) => ofPanel("mydnspanel", call.action, call.at, () => writeMydnspanelCall(call))),
  ];

  /** Two polling panels ask four times a second: what only asks, and got the same answer a moment before, is counted there. */
  function compact(): void {
    const compacted: Line[] = [];
    for (const line of kept) {
      const { asked, answered } = line.call.write();
      if (isIdlePoll(asked, answered)) {
        if (answered === undefined) compacted.push(line);
        continue;
      }
      const same = line.call.isSend
        ? undefined
        : compacted.slice(-repeatsWithin).find(({ call }) => {
            const earlier = call.write();
            return call.side === line.call.side && earlier.asked === asked && earlier.answered === answered;
          });
      if (same) same.times += line.times;
      else compacted.push(line);
    }
    kept = compacted.slice(-keptAtMost);
  }

  return {
    look() {
      const calls = sources.flatMap((take) => take()).sort((one, other) => one.at - other.at);
      for (const call of calls) kept.push({ id: nextId++, call, times: 1 });
      if (kept.length > keptAtMost * 2) compact();
    },
    lines() {
      compact();
      return kept
        .map(({ id, times, call: { side, at, isUnanswered, write } }) => ({
          id,
          side,
          at,
          times,
          isUnanswered,
          ...write(),
        }))
        .filter(({ asked, answered }) => !isIdlePoll(asked, answered))
        .slice(-shownAtMost);
    },
  };
}

interface Line {
  readonly id: number;
  readonly call: Kept;
  times: number;
}

/** Gives what was added to a list since the last time; the oldest may have been forgotten meanwhile. */
function follow<T extends object>(list: readonly T[], toKept: (entry: T) => Kept): () => Kept[] {
  let last: T | undefined;
  return () => {
    const from = last === undefined ? 0 : list.lastIndexOf(last) + 1;
    last = list.at(-1) ?? last;
    return list.slice(from).map(toKept);
  };
}

/** A long poll that brought nothing, or waits. */
function isIdlePoll(asked: string, answered: string | undefined): boolean {
  return asked.startsWith("getUpdates") && (answered === undefined || answered === "ok 0");
}

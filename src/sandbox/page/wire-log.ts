import type { ReceivedSms } from "../asanak/inbound.ts";
import type { PanelKind, PanelSimulators } from "../panels.ts";
import type { ApiCall, TelegramSimulator } from "../telegram/server.ts";
import type { Troubles } from "./trouble.ts";
import { type WireLine, writeAsanakCall, writeMydnspanelCall, writeSoapCall, writeTelegramCall } from "./wire-lines.ts";

export interface LoggedCall extends WireLine {
  readonly id: number;
  readonly side: "telegram" | PanelKind;
  /** Epoch milliseconds. */
  readonly at: number;
  /** How often the same was asked and answered in a row. */
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
  readonly side: LoggedCall["side"];
  readonly at: number;
  readonly isUnanswered: boolean;
  write(): WireLine;
}

const keptAtMost = 400;
const shownAtMost = 120;
const sendingCalls = /^(sendsms|p2psendsms|template|schedulesms|send|sendpattern)/i;

export function createWireLog(
  deps: PanelSimulators & { telegram: TelegramSimulator; troubles: Pick<Troubles, "ofPanel"> },
): WireLog {
  const { telegram, asanak, soapPanel, mydnspanel, troubles } = deps;
  const kept: { readonly id: number; readonly call: Kept }[] = [];
  let nextId = 1;

  const silenced = (kind: PanelKind, name: string) => troubles.ofPanel(kind) === "silent" && sendingCalls.test(name);
  const sources = [
    follow(telegram.calls, (call) => ({
      side: "telegram",
      at: call.at,
      isUnanswered: false,
      write: () => writeTelegramCall(call),
    })),
    follow(asanak.received, (sms) => ({
      side: "asanak",
      at: sms.at,
      isUnanswered: false,
      write: () => writePush(sms),
    })),
    follow(asanak.calls, (call) => ({
      side: "asanak",
      at: call.at,
      isUnanswered: silenced("asanak", call.method),
      write: () => writeAsanakCall(call),
    })),
    follow(soapPanel.calls, (call) => ({
      side: "soap-panel",
      at: call.at,
      isUnanswered: silenced("soap-panel", call.operation),
      write: () => writeSoapCall(call),
    })),
    follow(mydnspanel.calls, (call) => ({
      side: "mydnspanel",
      at: call.at,
      isUnanswered: silenced("mydnspanel", call.action),
      write: () => writeMydnspanelCall(call),
    })),
  ];

  function look(): void {
    for (const call of sources.flatMap((take) => take()).sort((one, other) => one.at - other.at)) {
      kept.push({ id: nextId++, call });
    }
    if (kept.length > keptAtMost) kept.splice(0, kept.length - keptAtMost);
  }

  return {
    look,
    lines() {
      const lines: LoggedCall[] = [];
      for (const { id, call } of kept) {
        const { write, ...facts } = call;
        const line = write();
        if (isIdlePoll(line)) continue;
        const before = lines.at(-1);
        const isRepeat =
          before?.side === facts.side && before.asked === line.asked && before.answered === line.answered;
        if (isRepeat) lines[lines.length - 1] = { ...before, times: before.times + 1 };
        else lines.push({ id, ...facts, ...line, times: 1 });
      }
      return lines.slice(-shownAtMost);
    },
  };
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

function writePush({ from, text, pushes }: ReceivedSms): WireLine {
  const asked = `→ push Source=${from} MsgBody=${text}`;
  const last = pushes.at(-1);
  if (!last) return { asked, isBad: false };
  return {
    asked,
    answered: last.status === 0 ? "no answer" : String(last.status),
    isBad: last.status < 200 || last.status > 299,
  };
}

/** A long poll that brought nothing, or waits. */
function isIdlePoll({ asked, answered }: WireLine): boolean {
  return asked.startsWith("getUpdates" satisfies ApiCall["method"]) && (answered === undefined || answered === "ok 0");
}

import type { Accepted } from "./accept.ts";
import type { BulkFigures, BulkKind } from "./bulk.ts";
import type { CrashFigures } from "./crash.ts";
import type { Delays } from "./delays.ts";
import type { FailureFigures, Losses } from "./failures.ts";
import type { GrowthFigures, GrowthOptions, StoreFigures } from "./growth.ts";
import { median, percentile } from "./statistics.ts";
import type { StormFigures } from "./storm.ts";
import { ms, perSecond, type Row, times } from "./table.ts";

// What becomes of measurements: the bars of the design, and whether they are held. All of them are ratios or differences of
// medians, so that they mean the same on every machine.

const none = "–";

export function acceptRows({ bridge, forwarder }: Accepted): Row[] {
  const ratio = median(bridge) / median(forwarder);
  return [
    {
      figure: "inbound: SMS accepted a second, 50 connections",
      chapar: perSecond(median(bridge)),
      bare: perSecond(median(forwarder)),
      compared: times(ratio),
      bar: "≥ 1.0 ×",
      isHeld: ratio >= 1,
    },
  ];
}

export function delayRows(ours: Delays, bare: Delays): Row[] {
  const row = (figure: string, way: keyof Delays, percent: number, barMs: number): Row => {
    const [one, other] = [percentile(ours[way], percent), percentile(bare[way], percent)];
    return {
      figure,
      chapar: ms(one),
      bare: ms(other),
      compared: `${one < other ? "−" : "+"}${ms(Math.abs(one - other))}`,
      bar: `≤ +${barMs} ms`,
      isHeld: one - other <= barMs,
    };
  };
  return [
    row("inbound: delay, median", "inbound", 50, 4),
    row("inbound: delay, p99", "inbound", 99, 15),
    row("outbound: delay, median", "outbound", 50, 8),
  ];
}

export function bulkRow(kind: BulkKind, figures: BulkFigures, perCall: number): Row {
  const { receivers, requests, missing, doubled, seconds, failure } = figures;
  const most = Math.ceil(receivers / perCall);
  return {
    figure: `bulk: ${receivers.toLocaleString("en")} receivers, ${kind}`,
    chapar: failure ?? `${requests} requests in ${seconds.toFixed(1)} s`,
    bare: `${receivers.toLocaleString("en")} requests`,
    compared: `${missing} missing, ${doubled} twice`,
    bar: `${most} requests, 0, 0`,
    isHeld: failure === undefined && requests <= most && missing + doubled === 0,
  };
}

export function stormRows(figures: StormFigures, where: string, bar: number, lostByForwarder: number): Row[] {
  const { sms, peers, minutes, messages, sooner, waste, lost, refused } = figures;
  const storm = `storm: ${sms} SMS of ${peers}, ${where}`;
  const bare = `${lostByForwarder} lost`;
  return [
    {
      figure: `${storm}, against one message each`,
      chapar: lost > 0 ? `${lost} lost` : `${minutes.toFixed(1)} min`,
      bare,
      compared: `${times(sooner)} sooner`,
      bar: `≥ ${bar} ×`,
      isHeld: lost === 0 && sooner >= bar,
    },
    {
      figure: `${storm}, against what ${messages} messages need`,
      chapar: `${minutes.toFixed(1)} min, ${refused} × 429`,
      bare,
      compared: times(waste),
      bar: "≤ 1.2 ×",
      isHeld: lost === 0 && waste <= 1.2,
    },
  ];
}

export function growthRows({ empty, grown }: GrowthFigures, { messages, threads }: GrowthOptions): Row[] {
  const size = `growth to ${messages.toLocaleString("en")} SMS, ${threads.toLocaleString("en")} threads`;
  const row = (figure: string, of: (store: StoreFigures) => readonly number[]): Row => {
    const ratio = median(of(grown)) / median(of(empty));
    return {
      figure: `${size}: ${figure}`,
      chapar: ms(median(of(grown))),
      bare: `empty: ${ms(median(of(empty)))}`,
      compared: times(ratio),
      bar: "≤ 1.2 ×",
      isHeld: ratio <= 1.2,
    };
  };
  const peak = Math.max(...grown.peakMb);
  return [
    row("inbound delay", ({ delays }) => delays.inbound),
    row("outbound delay", ({ delays }) => delays.outbound),
    row("start-up", ({ startMs }) => startMs),
    {
      figure: `${size}: memory`,
      chapar: `${Math.round(peak)} MB`,
      bare: `empty: ${Math.round(Math.max(...empty.peakMb))} MB`,
      compared: `${Math.round(peak)} MB`,
      bar: "≤ 200 MB",
      isHeld: peak <= 200,
    },
  ];
}

export function crashRow({ kills, verdict, isHeld }: CrashFigures): Row {
  return {
    figure: `crash: kill -9, ${kills} times, under load`,
    chapar: verdict,
    bare: "keeps nothing",
    compared: none,
    bar: "0 lost, 0 sent twice",
    isHeld,
  };
}

export function failureRows(all: readonly FailureFigures[]): Row[] {
  const words = ({ lost, doubled }: Losses) => `${lost} lost, ${doubled} twice`;
  return all.map(({ what, sms, bridge, forwarder }) => ({
    figure: `${what}, ${sms} SMS`,
    chapar: words(bridge),
    bare: words(forwarder),
    compared: none,
    bar: "0 lost, 0 twice",
    isHeld: bridge.lost + bridge.doubled === 0,
  }));
}

/** A measurement that could not be made is a figure that is not held. */
export function failedRow(figure: string, error: unknown): Row {
  const why = error instanceof Error ? error.message : String(error);
  return { figure, chapar: `not measured: ${why}`, bare: none, compared: none, bar: none, isHeld: false };
}

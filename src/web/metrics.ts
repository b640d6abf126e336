import { type IntervalHistogram, monitorEventLoopDelay } from "node:perf_hooks";
import { Counter, Gauge, Histogram, Registry } from "prom-client";
import type { Events } from "../core/events.ts";
import type { HealthReport } from "./routes/health.ts";

/** Every metric there is. docs/metrics.md is made from this table. */
export const metricTable = {
  inbound: counter("chapar_inbound_messages_total", "SMS that came in and were stored.", ["provider"]),
  repeats: counter("chapar_inbound_repeats_total", "SMS that a panel handed over again and that were known.", [
    "provider",
  ]),
  dropped: counter("chapar_inbound_dropped_total", "SMS that a rule kept from being shown.", ["desk"]),
  posted: histogram(
    "chapar_inbound_post_seconds",
    "From storing an SMS to its post in the desk.",
    ["desk"],
    [0.1, 0.3, 1, 3, 10, 30, 60, 300, 1800],
  ),
  outbound: counter("chapar_outbound_messages_total", "SMS that operators, commands and programs asked for.", [
    "desk",
    "lane",
  ]),
  moves: counter("chapar_outbound_moves_total", "Outbound SMS that came into this state.", ["desk", "state"]),
  calls: histogram(
    "chapar_provider_call_seconds",
    "How long calls to a panel took.",
    ["provider", "call"],
    [0.05, 0.1, 0.3, 1, 3, 10, 20, 60],
  ),
  failures: counter("chapar_provider_failures_total", "Calls to a panel that failed, and why.", [
    "provider",
    "call",
    "code",
  ]),
  unknownReports: counter("chapar_unknown_reports_total", "Delivery reports with a code we do not know.", ["provider"]),
  hooks: counter("chapar_hook_requests_total", "Calls of panels with the right token, by the answer they got.", [
    "provider",
    "status",
  ]),
  providerUp: gauge("chapar_provider_up_bool", "1 while the panel answers, 0 while it does not.", ["provider"]),
  providerWaiting: gauge("chapar_provider_waiting_messages", "Outbound SMS that wait for this panel.", ["provider"]),
  telegramUp: gauge("chapar_telegram_up_bool", "1 while Telegram answers, 0 while it does not.", []),
  memory: gauge("chapar_process_memory_bytes", "Resident memory of the process.", []),
  cpu: gauge("chapar_process_cpu_seconds", "Processor time used since the start.", []),
  uptime: gauge("chapar_process_uptime_seconds", "Time since the start.", []),
  loopDelay: gauge(
    "chapar_event_loop_delay_seconds",
    "99th percentile of the event loop's delay since the last scrape.",
    [],
  ),
} as const satisfies Record<string, MetricSpec>;

export interface MetricSpec {
  readonly type: "counter" | "gauge" | "histogram";
  readonly name: string;
  readonly help: string;
  readonly labels: readonly string[];
  readonly buckets?: readonly number[];
}

export interface Metrics {
  readonly contentType: string;
  /** All metrics as Prometheus reads them. */
  render(): Promise<string>;
  countHook(provider: string, status: number): void;
  /** Stops listening and measuring. Safe to call twice. */
  stop(): void;
}

export function createMetrics(deps: { events: Events; health(): HealthReport }): Metrics {
  const registry = new Registry();
  const of = {
    inbound: toCounter(registry, metricTable.inbound),
    repeats: toCounter(registry, metricTable.repeats),
    dropped: toCounter(registry, metricTable.dropped),
    posted: toHistogram(registry, metricTable.posted),
    outbound: toCounter(registry, metricTable.outbound),
    moves: toCounter(registry, metricTable.moves),
    calls: toHistogram(registry, metricTable.calls),
    failures: toCounter(registry, metricTable.failures),
    unknownReports: toCounter(registry, metricTable.unknownReports),
    hooks: toCounter(registry, metricTable.hooks),
    providerUp: toGauge(registry, metricTable.providerUp),
    providerWaiting: toGauge(registry, metricTable.providerWaiting),
    telegramUp: toGauge(registry, metricTable.telegramUp),
    memory: toGauge(registry, metricTable.memory),
    cpu: toGauge(registry, metricTable.cpu),
    uptime: toGauge(registry, metricTable.uptime),
    loopDelay: toGauge(registry, metricTable.loopDelay),
  };
  const loop = monitorEventLoopDelay({ resolution: 20 });
  loop.enable();

  const stops = [
    deps.events.on("inbound accepted", ({ message }) => {
      of.inbound.inc({ provider: message.provider });
      if (message.dropDue !== undefined) of.dropped.inc({ desk: message.desk });
    }),
    deps.events.on("inbound repeated", ({ message }) => of.repeats.inc({ provider: message.provider })),
    deps.events.on("inbound posted", ({ message, waitedMs }) =>
      of.posted.observe({ desk: message.desk }, waitedMs / 1000),
    ),
    deps.events.on("outbound accepted", ({ message }) => of.outbound.inc({ desk: message.desk, lane: message.lane })),
    deps.events.on("outbound moved", ({ message }) => of.moves.inc({ desk: message.desk, state: message.state })),
    deps.events.on("provider called", ({ provider, call, ms, failure }) => {
      of.calls.observe({ provider, call }, ms / 1000);
      if (failure) of.failures.inc({ provider, call, code: failure });
    }),
    deps.events.on("report unknown", ({ provider }) => of.unknownReports.inc({ provider })),
    () => loop.disable(),
  ];

  function readHealth(): void {
    const { telegram, providers } = deps.health();
    of.telegramUp.set(telegram.isUp ? 1 : 0);
    for (const { provider, isUp, waiting } of providers) {
      of.providerUp.set({ provider }, isUp ? 1 : 0);
      of.providerWaiting.set({ provider }, waiting);
    }
  }

  function readProcess(): void {
    const cpu = process.cpuUsage();
    of.memory.set(process.memoryUsage.rss());
    of.cpu.set((cpu.user + cpu.system) / 1e6);
    of.uptime.set(process.uptime());
    of.loopDelay.set(readDelay(loop));
  }

  return {
    contentType: registry.contentType,
    render() {
      readHealth();
      readProcess();
      return registry.metrics();
    },
    countHook: (provider, status) => of.hooks.inc({ provider, status: String(status) }),
    stop() {
      for (const stop of stops) stop();
    },
  };
}

function readDelay(loop: IntervalHistogram): number {
  const seconds = loop.percentile(99) / 1e9;
  loop.reset();
  return Number.isFinite(seconds) ? seconds : 0;
}

function counter<const L extends readonly string[]>(name: string, help: string, labels: L) {
  return { type: "counter", name, help, labels } as const;
}

function gauge<const L extends readonly string[]>(name: string, help: string, labels: L) {
  return { type: "gauge", name, help, labels } as const;
}

function histogram<const L extends readonly string[]>(
  name: string,
  help: string,
  labels: L,
  buckets: readonly number[],
) {
  return { type: "histogram", name, help, labels, buckets } as const;
}

function toCounter<L extends string>(
  registry: Registry,
  spec: MetricSpec & { readonly labels: readonly L[] },
): Counter<L> {
  return new Counter({ name: spec.name, help: spec.help, labelNames: spec.labels, registers: [registry] });
}

function toGauge<L extends string>(registry: Registry, spec: MetricSpec & { readonly labels: readonly L[] }): Gauge<L> {
  return new Gauge({ name: spec.name, help: spec.help, labelNames: spec.labels, registers: [registry] });
}

function toHistogram<L extends string>(
  registry: Registry,
  spec: MetricSpec & { readonly labels: readonly L[] },
): Histogram<L> {
  const buckets = [...(spec.buckets ?? [])];
  return new Histogram({ name: spec.name, help: spec.help, labelNames: spec.labels, buckets, registers: [registry] });
}

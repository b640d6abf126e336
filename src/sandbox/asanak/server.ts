import type { Panel, PushResult } from "../carrier.ts";
import { jsonResponse, type SimRequest, type SimResponse, tryToRead } from "../http.ts";
import { type Network, openNetwork } from "../network.ts";
import { toHandsetNumber } from "../number.ts";
import { createTimers, type WorldClock, worldClock } from "../timers.ts";
import { createWatch, type Watch } from "../watch.ts";
import { type Account, type AccountOptions, createAccount } from "./account.ts";
import { AsanakRefusal, type Refusal, refusals } from "./codes.ts";
import { type AcceptedSms, createLedger, type Progress } from "./ledger.ts";
import { asanakMethods } from "./methods.ts";
import { type AsanakMode, applyToNetwork, isHit, refusalOf } from "./modes.ts";
import { createPusher, type InboundSms, type PushVariant } from "./push.ts";

export interface AsanakOptions extends AccountOptions {
  readonly port?: number;
  readonly clock?: WorldClock;
  /** From receipt to handset. Default 200. */
  readonly deliverAfterMs?: number;
  /** When an SMS without a report becomes status 13. Default 4 h, as in the manual. */
  readonly noReportAfterMs?: number;
  /** Default 5271599999, which no 32 bits hold. */
  readonly firstId?: number;
  /** How often a push that was not answered 2xx is repeated, one second apart. Default 0: the manual promises none. */
  readonly pushRetries?: number;
}

export interface AsanakCall {
  readonly method: string;
  readonly verb: string;
  /** As sent, without the password. */
  readonly fields: Readonly<Record<string, unknown>>;
  readonly at: number;
  /** `meta.status`; absent where the call never came so far. */
  code?: number;
}

export interface AsanakChange {
  readonly kind: "accepted" | "status" | "received" | "call";
  readonly id?: string;
  readonly status?: number;
}

/** An SMS that a customer sent to one of the lines, and how its pushes ended. */
export interface ReceivedSms extends InboundSms {
  readonly at: number;
  readonly pushes: PushResult[];
}

/** Asanak's panel on loopback: web service v2rest, and the push of inbound SMS. */
export interface AsanakSimulator extends Panel {
  /** What a client takes as its base URL. */
  readonly url: string;
  readonly network: Network;
  /** Credentials, lines, credit, blacklist; credit and blacklist may be changed. */
  readonly account: Account;
  readonly ledger: readonly AcceptedSms[];
  /** The last 50,000 calls, oldest first. */
  readonly calls: readonly AsanakCall[];
  /** Inbound SMS, pushed or not: they stay in the panel's inbox. */
  readonly received: readonly ReceivedSms[];
  statusOf(id: string): Progress | undefined;
  setStatus(id: string, status: number): void;
  /** The status with which every later SMS to this receiver ends; `undefined` lets it be delivered. */
  willEnd(receiver: string, status: number | undefined): void;
  setDeliverAfter(ms: number): void;
  /** Replaces the mode set before. */
  mode(mode: AsanakMode): void;
  /** The address to push to; `undefined` removes it. */
  registerWebhook(url: string | undefined, variant?: PushVariant): void;
  /** Pushes an SMS; resolves to the answer of the (last) call. Rejects where no address is registered. */
  push(sms: InboundSms, variant?: PushVariant): Promise<PushResult>;
  onChange: Watch<AsanakChange>["onChange"];
  waitFor: Watch<AsanakChange>["waitFor"];
  stop(): Promise<void>;
}

const basePath = "/webservice/v2rest";
const keptCalls = 50_000;

export async function startAsanakSimulator(options: AsanakOptions = {}): Promise<AsanakSimulator> {
  const timers = createTimers(options.clock ?? worldClock);
  const watch = createWatch<AsanakChange>(timers);
  const account = createAccount(options);
  const ends = new Map<string, number>();
  let deliverAfterMs = options.deliverAfterMs ?? 200;
  const ledger = createLedger({
    timers,
    deliverAfterMs: () => deliverAfterMs,
    noReportAfterMs: options.noReportAfterMs ?? 4 * 3_600_000,
    firstId: options.firstId ?? 5_271_599_999,
    endOf: (receiver) => ends.get(toHandsetNumber(receiver)),
    onChange: (sms, status) => watch.tell({ kind: status === 1 ? "accepted" : "status", id: sms.id, status }),
  });
  const pusher = createPusher({ timers });
  const calls: AsanakCall[] = [];
  const received: ReceivedSms[] = [];
  let current: { mode: AsanakMode; left: number; undo: () => void } | undefined;
  let webhook: { url: string; variant: PushVariant } | undefined;
  const network = await openNetwork({ handle, timers, ...(options.port !== undefined && { port: options.port }) });

  async function handle(request: SimRequest): Promise<SimResponse> {
    const name = request.path.startsWith(`${basePath}/`) ? request.path.slice(basePath.length + 1) : "";
    const run = Object.hasOwn(asanakMethods, name) ? asanakMethods[name] : undefined;
    if (!run || !["GET", "POST"].includes(request.method)) return toResponse(notFound);
    const sent = tryToRead(request) ?? { encoding: "text", values: {} };
    const { password, ...fields } = lowerCased(sent.values);
    const call: AsanakCall = { method: name, verb: request.method, fields, at: timers.now() };
    calls.push(call);
    if (calls.length > keptCalls) calls.splice(0, keptCalls / 10);
    try {
      const mode = takeLogicMode(request);
      if (mode?.kind === "refuse") throw new AsanakRefusal(refusalOf(mode));
      if (fields.username !== account.username || password !== account.password) {
        throw new AsanakRefusal(refusals.badCredentials);
      }
      const result = run(fields, { account, ledger, timers });
      call.code = 200;
      const data = mode?.kind === "fewer-ids" && Array.isArray(result) ? result.slice(mode.by ?? 1) : result;
      return jsonResponse(200, { meta: { status: 200, message: "success" }, data });
    } catch (error) {
      if (!(error instanceof AsanakRefusal)) throw error;
      call.code = error.refusal.code;
      return toResponse(error.refusal, error.more);
    } finally {
      watch.tell({ kind: "call" });
    }
  }

  function takeLogicMode(request: SimRequest): AsanakMode | undefined {
    if (!current || !isHit(current.mode, request) || current.left <= 0) return undefined;
    current.left -= 1;
    return current.mode;
  }

  async function push(sms: InboundSms, variant?: PushVariant): Promise<PushResult> {
    const entry: ReceivedSms = { ...sms, at: timers.now(), pushes: [] };
    received.push(entry);
    watch.tell({ kind: "received" });
    if (!webhook) throw new Error("no address is registered for inbound SMS");
    const { url } = webhook;
    // The time is fixed now, so that a repetition carries the same.
    const fixed = { ...sms, time: sms.time ?? entry.at };
    for (let left = options.pushRetries ?? 0; ; left -= 1) {
      const result = await pusher.push(url, fixed, { ...webhook.variant, ...variant });
      entry.pushes.push(result);
      const isTaken = result.status >= 200 && result.status < 300;
      if (isTaken || left <= 0 || timers.isStopped) return result;
      await timers.sleep(1000);
    }
  }

  let isStopped = false;
  return {
    url: `${network.url}${basePath}`,
    network,
    account,
    ledger: ledger.all,
    calls,
    received,
    statusOf: ledger.progressOf,
    setStatus: ledger.setStatus,
    willEnd(receiver, status) {
      if (status === undefined) ends.delete(toHandsetNumber(receiver));
      else ends.set(toHandsetNumber(receiver), status);
    },
    setDeliverAfter(ms) {
      deliverAfterMs = ms;
    },
    mode(mode) {
      current?.undo();
      current = { mode, left: mode.times ?? Number.POSITIVE_INFINITY, undo: applyToNetwork(network, mode) };
    },
    registerWebhook(url, variant = {}) {
      webhook = url === undefined ? undefined : { url, variant };
    },
    push,
    owns: account.ownsLine,
    receive: (sms) => {
      const line = account.lines.find((own) => toHandsetNumber(own) === toHandsetNumber(sms.to)) ?? sms.to;
      return push({ ...sms, to: line });
    },
    attach: ledger.attach,
    onChange: watch.onChange,
    waitFor: watch.waitFor,
    async stop() {
      if (isStopped) return;
      isStopped = true;
      watch.stop();
      timers.stop();
      await pusher.stop();
      await network.stop();
    },
  };
}

const notFound: Refusal = { http: 404, code: 404, message: "Not Found" };

function toResponse({ http, code, message }: Refusal, more: Readonly<Record<string, unknown>> = {}): SimResponse {
  return jsonResponse(http, { meta: { status: code, message }, data: [], ...more });
}

/** The manual writes the names in both cases. */
function lowerCased(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name.toLowerCase(), value]));
}

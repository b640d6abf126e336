import { jsonResponse, type SimRequest, type SimResponse, tryToRead } from "../http.ts";
import { keepCall } from "../kept-calls.ts";
import { openNetwork } from "../network.ts";
import { findSpelled } from "../number.ts";
import { createModeSwitch } from "../panel-modes.ts";
import type { PanelChange, PanelControl, PanelOptions, PanelSimulator } from "../panel-simulator.ts";
import { createTimers, worldClock } from "../timers.ts";
import { createWatch } from "../watch.ts";
import { type Account, type AccountOptions, createAccount } from "./account.ts";
import { AsanakRefusal, type Refusal, refusals } from "./codes.ts";
import { createInbound, type Inbound, type ReceivedSms } from "./inbound.ts";
import { type AcceptedSms, createLedger, type Progress } from "./ledger.ts";
import { asanakMethods } from "./methods.ts";
import { type AsanakMode, refusalOf, sending, unreadable } from "./modes.ts";

export interface AsanakOptions extends AccountOptions, PanelOptions {
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

export type AsanakChange = PanelChange<number>;

/** Asanak's panel on loopback: web service v2rest, and the push of inbound SMS. */
export interface AsanakSimulator extends PanelSimulator, PanelControl<AsanakMode, number> {
  /** Credentials, lines, credit, blacklist; credit and blacklist may be changed. */
  readonly account: Account;
  readonly ledger: readonly AcceptedSms[];
  readonly calls: readonly AsanakCall[];
  /** Inbound SMS, pushed or not: they stay in the panel's inbox. */
  readonly received: readonly ReceivedSms[];
  statusOf(id: string): Progress | undefined;
  setStatus(id: string, status: number): void;
  readonly registerWebhook: Inbound["register"];
  readonly push: Inbound["push"];
}

const basePath = "/webservice/v2rest";

export async function startAsanakSimulator(options: AsanakOptions = {}): Promise<AsanakSimulator> {
  const timers = createTimers(options.clock ?? worldClock);
  const watch = createWatch<AsanakChange>(timers);
  const account = createAccount(options);
  const ledger = createLedger({
    timers,
    deliverAfterMs: options.deliverAfterMs,
    noReportAfterMs: options.noReportAfterMs ?? 4 * 3_600_000,
    firstId: options.firstId ?? 5_271_599_999,
    onChange: (kind, { id }, status) => watch.tell({ kind, id, status }),
  });
  const inbound = createInbound({
    timers,
    retries: options.pushRetries ?? 0,
    onChange: () => watch.tell({ kind: "received" }),
  });
  const calls: AsanakCall[] = [];
  const network = await openNetwork({ handle, timers, port: options.port });
  const modes = createModeSwitch<AsanakMode>({ network, callOf: methodOf, sending, unreadable });

  async function handle(request: SimRequest): Promise<SimResponse> {
    const name = methodOf(request);
    const run = Object.hasOwn(asanakMethods, name) ? asanakMethods[name] : undefined;
    if (!run || !["GET", "POST"].includes(request.method)) return toResponse(notFound);
    const sent = tryToRead(request) ?? { encoding: "text", values: {} };
    const { password, ...fields } = lowerCased(sent.values);
    const call: AsanakCall = { method: name, verb: request.method, fields, at: timers.now() };
    keepCall(calls, call);
    try {
      const mode = modes.take(name);
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

  return {
    url: `${network.url}${basePath}`,
    network,
    account,
    ledger: ledger.all,
    calls,
    received: inbound.all,
    statusOf: ledger.progressOf,
    setStatus: ledger.setStatus,
    willEnd: ledger.willEnd,
    setDeliverAfter: ledger.setDeliverAfter,
    mode: modes.set,
    registerWebhook: inbound.register,
    push: inbound.push,
    owns: (line) => findSpelled(account.lines, line) !== undefined,
    receive: (sms) => inbound.push({ ...sms, to: findSpelled(account.lines, sms.to) ?? sms.to }),
    attach: ledger.attach,
    onChange: watch.onChange,
    waitFor: watch.waitFor,
    async stop() {
      watch.stop();
      timers.stop();
      await inbound.stop();
      await network.stop();
    },
  };
}

const notFound: Refusal = { http: 404, code: 404, message: "Not Found" };

function toResponse({ http, code, message }: Refusal, more: Readonly<Record<string, unknown>> = {}): SimResponse {
  return jsonResponse(http, { meta: { status: code, message }, data: [], ...more });
}

/** Empty where a request is for none. */
function methodOf({ path }: Pick<SimRequest, "path">): string {
  return path.startsWith(`${basePath}/`) ? path.slice(basePath.length + 1) : "";
}

/** The manual writes the names in both cases. */
function lowerCased(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name.toLowerCase(), value]));
}

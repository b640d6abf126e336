import type { PushResult } from "../carrier.ts";
import type { SimRequest, SimResponse } from "../http.ts";
import { keepCall } from "../kept-calls.ts";
import { openNetwork } from "../network.ts";
import { findSpelled } from "../number.ts";
import { createModeSwitch } from "../panel-modes.ts";
import type { PanelChange, PanelControl, PanelOptions, PanelSimulator } from "../panel-simulator.ts";
import { createTimers, worldClock } from "../timers.ts";
import { createWatch } from "../watch.ts";
import { type Account, type AccountOptions, createAccount } from "./account.ts";
import { createActions } from "./actions.ts";
import { type AnswerForm, writeAnswer } from "./answer.ts";
import { type ReadCall, readCall } from "./call.ts";
import type { SmsStatus } from "./codes.ts";
import { createInbox, type InboundSms, type ReceivedSms } from "./inbox.ts";
import { type AcceptedSms, createLedger } from "./ledger.ts";
import type { ListOptions } from "./list.ts";
import { type MydnspanelMode, unreadable } from "./modes.ts";
import type { OtpOptions } from "./otp.ts";
import { respond } from "./respond.ts";

export interface MydnspanelOptions extends AccountOptions, PanelOptions, AnswerForm {
  /** When a report is archived, from receipt. Default never; the manual tells no time. */
  readonly archiveAfterMs?: number;
  /** Of the sends. Default 9207199254740993, which no JSON number of JavaScript holds. */
  readonly firstId?: bigint | number;
  /** Of the inbox. Default 9307199254740993. */
  readonly firstReceivedId?: bigint | number;
  /** Default: there is no such action. */
  readonly otp?: OtpOptions;
}

export interface MydnspanelCall extends Omit<ReadCall, "key"> {
  readonly at: number;
  /** `result` of the answer; absent where the call never came so far, and with a raw answer. */
  result?: string;
}

export interface MydnspanelChange extends PanelChange<SmsStatus> {
  readonly receiver?: string;
}

/** The panel of mydnspanel.com on loopback: one address, and actions by the field `action`. */
export interface MydnspanelSimulator extends PanelSimulator, PanelControl<MydnspanelMode, SmsStatus, MydnspanelChange> {
  /** Key, lines, credit, patterns, phone books and permissions; credit and permissions may be changed. */
  readonly account: Account;
  readonly ledger: readonly AcceptedSms[];
  readonly calls: readonly MydnspanelCall[];
  /** The inbox, oldest first: nothing is pushed. */
  readonly received: readonly ReceivedSms[];
  statusOf(id: string, receiver: string): SmsStatus | undefined;
  setStatus(id: string, receiver: string, status: SmsStatus): void;
  /** From now on the report of this send has no receivers. */
  archive(id: string): void;
  /** How `receivedMessages` answers; replaces what was set before, what is left out is the default. */
  list(options: ListOptions): void;
  /** `receivedMessages` answers exactly this text; `undefined` takes it back. */
  raw(body: string | undefined): void;
  /** Puts an SMS into the inbox. */
  receive(sms: InboundSms): Promise<PushResult>;
  /** Deletes the message at this place of `received`. */
  remove(index: number): void;
}

const path = "/webservice/server";

export async function startMydnspanelSimulator(options: MydnspanelOptions = {}): Promise<MydnspanelSimulator> {
  const timers = createTimers(options.clock ?? worldClock);
  const watch = createWatch<MydnspanelChange>(timers);
  const account = createAccount(options);
  const actions = createActions(options.otp);
  const ledger = createLedger({
    timers,
    deliverAfterMs: options.deliverAfterMs,
    archiveAfterMs: options.archiveAfterMs ?? Number.POSITIVE_INFINITY,
    firstId: BigInt(options.firstId ?? 9_207_199_254_740_993n),
    refund(parts) {
      account.credit += parts;
    },
    onChange: (kind, { id, receiver }, status) => watch.tell({ kind, id, receiver, status }),
  });
  const inbox = createInbox({ timers, firstId: BigInt(options.firstReceivedId ?? 9_307_199_254_740_993n) });
  const calls: MydnspanelCall[] = [];
  let list: ListOptions = {};
  let rawList: string | undefined;
  const network = await openNetwork({ handle, timers, port: options.port });
  const modes = createModeSwitch<MydnspanelMode>({
    network,
    callOf: (request) => readCall(request).action,
    sending: actions.sending,
    unreadable,
  });

  async function handle(request: SimRequest): Promise<SimResponse> {
    if (request.path !== path) return { status: 404, contentType: "text/html", body: "<h1>404 Not Found</h1>" };
    const read = readCall(request);
    const { key: _secret, ...shown } = read;
    const call: MydnspanelCall = { ...shown, at: timers.now() };
    keepCall(calls, call);
    const mode = modes.take(read.action);
    const deps = { actions: actions.all, mode, rawList, account, ledger, inbox, form: options, list };
    const answer = respond(read, deps);
    if (typeof answer !== "string") call.result = String(answer.result);
    watch.tell({ kind: "call" });
    const body = typeof answer === "string" ? answer : writeAnswer(answer, options);
    return { status: 200, contentType: "application/json", body };
  }

  return {
    url: `${network.url}${path}`,
    network,
    account,
    ledger: ledger.all,
    calls,
    received: inbox.all,
    statusOf: ledger.statusOf,
    setStatus: ledger.setStatus,
    willEnd: ledger.willEnd,
    archive: ledger.archive,
    setDeliverAfter: ledger.setDeliverAfter,
    mode: modes.set,
    list(next) {
      list = next;
    },
    raw(body) {
      rawList = body;
    },
    owns: (line) => findSpelled(account.lines, line) !== undefined,
    async receive(sms) {
      const { id } = inbox.add({ ...sms, to: findSpelled(account.lines, sms.to) ?? sms.to });
      watch.tell({ kind: "received", id });
      return { status: 200, body: "" };
    },
    remove: inbox.remove,
    attach: ledger.attach,
    onChange: watch.onChange,
    waitFor: watch.waitFor,
    async stop() {
      watch.stop();
      timers.stop();
      await network.stop();
    },
  };
}

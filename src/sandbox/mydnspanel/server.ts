import type { Panel, PushResult } from "../carrier.ts";
import type { SimRequest, SimResponse } from "../http.ts";
import { type Network, openNetwork } from "../network.ts";
import { toHandsetNumber } from "../number.ts";
import { createTimers, type WorldClock, worldClock } from "../timers.ts";
import { createWatch, type Watch } from "../watch.ts";
import { checkAccess } from "./access.ts";
import { type Account, type AccountOptions, createAccount } from "./account.ts";
import { createActions } from "./actions.ts";
import { type Answer, type AnswerForm, writeAnswer } from "./answer.ts";
import { type ReadCall, readCall } from "./call.ts";
import { MydnspanelRefusal, results, type SmsStatus } from "./codes.ts";
import { createInbox, type InboundSms, type ReceivedSms } from "./inbox.ts";
import { type AcceptedSms, createLedger } from "./ledger.ts";
import type { ListOptions } from "./list.ts";
import { createModeSwitch, type MydnspanelMode } from "./modes.ts";
import type { OtpOptions } from "./otp.ts";

export interface MydnspanelOptions extends AccountOptions, AnswerForm {
  readonly port?: number;
  readonly clock?: WorldClock;
  /** From receipt to handset. Default 200. */
  readonly deliverAfterMs?: number;
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

export interface MydnspanelChange {
  readonly kind: "accepted" | "status" | "received" | "call";
  readonly id?: string;
  readonly receiver?: string;
  readonly status?: SmsStatus;
}

/** The panel of mydnspanel.com on loopback: one address, and actions by the field `action`. */
export interface MydnspanelSimulator extends Panel {
  /** What a client takes as its URL. */
  readonly url: string;
  readonly network: Network;
  /** Key, lines, credit, patterns, phone books and permissions; credit and permissions may be changed. */
  readonly account: Account;
  /** One entry for each receiver. */
  readonly ledger: readonly AcceptedSms[];
  /** The last 50,000 calls, oldest first. */
  readonly calls: readonly MydnspanelCall[];
  /** The inbox, oldest first: nothing is pushed. */
  readonly received: readonly ReceivedSms[];
  statusOf(id: string, receiver: string): SmsStatus | undefined;
  setStatus(id: string, receiver: string, status: SmsStatus): void;
  /** The status with which every later SMS to this receiver ends; `undefined` lets it be delivered. */
  willEnd(receiver: string, status: SmsStatus | undefined): void;
  /** From now on the report of this send has no receivers. */
  archive(id: string): void;
  setDeliverAfter(ms: number): void;
  /** Replaces the mode set before. */
  mode(mode: MydnspanelMode): void;
  /** How `receivedMessages` answers; replaces what was set before, what is left out is the default. */
  list(options: ListOptions): void;
  /** `receivedMessages` answers exactly this text; `undefined` takes it back. */
  raw(body: string | undefined): void;
  /** Puts an SMS into the inbox. */
  receive(sms: InboundSms): Promise<PushResult>;
  /** Deletes the message at this place of `received`. */
  remove(index: number): void;
  onChange: Watch<MydnspanelChange>["onChange"];
  waitFor: Watch<MydnspanelChange>["waitFor"];
  stop(): Promise<void>;
}

const path = "/webservice/server";
const keptCalls = 50_000;

export async function startMydnspanelSimulator(options: MydnspanelOptions = {}): Promise<MydnspanelSimulator> {
  const timers = createTimers(options.clock ?? worldClock);
  const watch = createWatch<MydnspanelChange>(timers);
  const account = createAccount(options);
  const actions = createActions(options.otp);
  const ends = new Map<string, SmsStatus>();
  let deliverAfterMs = options.deliverAfterMs ?? 200;
  const ledger = createLedger({
    timers,
    deliverAfterMs: () => deliverAfterMs,
    archiveAfterMs: options.archiveAfterMs ?? Number.POSITIVE_INFINITY,
    firstId: BigInt(options.firstId ?? 9_207_199_254_740_993n),
    endOf: (receiver) => ends.get(toHandsetNumber(receiver)),
    refund(parts) {
      account.credit += parts;
    },
    onChange: (kind, { id, receiver }, status) => watch.tell({ kind, id, receiver, status }),
  });
  const inbox = createInbox({ timers, firstId: BigInt(options.firstReceivedId ?? 9_307_199_254_740_993n) });
  const calls: MydnspanelCall[] = [];
  let list: ListOptions = {};
  let rawList: string | undefined;
  const network = await openNetwork({ handle, timers, ...(options.port !== undefined && { port: options.port }) });
  const modes = createModeSwitch({
    network,
    actionOf: (request) => readCall(request).action,
    sending: actions.sending,
  });

  async function handle(request: SimRequest): Promise<SimResponse> {
    if (request.path !== path) return { status: 404, contentType: "text/html", body: "<h1>404 Not Found</h1>" };
    const read = readCall(request);
    const { key: _secret, ...shown } = read;
    const call: MydnspanelCall = { ...shown, at: timers.now() };
    calls.push(call);
    if (calls.length > keptCalls) calls.splice(0, keptCalls / 10);
    const answer = answerTo(read);
    if (typeof answer !== "string") call.result = String(answer.result);
    watch.tell({ kind: "call" });
    const body = typeof answer === "string" ? answer : writeAnswer(answer, options);
    return { status: 200, contentType: "application/json", body };
  }

  /** The answer, or the whole text of it. */
  function answerTo(call: ReadCall): Answer | string {
    const mode = modes.take(call.action);
    try {
      if (mode?.kind === "refuse") throw new MydnspanelRefusal(mode.code, mode.description);
      checkAccess(call, account);
      const run = actions.all.get(call.action);
      if (!run) throw new MydnspanelRefusal(results.unknownAction);
      if (call.action === "receivedMessages" && rawList !== undefined) return rawList;
      const form: AnswerForm = mode?.kind === "no-id" ? { ...options, sendIdPlace: "none" } : options;
      const more = run(call.fields, { account, ledger, inbox, form, list });
      if (mode?.kind === "refuse-after") throw new MydnspanelRefusal(mode.code, mode.description);
      return { result: results.done, ...more };
    } catch (error) {
      if (!(error instanceof MydnspanelRefusal)) throw error;
      return { result: error.code, description: error.description };
    }
  }

  let isStopped = false;
  return {
    url: `${network.url}${path}`,
    network,
    account,
    ledger: ledger.all,
    calls,
    received: inbox.all,
    statusOf: ledger.statusOf,
    setStatus: ledger.setStatus,
    willEnd(receiver, status) {
      if (status === undefined) ends.delete(toHandsetNumber(receiver));
      else ends.set(toHandsetNumber(receiver), status);
    },
    archive: ledger.archive,
    setDeliverAfter(ms) {
      deliverAfterMs = ms;
    },
    mode: modes.set,
    list(next) {
      list = next;
    },
    raw(body) {
      rawList = body;
    },
    owns: account.ownsLine,
    async receive(sms) {
      const line = account.lines.find((own) => toHandsetNumber(own) === toHandsetNumber(sms.to)) ?? sms.to;
      const { id } = inbox.add({ ...sms, to: line });
      watch.tell({ kind: "received", id });
      return { status: 200, body: "" };
    },
    remove: inbox.remove,
    attach: ledger.attach,
    onChange: watch.onChange,
    waitFor: watch.waitFor,
    async stop() {
      if (isStopped) return;
      isStopped = true;
      watch.stop();
      timers.stop();
      await network.stop();
    },
  };
}

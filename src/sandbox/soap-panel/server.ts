import type { CarriedSms, Panel, PushResult } from "../carrier.ts";
import type { SimRequest, SimResponse } from "../http.ts";
import { type Network, openNetwork } from "../network.ts";
import { createTimers, type WorldClock, worldClock } from "../timers.ts";
import { createWatch, type Watch } from "../watch.ts";
import { type Account, type AccountOptions, createAccount } from "./account.ts";
import { createEndpoint, type SoapPanelCall } from "./endpoint.ts";
import type { Rename } from "./fields.ts";
import { type AcceptedSms, createLedger } from "./ledger.ts";
import { createMailbox, type StoredSms } from "./mailbox.ts";
import { applyToNetwork, isHit, type SoapPanelMode } from "./modes.ts";
import type { Oddities } from "./oddities.ts";
import { loadContracts, type WsdlVariant } from "./wsdl.ts";

export interface SoapPanelOptions extends AccountOptions {
  readonly port?: number;
  readonly clock?: WorldClock;
  /** From receipt to handset. Default 200. */
  readonly deliverAfterMs?: number;
  /** Default 9007199254740993, which no JavaScript number holds. */
  readonly firstId?: bigint | string;
  /** Of inbound SMS. Default as `firstId`. */
  readonly firstMessageId?: bigint | string;
  /** How soon one batch may be updated again; before that `UpdateDelivery` says 100. Default 0: at once. */
  readonly updateIntervalMs?: number;
  /** Whether `GetNewMessagesList` gives each SMS once, or until it is marked read. Default true. */
  readonly newConsumes?: boolean;
  /** Request parameters under other names, in the contract and on the wire: `{ username: "userName" }`. */
  readonly rename?: Rename;
}

export interface SoapPanelChange {
  readonly kind: "accepted" | "status" | "received" | "call";
  readonly id?: string;
  /** A code of `GetDelivery`. */
  readonly status?: number;
}

export interface InboundSms extends CarriedSms {
  /** Epoch milliseconds, or what `SendDate` is to say as it is. Default now. */
  readonly time?: number | string;
  /** Instead of the next one. */
  readonly id?: string;
}

/** The SOAP panel on loopback: `send.asmx` and `IncomingMessages.asmx`. Inbound SMS wait there until asked for. */
export interface SoapPanelSimulator extends Panel {
  /** What a client takes as its base URL. */
  readonly url: string;
  readonly network: Network;
  /** Credentials, lines, credit, daily limit, blocked receivers, filtered words; all but the first two may be changed. */
  readonly account: Account;
  readonly ledger: readonly AcceptedSms[];
  /** The last 50,000 calls, oldest first. */
  readonly calls: readonly SoapPanelCall[];
  /** The inbox, oldest first. */
  readonly received: readonly StoredSms[];
  /** How far an SMS has really come, whether or not `UpdateDelivery` has made it visible. */
  deliveryOf(id: string): number | undefined;
  /** Fixes how an SMS ended, and makes `GetDelivery` say so at once. */
  setDelivery(id: string, code: number): void;
  /** The delivery with which every later SMS to this receiver ends; `undefined` lets it be delivered. */
  willEnd(receiver: string, code: number | undefined): void;
  setDeliverAfter(ms: number): void;
  /** Replaces the mode set before. */
  mode(mode: SoapPanelMode): void;
  /** Replaces the oddities set before; without an argument there are none. */
  odd(oddities?: Oddities): void;
  /** What `?WSDL` answers. Default `live`. */
  wsdl(variant: WsdlVariant): void;
  /** Puts an SMS into the inbox. Nothing is pushed, so the result is always 200. */
  receive(sms: InboundSms): Promise<PushResult>;
  onChange: Watch<SoapPanelChange>["onChange"];
  waitFor: Watch<SoapPanelChange>["waitFor"];
  stop(): Promise<void>;
}

const firstIdPast53Bits = 9_007_199_254_740_993n;
const keptCalls = 50_000;

export async function startSoapPanelSimulator(options: SoapPanelOptions = {}): Promise<SoapPanelSimulator> {
  const rename = options.rename ?? {};
  const contracts = await loadContracts(rename);
  const timers = createTimers(options.clock ?? worldClock);
  const watch = createWatch<SoapPanelChange>(timers);
  const account = createAccount(options);
  const mailbox = createMailbox({
    firstId: BigInt(options.firstMessageId ?? firstIdPast53Bits),
    newConsumes: options.newConsumes ?? true,
  });
  const ledger = createLedger({
    timers,
    deliverAfterMs: options.deliverAfterMs ?? 200,
    firstId: BigInt(options.firstId ?? firstIdPast53Bits),
    updateIntervalMs: options.updateIntervalMs ?? 0,
    onChange: (kind, { id }, status) => watch.tell({ kind, id, status }),
  });
  const calls: SoapPanelCall[] = [];
  let current: { mode: SoapPanelMode; left: number; undo: () => void } | undefined;
  let oddities: Oddities = {};
  let variant: WsdlVariant = "live";

  const answer = createEndpoint({
    account,
    ledger,
    mailbox,
    timers,
    contracts,
    rename,
    record(call) {
      calls.push(call);
      if (calls.length > keptCalls) calls.splice(0, keptCalls / 10);
    },
    takeMode,
    oddities: () => oddities,
    wsdl: () => variant,
  });
  const network = await openNetwork({ handle, timers, ...(options.port !== undefined && { port: options.port }) });

  async function handle(request: SimRequest): Promise<SimResponse> {
    try {
      return await answer(request, network.url);
    } finally {
      watch.tell({ kind: "call" });
    }
  }

  function takeMode(operation: string): SoapPanelMode | undefined {
    if (!current || !isHit(current.mode, operation) || current.left <= 0) return undefined;
    current.left -= 1;
    return current.mode;
  }

  let isStopped = false;
  return {
    url: `${network.url}/post`,
    network,
    account,
    ledger: ledger.all,
    calls,
    received: mailbox.inbox,
    deliveryOf: ledger.deliveryOf,
    setDelivery: ledger.setDelivery,
    willEnd: ledger.willEnd,
    setDeliverAfter: ledger.setDeliverAfter,
    mode(mode) {
      current?.undo();
      current = { mode, left: mode.times ?? Number.POSITIVE_INFINITY, undo: applyToNetwork(network, mode) };
    },
    odd(next = {}) {
      oddities = next;
    },
    wsdl(next) {
      variant = next;
    },
    owns: (line) => account.findLine(line) !== undefined,
    async receive({ from, to, text, time, id }) {
      const { id: kept } = mailbox.keepReceived({
        from,
        to: account.findLine(to) ?? to,
        text,
        at: typeof time === "number" ? time : timers.now(),
        ...(typeof time === "string" && { sendDate: time }),
        ...(id !== undefined && { id }),
      });
      watch.tell({ kind: "received", id: kept });
      return { status: 200, body: "" };
    },
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

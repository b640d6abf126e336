import type { CarriedSms, PushResult } from "../carrier.ts";
import type { SimRequest, SimResponse } from "../http.ts";
import { keepCall } from "../kept-calls.ts";
import { openNetwork } from "../network.ts";
import { createModeSwitch } from "../panel-modes.ts";
import type { PanelChange, PanelControl, PanelOptions, PanelSimulator } from "../panel-simulator.ts";
import { createTimers, worldClock } from "../timers.ts";
import { createWatch } from "../watch.ts";
import { type Account, type AccountOptions, createAccount } from "./account.ts";
import { createEndpoint, type SoapPanelCall } from "./endpoint.ts";
import type { Rename } from "./fields.ts";
import { type AcceptedSms, createLedger } from "./ledger.ts";
import { createMailbox, type StoredSms } from "./mailbox.ts";
import { type SoapPanelMode, sending, unreadable } from "./modes.ts";
import type { Oddities } from "./oddities.ts";
import { findOperation } from "./soap.ts";
import { loadContracts, type WsdlVariant } from "./wsdl.ts";

export interface SoapPanelOptions extends AccountOptions, PanelOptions {
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

/** A status is a code of `GetDelivery`. */
export type SoapPanelChange = PanelChange<number>;

export interface InboundSms extends CarriedSms {
  /** Epoch milliseconds, or what `SendDate` is to say as it is. Default now. */
  readonly time?: number | string;
  /** Instead of the next one. */
  readonly id?: string;
}

/** The SOAP panel on loopback: `send.asmx` and `IncomingMessages.asmx`. Inbound SMS wait there until asked for. */
export interface SoapPanelSimulator extends PanelSimulator, PanelControl<SoapPanelMode, number> {
  /** Credentials, lines, credit, daily limit, blocked receivers, filtered words; all but the first two may be changed. */
  readonly account: Account;
  readonly ledger: readonly AcceptedSms[];
  readonly calls: readonly SoapPanelCall[];
  /** The inbox, oldest first. */
  readonly received: readonly StoredSms[];
  /** How far an SMS has really come, whether or not `UpdateDelivery` has made it visible. */
  deliveryOf(id: string): number | undefined;
  /** Fixes how an SMS ended, and makes `GetDelivery` say so at once. */
  setDelivery(id: string, code: number): void;
  /** Replaces the oddities set before; without an argument there are none. */
  odd(oddities?: Oddities): void;
  /** What `?WSDL` answers. Default `live`. */
  wsdl(variant: WsdlVariant): void;
  /** Puts an SMS into the inbox. Nothing is pushed, so the result is always 200. */
  receive(sms: InboundSms): Promise<PushResult>;
}

const firstIdPast53Bits = 9_007_199_254_740_993n;

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
    deliverAfterMs: options.deliverAfterMs,
    firstId: BigInt(options.firstId ?? firstIdPast53Bits),
    updateIntervalMs: options.updateIntervalMs ?? 0,
    onChange: (kind, { id }, status) => watch.tell({ kind, id, status }),
  });
  const calls: SoapPanelCall[] = [];
  let oddities: Oddities = {};
  let variant: WsdlVariant = "live";

  const answer = createEndpoint({
    account,
    ledger,
    mailbox,
    timers,
    contracts,
    rename,
    record: (call) => keepCall(calls, call),
    takeMode: (operation) => modes.take(operation),
    oddities: () => oddities,
    wsdl: () => variant,
  });
  const network = await openNetwork({ handle, timers, port: options.port });
  const modes = createModeSwitch<SoapPanelMode>({ network, callOf: findOperation, sending, unreadable });

  async function handle(request: SimRequest): Promise<SimResponse> {
    try {
      return await answer(request, network.url);
    } finally {
      watch.tell({ kind: "call" });
    }
  }

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
    mode: modes.set,
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
      watch.stop();
      timers.stop();
      await network.stop();
    },
  };
}

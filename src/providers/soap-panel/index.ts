import type { ProviderId } from "../../core/model/ids.ts";
import type { Peer } from "../../core/model/phone.ts";
import type { OutgoingSms, SendReceipt, SmsProvider } from "../../core/ports/sms-provider.ts";
import { requireCount } from "../count.ts";
import { createHttp, type HttpOptions } from "../http.ts";
import { defineKind, type ProviderDeps } from "../kind.ts";
import { isIranianMobile, toPanelLine, toPanelReceiver } from "../numbers.ts";
import { createWords } from "../words.ts";
import { createSoapPanelClient, type PanelSms, type SentIds } from "./client.ts";
import { createCodes } from "./codes.ts";
import { type SoapPanelConfig, soapPanelConfig } from "./config.ts";
import { createSoapPanelInbox, parseMessages } from "./inbox.ts";
import { patienceMs } from "./live-contract.ts";
import { createReports } from "./reports.ts";
import { createSentList } from "./sent-list.ts";
import { createSoapService } from "./service.ts";
import { createStatus } from "./status.ts";
import { toTehranTime } from "./tehran-time.ts";

const receiversPerCall = 100;
/** Lists have no pages. */
const greatestList = 16_000_000;

/** The SOAP panel: sends one text now or later, tells reports and credit, and is asked for what comes in. */
export const soapPanelKind = defineKind({ kind: "soap-panel", config: soapPanelConfig, create: createSoapPanel });

export function createSoapPanel(id: ProviderId, settings: SoapPanelConfig, deps: ProviderDeps): SmsProvider {
  const { clock } = deps;
  const log = deps.log.child({ provider: id });
  const timeoutMs = settings.timeoutSeconds * 1000;
  const open = (more: Pick<HttpOptions, "connections" | "greatestAnswer">) =>
    createHttp(
      {
        baseUrl: settings.baseUrl,
        timeoutMs,
        proxy: settings.proxy,
        ...more,
      },
      { clock },
    );
  // Two beside the sends, so that reports never wait for them. Neither do they wait for long lists, nor for the contracts.
  const https = {
    send: open({ connections: settings.inFlight + 2 }),
    incoming: open({ greatestAnswer: greatestList }),
    contracts: open({ connections: 2 }),
  };
  const shared = { contractHttp: https.contracts, clock, log };
  const services = {
    send: createSoapService("send", { http: https.send, ...shared }),
    incoming: createSoapService("incoming", { http: https.incoming, ...shared }),
  };
  const client = createSoapPanelClient(settings, {
    services,
    codes: createCodes(settings.codes),
    words: createWords([settings.password, settings.username]),
  });
  const toPanelSms = ({ line, peers, text }: OutgoingSms): PanelSms => {
    requireCount("receivers", peers.length, receiversPerCall);
    return {
      from: toPanelLine(line),
      to: peers.map(toPanelReceiver),
      text,
      isFlash: settings.flash,
      udh: settings.udh,
    };
  };

  return {
    id,
    kind: "soap-panel",
    limits: {
      receiversPerCall,
      perSecond: settings.perSecond,
      inFlight: settings.inFlight,
      sendTimeoutMs: timeoutMs + patienceMs,
    },
    send: async (sms, signal) => toReceipt(sms.peers, await client.sendSms(toPanelSms(sms), signal)),
    sharesCall: isIranianMobile,
    schedule: {
      async send({ at, ...sms }, signal) {
        const ids = await client.scheduleSms({ ...toPanelSms(sms), at: toTehranTime(at) }, signal);
        return toReceipt(sms.peers, ids);
      },
    },
    reports: createReports(client, { clock, askAtSeconds: settings.reportSeconds }),
    sentList: createSentList(client),
    credit: { read: async (signal) => [{ unit: "raw", amount: await client.getCredit(signal) }] },
    status: createStatus(client, services),
    inbox: createSoapPanelInbox(client, { everySeconds: settings.pollSeconds, backlogHours: settings.backlogHours }),
    history: {
      read: async (line, signal) =>
        parseMessages(await client.getReceiveSMSIsReadList(toPanelLine(line), signal), [line]),
      markUnread: (ids, _line, signal) => client.updateMessagesIsNotRead(ids, signal),
    },
    async close() {
      await Promise.all(Object.values(https).map((http) => http.close()));
    },
  };
}

/** To ask anew for the reports of a whole call, any id of it will do. */
function toReceipt(peers: readonly Peer[], ids: SentIds): SendReceipt {
  const batch = peers.length > 1 ? ids.find((id) => id !== undefined) : undefined;
  return { ids, ...(batch === undefined ? {} : { batch }) };
}

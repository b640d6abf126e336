import type { ProviderId } from "../../core/model/ids.ts";
import type { SmsProvider } from "../../core/ports/sms-provider.ts";
import { createHttp } from "../http.ts";
import { defineKind, type ProviderDeps } from "../kind.ts";
import { isIranianMobile } from "../numbers.ts";
import { createWords } from "../words.ts";
import { createMydnspanelClient } from "./client.ts";
import { type MydnspanelConfig, mydnspanelConfig } from "./config.ts";
import { createContacts } from "./contacts.ts";
import { createMydnspanelInbox } from "./inbox.ts";
import { createMydnspanelReports } from "./reports.ts";
import { createSend, createTemplates, receiversPerCall } from "./sending.ts";
import { createStatus } from "./status.ts";
import { mydnspanelTemplate } from "./template.ts";

/** The list of incoming SMS has no pages, and nobody tells how far back it goes. */
const greatestAnswer = 16_000_000;

/** mydnspanel: sends one text and templates, tells reports and credit, keeps contacts, and is asked for what comes in. */
export const mydnspanelKind = defineKind({
  kind: "mydnspanel",
  config: mydnspanelConfig,
  template: mydnspanelTemplate,
  create: createMydnspanel,
});

export function createMydnspanel(id: ProviderId, settings: MydnspanelConfig, deps: ProviderDeps): SmsProvider {
  const log = deps.log.child({ provider: id });
  const http = createHttp(
    {
      baseUrl: settings.baseUrl,
      timeoutMs: settings.timeoutSeconds * 1000,
      // Three beside the sends, so that neither reports nor the inbox wait for them.
      connections: settings.inFlight + 3,
      greatestAnswer,
      proxy: settings.proxy,
    },
    { clock: deps.clock },
  );
  const words = createWords([settings.apiKey, settings.otp?.appToken ?? ""]);
  const client = createMydnspanelClient(settings, { http, words });

  return {
    id,
    kind: "mydnspanel",
    limits: {
      receiversPerCall,
      perSecond: settings.perSecond,
      inFlight: settings.inFlight,
      sendTimeoutMs: settings.timeoutSeconds * 1000,
    },
    send: createSend(settings, { client, log }),
    sharesCall: isIranianMobile,
    templates: createTemplates(settings, { client, log }),
    reports: createMydnspanelReports(client, settings.reportSeconds),
    credit: {
      async read(signal) {
        return [{ unit: "raw", amount: await client.credit(signal) }];
      },
    },
    ...(settings.contacts === undefined ? {} : { contacts: createContacts(settings.contacts, { client, words }) }),
    status: createStatus(client, words),
    inbox: createMydnspanelInbox(client, settings),
    close: () => http.close(),
  };
}

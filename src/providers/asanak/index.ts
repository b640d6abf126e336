import type { ProviderId } from "../../core/model/ids.ts";
import { ProviderError } from "../../core/ports/provider-error.ts";
import type { Credit, SendReceipt, SmsProvider } from "../../core/ports/sms-provider.ts";
import { requireCount } from "../count.ts";
import { createHttp } from "../http.ts";
import { defineKind, type ProviderDeps } from "../kind.ts";
import { isIranianMobile, toPanelLine, toPanelReceiver } from "../numbers.ts";
import { createAsanakClient, perCall } from "./client.ts";
import { type AsanakConfig, asanakConfig, asanakTemplate } from "./config.ts";
import { createAsanakInbox } from "./inbox.ts";
import { createAsanakStatus } from "./status.ts";

/** Asanak (REST v2): sends one text, many texts and templates, tells reports and credit, and pushes what comes in. */
export const asanakKind = defineKind({
  kind: "asanak",
  config: asanakConfig,
  template: asanakTemplate,
  create: createAsanak,
});

export function createAsanak(id: ProviderId, settings: AsanakConfig, deps: ProviderDeps): SmsProvider {
  const log = deps.log.child({ provider: id });
  const http = createHttp(
    {
      baseUrl: settings.baseUrl,
      timeoutMs: settings.timeoutSeconds * 1000,
      // Two beside the sends, so that reports never wait for them.
      connections: settings.inFlight + 2,
      proxy: settings.proxy,
    },
    { clock: deps.clock },
  );
  const client = createAsanakClient(settings, { http, log });

  return {
    id,
    kind: "asanak",
    limits: {
      receiversPerCall: perCall,
      perSecond: settings.perSecond,
      inFlight: settings.inFlight,
      sendTimeoutMs: settings.timeoutSeconds * 1000,
    },
    async send({ line, peers, text }, signal) {
      requireCount("receivers", peers.length, perCall);
      return receipt(
        client.sendSms({ source: toPanelLine(line), destinations: peers.map(toPanelReceiver), message: text }, signal),
      );
    },
    batch: {
      rowsPerCall: perCall,
      async send(rows, signal) {
        requireCount("rows", rows.length, perCall);
        const wire = rows.map(({ line, peer, text }) => ({
          source: toPanelLine(line),
          destination: toPanelReceiver(peer),
          message: text,
        }));
        return receipt(client.sendPeerToPeer(wire, signal));
      },
    },
    sharesCall: isIranianMobile,
    templates: {
      valuesOf: (template) => readTemplate(template).parameters,
      async send({ peer, template, values }, signal) {
        const { templateId, parameters } = requireTemplate(template, values);
        return receipt(client.sendTemplate({ templateId, destination: toPanelReceiver(peer), parameters }, signal));
      },
    },
    reports: {
      idsPerCall: perCall,
      askAtSeconds: settings.reportSeconds,
      async fetch(ids, signal) {
        requireCount("ids", ids.length, perCall);
        const asked = new Set(ids.map(({ id }) => id));
        return (await client.readStatus([...asked], signal)).filter((report) => asked.has(report.id));
      },
    },
    credit: {
      async read(signal) {
        const answers = await Promise.allSettled([client.readCredit(signal), client.readRialCredit(signal)]);
        const credits = answers.flatMap((answer): Credit[] => (answer.status === "fulfilled" ? [answer.value] : []));
        if (credits.length > 0) return credits;
        throw answers.find((answer) => answer.status === "rejected")?.reason;
      },
    },
    status: createAsanakStatus(client),
    ...(settings.inboxToken === undefined ? {} : { inbox: createAsanakInbox({ doubleDecode: settings.doubleDecode }) }),
    close: () => http.close(),
  };
}

async function receipt(ids: Promise<readonly string[]>): Promise<SendReceipt> {
  return { ids: await ids };
}

function requireTemplate(template: unknown, values: readonly string[]) {
  const { templateId, parameters } = readTemplate(template);
  if (parameters.length !== values.length) throw badTemplate();
  return { templateId, parameters: Object.fromEntries(parameters.map((name, at) => [name, values[at] ?? ""])) };
}

function readTemplate(template: unknown) {
  const parsed = asanakTemplate.safeParse(template);
  if (!parsed.success) throw badTemplate();
  return parsed.data;
}

function badTemplate(): ProviderError {
  return new ProviderError("bad-template", "the template's settings do not fit the values", { certain: true });
}

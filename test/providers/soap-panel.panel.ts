import { createProvider, providerConfig } from "../../src/providers/index.ts";
import type { SoapPanelMode } from "../../src/sandbox/soap-panel/modes.ts";
import { startSoapPanelSimulator } from "../../src/sandbox/soap-panel/server.ts";
import type { PanelUnderTest } from "../contracts/sms-provider.ts";
import { createDeps } from "./deps.ts";

const login = { username: "contract-user", password: "contract-password" };

/** The SOAP panel's provider, connected to its simulator, which serves its own contracts as a live one does. */
export async function startSoapPanel(): Promise<PanelUnderTest> {
  const panel = await startSoapPanelSimulator({ ...login, deliverAfterMs: 60_000 });
  const provider = createProvider(
    "main",
    providerConfig.parse({ kind: "soap-panel", ...login, baseUrl: panel.url, timeoutSeconds: 1.5 }),
    createDeps(),
  );
  const arm = (mode: SoapPanelMode) => () => panel.mode({ ...mode, times: 1 });
  const answers = (code: number) => arm({ kind: "result", code });
  return {
    provider,
    line: "30001234",
    secrets: Object.values(login),
    accepted: () => panel.ledger,
    sendCalls: () => panel.calls.filter(({ operation }) => operation === "SendSms").length,
    failures: {
      "bad-credentials": answers(0),
      "no-credit": answers(2),
      "bad-line": answers(5),
      "address-refused": arm({ kind: "html" }),
      silent: arm({ kind: "silent" }),
      cut: arm({ kind: "cut" }),
      "cut-before": arm({ kind: "cut-before" }),
      "server-error": arm({ kind: "status", status: 502 }),
      unreadable: arm({ kind: "unreadable" }),
    },
    deliver: (id) => panel.setDelivery(id, 1),
    async receive({ isRead, ...sms }) {
      await panel.receive(sms);
      const stored = panel.received.at(-1);
      if (isRead && stored) await markRead(panel.url, stored.id);
    },
    stop: () => panel.stop(),
  };
}

/** Somebody reads it in the panel. */
async function markRead(url: string, id: string): Promise<void> {
  const fields = `<username>${login.username}</username><password>${login.password}</password>`;
  const body = `<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><UpdateMessagesIsRead xmlns="http://tempuri.org/">${fields}<msgIds><long>${id}</long></msgIds></UpdateMessagesIsRead></soap:Body></soap:Envelope>`;
  const headers = {
    "content-type": "text/xml; charset=utf-8",
    soapaction: '"http://tempuri.org/UpdateMessagesIsRead"',
  };
  const response = await fetch(`${url}/IncomingMessages.asmx`, { method: "POST", headers, body });
  if (!response.ok) throw new Error(`the panel answered ${response.status} to reading an SMS`);
}

import { afterEach, beforeEach, expect } from "vitest";
import {
  type SoapPanelOptions,
  type SoapPanelSimulator,
  startSoapPanelSimulator,
} from "../../src/sandbox/soap-panel/server.ts";

export const line = "30001234";
export const firstId = "9007199254740993";
export const secondId = "9007199254740994";
export const thirdId = "9007199254740995";
export const login = "<username>sandbox</username><password>sandbox-password</password>";
export const badLogin = "<username>sandbox</username><password>wrong</password>";
/** Replaced by `start`. */
export let panel: SoapPanelSimulator;

export async function start(options: SoapPanelOptions = {}): Promise<void> {
  await panel?.stop();
  panel = await startSoapPanelSimulator({ deliverAfterMs: 40, ...options });
}

/** Every test of the file that calls this has a panel of its own, in `panel`. */
export function startForEach(): void {
  beforeEach(() => start());
  afterEach(async () => {
    await panel.stop();
    expect(panel.network.crashes).toEqual([]);
  });
}

interface Answer {
  http: number;
  body: string;
}

export async function post(file: string, body: string, headers: Record<string, string>): Promise<Answer> {
  const signal = AbortSignal.timeout(2000);
  const response = await fetch(`${panel.url}/${file}`, { method: "POST", headers, body, signal });
  return { http: response.status, body: await response.text() };
}

export const envelope = (inner: string) =>
  `<?xml version="1.0"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>${inner}</s:Body></s:Envelope>`;

function call(file: string, operation: string, fields: string): Promise<Answer> {
  return post(file, envelope(`<${operation} xmlns="http://tempuri.org/">${fields}</${operation}>`), {
    "content-type": "text/xml; charset=utf-8",
    soapaction: `"http://tempuri.org/${operation}"`,
  });
}

export const toSend = (operation: string, fields = login) => call("send.asmx", operation, fields);
export const toInbox = (operation: string, fields = `${login}<from>${line}</from>`) =>
  call("IncomingMessages.asmx", operation, fields);

export const all = ({ body }: Answer, name: string): string[] =>
  [...body.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, "g"))].map(([, text = ""]) => text);
export const one = (answer: Answer, name: string): string | undefined => all(answer, name)[0];

export interface Sending {
  to?: string[];
  from?: string;
  text?: string;
  more?: string;
  credentials?: string;
}

export const smsFields = ({
  to = ["09120000001"],
  from = line,
  text = "سلام",
  more = "",
  credentials = login,
}: Sending) =>
  `${credentials}<to>${to.map((number) => `<string>${number}</string>`).join("")}</to><from>${from}</from><text>${text}</text>${more}`;
export const send = (sending: Sending = {}) => toSend("SendSms", smsFields(sending));
export const verdict = async (answer: Promise<Answer>) => one(await answer, "SendSmsResult");
export const idsOf = async (operation: string, fields?: string) => all(await toInbox(operation, fields), "MsgID");

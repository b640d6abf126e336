import { readFileSync } from "node:fs";
import { onTestFinished } from "vitest";
import type { z } from "zod";
import { soapPanelConfig } from "../../src/providers/soap-panel/config.ts";
import { createSoapPanel } from "../../src/providers/soap-panel/index.ts";
import { createDeps } from "./deps.ts";
import { type PanelAnswer, type PanelCall, startPanel } from "./panel-server.ts";

// A panel of a few lines that answers as a test tells it; what it says comes from the manual and from the fixtures' sources.

export const login = { username: "the-user-name", password: "the-<pass>&word" };
export const line = "30001234";
export const peer = "+989121234567";
export const other = "+989351234567";

/** An answer's text, or what to do with the call. */
type Told = string | PanelAnswer;

export interface BareAnswers {
  /** By operation. */
  readonly [operation: string]: Told | undefined;
  /** `send.asmx?WSDL` and `IncomingMessages.asmx?WSDL`; 404 where they are absent. */
  readonly sendWsdl?: Told;
  readonly incomingWsdl?: Told;
}

/** A provider on such a panel, under `/post`. */
export async function startBare(answers: BareAnswers, settings: Partial<z.input<typeof soapPanelConfig>> = {}) {
  const panel = await startPanel((call, response) => {
    const told = answers[nameOf(call)];
    if (typeof told === "function") told(call, response);
    else if (told !== undefined) xml(200, told)(call, response);
    else response.writeHead(404, { "content-type": "text/html" }).end("<html>not found</html>");
  });
  const deps = createDeps();
  const config = soapPanelConfig.parse({ kind: "soap-panel", ...login, baseUrl: `${panel.url}/post`, ...settings });
  const provider = createSoapPanel("main", config, deps);
  onTestFinished(() => provider.close());
  const callsOf = (operation: string) => panel.calls.filter((call) => nameOf(call) === operation);
  return { panel, provider, callsOf, logged: deps.logged };
}

function nameOf(call: PanelCall): string {
  if (/\/send\.asmx\?wsdl$/i.test(call.path)) return "sendWsdl";
  if (/\/incomingmessages\.asmx\?wsdl$/i.test(call.path)) return "incomingWsdl";
  return /\/(\w+)"?$/.exec(String(call.headers.soapaction))?.[1] ?? "";
}

/** Answers XML. */
export function xml(status: number, text: string): PanelAnswer {
  return (_, response) => void response.writeHead(status, { "content-type": "text/xml; charset=utf-8" }).end(text);
}

export function html(status: number): PanelAnswer {
  return (_, response) => void response.writeHead(status, { "content-type": "text/html" }).end("<html><p>no</html>");
}

export function fixture(name: string): string {
  return readFileSync(new URL(`./fixtures/soap-panel/${name}.xml`, import.meta.url), "utf8");
}

/** The reconstructed contracts, which a live one is made from by changes. */
export function wsdl(name: "send" | "incoming-messages"): string {
  return readFileSync(new URL(`../../src/providers/soap-panel/wsdl/${name}.wsdl`, import.meta.url), "utf8");
}

export function envelope(body: string): string {
  return `<?xml version="1.0" encoding="utf-8"?><soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soap:Body>${body}</soap:Body></soap:Envelope>`;
}

/** `<OpResponse><OpResult>…</OpResult>…</OpResponse>` in its envelope. */
export function answer(operation: string, result: string | number, more = ""): string {
  const inner = `<${operation}Result>${result}</${operation}Result>${more}`;
  return envelope(`<${operation}Response xmlns="http://tempuri.org/">${inner}</${operation}Response>`);
}

export function sent(code: number, ids: readonly (string | number)[], more = ""): string {
  return answer("SendSms", code, `<recId>${ids.map((id) => `<long>${id}</long>`).join("")}</recId>${more}`);
}

/** What stands between the tags of a call's body. */
export function bodyOf(call: PanelCall | undefined): string {
  return /<soap:Body>(.*)<\/soap:Body>/s.exec(call?.body ?? "")?.[1] ?? "";
}

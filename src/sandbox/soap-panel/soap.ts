import type { SimRequest, SimResponse } from "../http.ts";
import { findChild, parseXml, textElement, type XmlElement } from "./xml.ts";

export const tempuri = "http://tempuri.org/";

export type SoapVersion = "1.1" | "1.2";

/** What ASP.NET answers when it cannot or will not do what was asked. */
export class SoapFault extends Error {
  override name = "SoapFault";
  /** Whose fault it is. */
  readonly by: "client" | "server";
  readonly http: number;

  constructor(by: "client" | "server", message: string, http = 500) {
    super(message);
    this.by = by;
    this.http = http;
  }
}

export interface SoapCall {
  /** From the action header; SOAP 1.2 may leave that to the body. */
  readonly operation: string;
  /** The element named after the operation. Without it ASP.NET sees no parameter at all. */
  readonly wrapper: XmlElement | undefined;
}

const envelopes = {
  "1.1": "http://schemas.xmlsoap.org/soap/envelope/",
  "1.2": "http://www.w3.org/2003/05/soap-envelope",
} as const;
const contentTypes = { "1.1": "text/xml", "1.2": "application/soap+xml" } as const;

/** `undefined`: the content type is not one of SOAP's. */
export function versionOf(request: SimRequest): SoapVersion | undefined {
  const mediaType = contentTypeOf(request).split(";")[0]?.trim().toLowerCase();
  return mediaType === contentTypes["1.1"] ? "1.1" : mediaType === contentTypes["1.2"] ? "1.2" : undefined;
}

/** Throws `SoapFault`: 400 where the body is no XML, else 500. */
export function readCall(request: SimRequest, version: SoapVersion): SoapCall {
  const body = readBody(request, version);
  const action = actionOf(request) ?? (version === "1.2" ? body?.name : undefined);
  if (!action) {
    throw new SoapFault(
      "client",
      "Unable to handle request without a valid action parameter. Supply a valid soap action.",
    );
  }
  const operation = action.startsWith(tempuri) ? action.slice(tempuri.length) : action;
  const isWrapper = body?.name === operation && body.namespace === tempuri;
  return { operation, wrapper: isWrapper ? body : undefined };
}

/** The operation that a request is for, as far as that can be told; for faults that must know before anything is read. */
export function findOperation(request: SimRequest): string | undefined {
  const version = versionOf(request);
  if (request.method !== "POST" || !version) return undefined;
  try {
    return readCall(request, version).operation;
  } catch {
    return undefined;
  }
}

export function writeReply(version: SoapVersion, inner: string): SimResponse {
  return envelope(version, 200, inner);
}

export function writeFault(version: SoapVersion, fault: SoapFault): SimResponse {
  if (version === "1.1") {
    const code = textElement("faultcode", fault.by === "client" ? "soap:Client" : "soap:Server");
    const inner = `<soap:Fault>${code}${textElement("faultstring", fault.message)}<detail /></soap:Fault>`;
    return envelope(version, fault.http, inner);
  }
  const code = textElement("soap:Value", fault.by === "client" ? "soap:Sender" : "soap:Receiver");
  const reason = textElement("soap:Text", fault.message).replace("<soap:Text", '<soap:Text xml:lang="en"');
  const inner = `<soap:Fault><soap:Code>${code}</soap:Code><soap:Reason>${reason}</soap:Reason><detail /></soap:Fault>`;
  return envelope(version, fault.http, inner);
}

function envelope(version: SoapVersion, status: number, inner: string): SimResponse {
  const namespaces = `xmlns:soap="${envelopes[version]}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema"`;
  return {
    status,
    contentType: `${contentTypes[version]}; charset=utf-8`,
    body: `<?xml version="1.0" encoding="utf-8"?><soap:Envelope ${namespaces}><soap:Body>${inner}</soap:Body></soap:Envelope>`,
  };
}

/** The first element of the envelope's body. */
function readBody(request: SimRequest, version: SoapVersion): XmlElement | undefined {
  const root = parseBody(request);
  if (root.name !== "Envelope" || root.namespace !== envelopes[version]) {
    throw new SoapFault("client", "Possible SOAP version mismatch: the envelope's namespace was unexpected.");
  }
  return findChild(root, envelopes[version], "Body")?.children[0];
}

function parseBody(request: SimRequest): XmlElement {
  try {
    return parseXml(request.body.toString("utf8"));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const message = `Server was unable to read request. ---> There is an error in XML document. ---> ${error.message}`;
    throw new SoapFault("client", message, 400);
  }
}

/** SOAP 1.1 has a header for it, SOAP 1.2 a parameter of the content type. */
function actionOf(request: SimRequest): string | undefined {
  const header = request.headers.soapaction;
  const written =
    versionOf(request) === "1.1" ? String(header ?? "") : /;\s*action="?([^";]*)"?/i.exec(contentTypeOf(request))?.[1];
  return written?.trim().replace(/^"(.*)"$/, "$1") || undefined;
}

function contentTypeOf(request: SimRequest): string {
  return request.headers["content-type"] ?? "";
}

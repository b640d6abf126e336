import { childOf, isNamed, leavesOf, parseXml, type XmlElement } from "./xml.ts";

/** What a panel answered. */
export type SoapReply = SoapResponse | SoapFault;

export interface SoapResponse {
  readonly kind: "response";
  /** `<SendSmsResponse>`; absent where the body is empty. */
  readonly response?: XmlElement;
}

export interface SoapFault {
  readonly kind: "fault";
  /** Without a prefix: `Server`, `Client.Authentication`. */
  readonly code: string;
  readonly words: string;
  /** Whether it says that the call was at fault, and not what came of it. */
  readonly blamesCaller: boolean;
}

// SOAP 1.1, 4.4.1 and SOAP 1.2, 5.4.6.
const callersFaults = /^(?:client|sender|versionmismatch|mustunderstand|dataencodingunknown)(?:\.|$)/i;

/** Reads an answer of SOAP 1.1 or 1.2. `undefined`: it is none. */
export function readReply(text: string): SoapReply | undefined {
  const root = parseXml(text);
  const body = root && isNamed(root, "Envelope") ? childOf(root, "Body") : undefined;
  if (!body) return undefined;
  const [response] = body.children;
  if (!response) return { kind: "response" };
  return isNamed(response, "Fault") ? readFault(response) : { kind: "response", response };
}

function readFault(fault: XmlElement): SoapFault {
  const code = textAt(fault, "faultcode") || textAt(childOf(fault, "Code"), "Value");
  const reason = childOf(fault, "Reason");
  const words =
    textAt(fault, "faultstring") ||
    (reason
      ? leavesOf(reason)
          .map((leaf) => leaf.text)
          .join(" ")
      : "");
  const bare = code.slice(code.indexOf(":") + 1);
  return { kind: "fault", code: bare, words, blamesCaller: callersFaults.test(bare) };
}

function textAt(element: XmlElement | undefined, name: string): string {
  return (element && childOf(element, name)?.text.trim()) ?? "";
}

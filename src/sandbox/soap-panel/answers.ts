import { receiverBytes } from "./codes.ts";
import type { StoredSms } from "./mailbox.ts";
import { messageElement } from "./message.ts";
import type { Oddities } from "./oddities.ts";
import { tempuri } from "./soap.ts";
import { element, textElement } from "./xml.ts";

/** One receiver in the answer to `SendSms`. */
export interface ReceiptLine {
  readonly id: string;
  readonly isSent: boolean;
}

/** What an operation has to say, before it is XML. */
export type Answer =
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "receipt"; readonly result: number; readonly receivers: readonly ReceiptLine[] }
  | { readonly kind: "messages"; readonly messages: readonly StoredSms[] }
  | { readonly kind: "lines"; readonly lines: readonly string[] };

/** `<OpResponse>` as ASMX writes it, or as one of the oddities has it. */
export function writeAnswer(operation: string, answer: Answer, odd: Oddities): string {
  const name = odd.resultNames?.[operation] ?? `${operation}Result`;
  return element(`${operation}Response`, writeResult(name, answer, odd), `xmlns="${tempuri}"`);
}

/** For the record of calls: the number, or how many entries a list has. */
export function summarise(answer: Answer): string {
  switch (answer.kind) {
    case "number":
      return String(answer.value);
    case "receipt":
      return String(answer.result);
    case "messages":
      return String(answer.messages.length);
    case "lines":
      return String(answer.lines.length);
  }
}

function writeResult(name: string, answer: Answer, odd: Oddities): string {
  switch (answer.kind) {
    case "number":
      return textElement(name, answer.value);
    case "receipt":
      return textElement(name, answer.result) + writeReceipt(answer.receivers, odd);
    case "messages":
      return writeList(name, wrap(answer.messages.map((sms) => messageElement(sms, odd)).join(""), odd), odd);
    case "lines":
      return writeList(name, answer.lines.map((line) => textElement("string", line)).join(""), odd);
  }
}

function writeReceipt(receivers: readonly ReceiptLine[], odd: Oddities): string {
  const ids = receivers.map(({ id }) => textElement(odd.recIdItem ?? "long", id)).join("");
  if (receivers.length === 0) return element("recId", "");
  const bytes = receivers.map(({ isSent }) => (isSent ? receiverBytes.sent : receiverBytes.notSent));
  const kind = odd.status ?? "base64";
  const status =
    kind === "base64" ? Buffer.from(bytes).toString("base64") : bytes.map((byte) => textElement(kind, byte)).join("");
  return element("recId", ids) + element("status", status);
}

function writeList(name: string, inner: string, odd: Oddities): string {
  if (inner !== "" || odd.empty === undefined || odd.empty === "element") return element(name, inner);
  return odd.empty === "nil" ? element(name, "", 'xsi:nil="true"') : "";
}

function wrap(messages: string, odd: Oddities): string {
  if (odd.nesting !== "diffgram" || messages === "") return messages;
  const namespaces =
    'xmlns:msdata="urn:schemas-microsoft-com:xml-msdata" xmlns:diffgr="urn:schemas-microsoft-com:xml-diffgram-v1"';
  return element("diffgr:diffgram", element("NewDataSet", messages, 'xmlns=""'), namespaces);
}

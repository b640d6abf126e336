import type { ReceivedSms } from "../asanak/inbound.ts";
import type { AsanakCall } from "../asanak/server.ts";
import type { MydnspanelCall } from "../mydnspanel/server.ts";
import type { SoapPanelCall } from "../soap-panel/endpoint.ts";
import type { ApiCall } from "../telegram/server.ts";

/** One call on the wire as a person reads it; protocol words stay as they are. */
export interface WireLine {
  /** What was asked: `sendMessage topic 5 “Hello”`. */
  readonly asked: string;
  /** How it was answered; absent while it is under way. */
  readonly answered?: string;
  readonly isBad: boolean;
}

const longestText = 60;
// Names of a login; passwords and keys are not in the records of calls, and these add nothing.
const unsaid: ReadonlySet<string> = new Set(["action", "username", "password", "key", "apikey", "token"]);

export function writeTelegramCall({ method, parameters, answer }: ApiCall): WireLine {
  const { message_thread_id: topic, message_id: message, text, caption, name, reaction } = parameters;
  const asked = [
    method,
    topic === undefined ? "" : `topic ${String(topic)}`,
    message === undefined ? "" : `message ${String(message)}`,
    quote(text ?? caption ?? name ?? (reaction === undefined ? undefined : JSON.stringify(reaction))),
  ];
  const line = { asked: asked.filter((part) => part !== "").join(" ") };
  if (!answer) return { ...line, isBad: false };
  if (!answer.ok) return { ...line, answered: `${answer.code} ${answer.description}`, isBad: true };
  return { ...line, answered: `ok${numberOf(answer.result)}`, isBad: false };
}

/** Asanak calls the bridge with an SMS that came in. */
export function writePush({ from, text, pushes }: ReceivedSms): WireLine {
  const asked = `→ push Source=${from} MsgBody=${cut(text)}`;
  const status = pushes.at(-1)?.status;
  if (status === undefined) return { asked, isBad: false };
  const answered = status === 0 ? "no answer" : status === 502 ? "502, nobody there" : String(status);
  const times = pushes.length > 1 ? `, pushed ${pushes.length} times` : "";
  return { asked, answered: answered + times, isBad: status < 200 || status > 299 };
}

export function writeAsanakCall({ method, verb, fields, code }: AsanakCall): WireLine {
  return write(`${verb} ${method}`, fields, code, code === 200);
}

export function writeSoapCall({ operation, fields, result }: SoapPanelCall): WireLine {
  return write(operation, fields, result, operation !== "SendSms" || /^1\b/.test(result ?? ""));
}

export function writeMydnspanelCall({ action, verb, fields, result }: MydnspanelCall): WireLine {
  return write(`${verb} ${action}`, fields, result, result === "1");
}

function write(
  name: string,
  fields: Readonly<Record<string, unknown>>,
  answer: string | number | undefined,
  isGood: boolean,
): WireLine {
  const shown = Object.entries(fields)
    .filter(([field, value]) => !unsaid.has(field.toLowerCase()) && value !== "")
    .map(([field, value]) => `${field}=${cut(typeof value === "string" ? value : (JSON.stringify(value) ?? ""))}`);
  const asked = [name, ...shown].join(" ");
  return answer === undefined ? { asked, isBad: false } : { asked, answered: String(answer), isBad: !isGood };
}

function numberOf(result: unknown): string {
  if (typeof result !== "object" || result === null) return "";
  if (Array.isArray(result)) return ` ${result.length}`;
  if ("message_id" in result) return `, message ${String(result.message_id)}`;
  return "message_thread_id" in result ? `, topic ${String(result.message_thread_id)}` : "";
}

function quote(text: unknown): string {
  return typeof text === "string" ? `“${cut(text)}”` : "";
}

/** In one line, not too long, and isolated where it may run from right to left. */
function cut(text: string): string {
  const letters = [...text.replace(/\s+/g, " ").trim()];
  const short = letters.length > longestText ? `${letters.slice(0, longestText).join("")}…` : letters.join("");
  if (!/[^\x20-\x7e]/.test(short)) return short;
  // An isolate of the text's own that was cut off would swallow the rest of the line.
  const open = countOf(/[\u2066-\u2068]/g, short) - countOf(/\u2069/g, short);
  return `\u2068${short}${"\u2069".repeat(Math.max(0, open) + 1)}`;
}

function countOf(pattern: RegExp, text: string): number {
  return text.match(pattern)?.length ?? 0;
}

import type { ReadParameters } from "../http.ts";
import type { SimFile } from "../multipart.ts";
import { botApi } from "./bot-api.ts";
import { badRequest } from "./errors.ts";

/** A request that the method list does not allow, whether or not Telegram would have overlooked it. */
export interface Violation {
  readonly method: string;
  readonly parameter?: string;
  readonly problem:
    | "unknown method"
    | "not simulated"
    | "unknown parameter"
    | "wrong type"
    | "missing"
    | "out of range";
}

export type Parameters = Readonly<Record<string, unknown>>;

type Kind = "int" | "bool" | "str" | "id" | "list" | "object" | "file";
type Field = { readonly kind: string; readonly isRequired: boolean };

const specs = new Map<string, ReadonlyMap<string, Field>>();

/** The parameters of a method, or `undefined` where the Bot API has no such method. Names are compared without case, as there. */
export function findMethod(written: string): { name: string; fields: ReadonlyMap<string, Field> } | undefined {
  const name = Object.hasOwn(botApi, written) ? written : namesByLowerCase().get(written.toLowerCase());
  if (name === undefined) return undefined;
  const known = specs.get(name);
  if (known) return { name, fields: known };
  const fields = new Map<string, Field>();
  for (const word of (botApi[name] ?? "").split(" ").filter(Boolean)) {
    const [field = "", kind = "str"] = word.split(":");
    fields.set(field.replace("!", ""), { kind, isRequired: field.endsWith("!") });
  }
  specs.set(name, fields);
  return { name, fields };
}

/**
 * Parameters with their types, and every way in which the request departs from the method list. Throws `ApiFailure` where
 * Telegram refuses: something required is missing or cannot be read.
 */
export function readCall(
  method: { name: string; fields: ReadonlyMap<string, Field> },
  sent: ReadParameters,
  report: (violation: Violation) => void,
): Parameters {
  const parameters: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(sent.values)) {
    const field = method.fields.get(name);
    if (!field) {
      if (!isAttachment(value, name, sent)) {
        report({ method: method.name, parameter: name, problem: "unknown parameter" });
      }
      continue;
    }
    if (value === null || value === undefined) continue;
    if (sent.encoding === "json" && !hasKind(value, field.kind)) {
      report({ method: method.name, parameter: name, problem: "wrong type" });
    }
    const read = toKind(field.kind === "file" ? attachmentOr(value, sent) : value, field.kind);
    if (read === undefined) throw badRequest(wordsForIllTyped(name, field.kind));
    parameters[name] = read;
  }
  for (const [name, field] of method.fields) {
    const value = parameters[name];
    if (!field.isRequired || (value !== undefined && (value !== "" || mayBeEmpty.has(name)))) continue;
    report({ method: method.name, parameter: name, problem: "missing" });
    throw badRequest(wordsForMissing[name] ?? `parameter "${name}" is required`);
  }
  return parameters;
}

/** `setWebhook` with an empty address removes the webhook; an empty text has words of its own further on. */
const mayBeEmpty = new Set(["url", "text"]);

/** tdlib/telegram-bot-api, Client.cpp. */
export const wordsForMissing: Readonly<Record<string, string>> = {
  chat_id: "chat_id is empty",
  text: "message text is empty",
  message_id: "message identifier is not specified",
  message_thread_id: "message thread not found",
  user_id: "invalid user_id specified",
  callback_query_id: "query is too old and response timeout expired or query ID is invalid",
  photo: "there is no photo in the request",
  document: "there is no document in the request",
};

function wordsForIllTyped(name: string, kind: string): string {
  if (name === "message_id") return "message identifier is not specified";
  if (name === "chat_id") return "chat not found";
  if (name === "reply_markup") return "object expected as reply markup";
  if (name === "entities") return "can't parse entities JSON object";
  if (kind === "int") return `invalid ${name} specified`;
  return `can't parse ${name} JSON object`;
}

function hasKind(value: unknown, kind: string): boolean {
  switch (kind as Kind) {
    case "int":
      return Number.isFinite(value);
    case "bool":
      return typeof value === "boolean";
    case "id":
      return Number.isSafeInteger(value) || typeof value === "string";
    case "list":
      return Array.isArray(value);
    case "object":
      return typeof value === "object" && !Array.isArray(value);
    default:
      return typeof value === "string";
  }
}

/** Telegram reads a value from text or from JSON alike; `undefined`: it cannot. */
function toKind(value: unknown, kind: string): unknown {
  if (hasKind(value, kind)) return kind === "id" ? toChatId(value) : value;
  switch (kind as Kind) {
    case "int": {
      const number = typeof value === "string" && value.trim() !== "" ? Number(value) : Number.NaN;
      return Number.isFinite(number) ? number : undefined;
    }
    case "bool":
      return typeof value === "string" ? /^(true|yes|1)$/i.test(value) : Boolean(value);
    case "list":
    case "object":
      return typeof value === "string" ? parseJson(value, kind) : isFile(value) ? value : undefined;
    case "file":
      return isFile(value) ? value : undefined;
    case "str":
      return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
    default:
      return undefined;
  }
}

function toChatId(value: unknown): unknown {
  return typeof value === "string" && /^-?\d+$/.test(value) ? Number(value) : value;
}

function parseJson(text: string, kind: string): unknown {
  try {
    const parsed: unknown = JSON.parse(text);
    return hasKind(parsed, kind) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

export function isFile(value: unknown): value is SimFile {
  return typeof value === "object" && value !== null && "fileName" in value;
}

/** A file that another parameter names as `attach://name`. */
function isAttachment(value: unknown, name: string, sent: ReadParameters): boolean {
  return isFile(value) && JSON.stringify(sent.values).includes(`attach://${name}`);
}

function attachmentOr(value: unknown, sent: ReadParameters): unknown {
  const name = typeof value === "string" ? /^attach:\/\/(.+)$/.exec(value)?.[1] : undefined;
  return name === undefined ? value : sent.values[name];
}

let lowerCaseNames: ReadonlyMap<string, string> | undefined;

function namesByLowerCase(): ReadonlyMap<string, string> {
  lowerCaseNames ??= new Map(Object.keys(botApi).map((name) => [name.toLowerCase(), name]));
  return lowerCaseNames;
}

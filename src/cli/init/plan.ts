import { randomBytes } from "node:crypto";
import { toAsciiDigits } from "../../core/model/text.ts";
import { requireKind } from "../../providers/index.ts";
import type { Answers, Section } from "./answers.ts";

export const deskId = "support";

/** What set-up writes. */
export interface Plan {
  /** The text of `config.json`. */
  readonly config: string;
  /** What belongs into `.env`, by name. */
  readonly secrets: Readonly<Record<string, string>>;
}

/** `known` is what stands in `.env` already: an inbox token in it stays, for its URL may be registered at the panel. */
export function createPlan(answers: Answers, known: Readonly<Record<string, string | undefined>>): Plan {
  const { kind, ...settings } = answers.panel;
  // Named as its kind is: there is one of it.
  const provider = kind;
  const secrets: Record<string, string> = {};
  const render = (section: Section, prefix: string) => hideSecrets(section, prefix, secrets);

  const takesPushes = "inboxToken" in requireKind(kind).config.shape;
  const inbox = takesPushes && settings.inboxToken === undefined ? { inboxToken: inboxTokenFrom(known, provider) } : {};
  const behindProxy = isEncrypted(answers.server.publicUrl) && answers.server.trustProxy === undefined;
  const config = [
    "{",
    "  // Written by `chapar init`. What stands as $NAME in braces is taken from the environment, or from the .env beside this",
    "  // file. Every key is in docs/config.md.",
    ...block("telegram", render(answers.telegram, "telegram_bot")),
    ...block(
      "server",
      { ...render(answers.server, "chapar"), ...(behindProxy ? { trustProxy: 1 } : {}) },
      {
        trustProxy:
          "how many reverse proxies stand in front: one, that takes https for publicUrl and calls 127.0.0.1 here",
      },
      takesPushes && answers.server.publicUrl === undefined ? [unreachable] : [],
    ),
    '  "providers": {',
    ...indent(
      block(
        provider,
        { kind, ...render({ ...settings, ...inbox }, provider) },
        { inboxToken: "part of the URL that the panel calls; `chapar check --show-urls` prints it" },
      ),
    ),
    "  },",
    '  "lines": {',
    `    ${JSON.stringify(toAsciiDigits(answers.line.trim()))}: { "provider": ${JSON.stringify(provider)}, "desk": "${deskId}" },`,
    "  },",
    '  "desks": {',
    ...indent(block(deskId, render(answers.desk, "desk"), {}, answers.desk.chat === undefined ? [unpaired] : [])),
    "  },",
    "}",
    "",
  ].join("\n");
  return { config, secrets };
}

const unreachable =
  '// "publicUrl": "https://sms.example.com", "trustProxy": 1, // how the panel reaches this server, through one reverse proxy';
const unpaired =
  '// "chat": -1001234567890, // not needed: `chapar run` prints a code, and /pair CODE in the chat takes it';

function inboxTokenFrom(known: Readonly<Record<string, string | undefined>>, provider: string): string {
  const before = known[nameOf([provider, "inboxToken"])] ?? "";
  return /^[\w-]{16,}$/.test(before) ? before : randomBytes(24).toString("hex");
}

function isEncrypted(url: unknown): boolean {
  return typeof url === "string" && url.startsWith("https://");
}

const secretKey = /token|password|secret|api_?key|username/i;
const addressWithPassword = /^[a-z][\w+.-]*:\/\/[^/]*@/i;

/** The same section with `${NAME}` in place of each secret, which goes into `secrets`. */
function hideSecrets(section: Section, prefix: string, secrets: Record<string, string>): Section {
  return Object.fromEntries(Object.entries(section).map(([key, value]) => [key, hide(value, [prefix, key], secrets)]));
}

function hide(value: unknown, path: readonly string[], secrets: Record<string, string>): unknown {
  if (typeof value === "string") {
    if (!secretKey.test(path.at(-1) ?? "") && !addressWithPassword.test(value)) {
      return value.replaceAll("${", () => "$${");
    }
    const name = nameOf(path);
    secrets[name] = value;
    return `\${${name}}`;
  }
  if (Array.isArray(value)) return value.map((item, at) => hide(item, [...path, String(at)], secrets));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, hide(field, [...path, key], secrets)]));
}

/** `soap-panel`, `inboxToken` → `SOAP_PANEL_INBOX_TOKEN` */
function nameOf(path: readonly string[]): string {
  return path
    .map((word) => word.replace(/([a-z])([A-Z])/g, "$1_$2"))
    .join("_")
    .replace(/\W/g, "_")
    .toUpperCase();
}

/** A key with the object under it, as it stands at the first level; nothing at all where there is nothing in it. */
function block(
  name: string,
  section: Section,
  comments: Readonly<Record<string, string>> = {},
  more: readonly string[] = [],
): string[] {
  const fields = Object.entries(section).map(([key, value]) => {
    const comment = comments[key] === undefined ? "" : ` // ${comments[key]}`;
    return `    ${JSON.stringify(key)}: ${JSON.stringify(value)},${comment}`;
  });
  const lines = [...fields, ...more.map((line) => `    ${line}`)];
  return lines.length === 0 ? [] : [`  ${JSON.stringify(name)}: {`, ...lines, "  },"];
}

function indent(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}

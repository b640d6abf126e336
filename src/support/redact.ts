const hidden = "***";
const botInUrl = /bot\d+:[\w-]+/g;
const bareToken = /\b\d{6,}:[\w-]{30,}/g;
const usuallyShortest = 6;
const deepest = 8;

/** Takes secrets out of whatever is about to be shown or written. */
export interface Redactor {
  /** The text with every secret, in each spelling a wire may give it, replaced by `***`. */
  text(text: string): string;
  /** A deep copy, safe to write as JSON: errors with their causes become plain objects, cycles are cut. */
  value(value: unknown): unknown;
}

/**
 * Hides bot tokens and the given secrets. Secrets of fewer than six characters (`shortest`) are left alone: they would hide
 * ordinary words, and a secret that short hides nothing.
 */
export function createRedactor(secrets: Iterable<string>, { shortest = usuallyShortest } = {}): Redactor {
  const hideable = [...secrets].filter((secret) => secret !== "" && secret.length >= shortest);
  const spellings = [...new Set(hideable.flatMap(spellingsOf))];
  // The longest first, so that a secret that holds another one does not leave its rest behind.
  spellings.sort((a, b) => b.length - a.length);
  const pattern = spellings.length > 0 ? new RegExp(spellings.map(escapePattern).join("|"), "g") : undefined;

  function text(raw: string): string {
    const known = pattern ? raw.replace(pattern, hidden) : raw;
    return known.replace(botInUrl, `bot${hidden}`).replace(bareToken, hidden);
  }

  function copy(value: unknown, above: readonly object[]): unknown {
    if (typeof value === "string") return text(value);
    if (typeof value === "bigint") return String(value);
    if (typeof value !== "object" || value === null) return value;
    if (above.includes(value) || above.length >= deepest) return "[cut]";
    const path = [...above, value];
    if (Array.isArray(value)) return value.map((item) => copy(item, path));
    if (value instanceof Error) return copyError(value, path);
    if (value instanceof Date || value instanceof URL) return text(String(value.toJSON()));
    if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
    if (value instanceof Map) return copy(Object.fromEntries(value), path);
    if (value instanceof Set) return copy([...value], path);
    return copyFields(value, path);
  }

  function copyFields(value: object, path: readonly object[]): Record<string, unknown> {
    return Object.fromEntries(Object.entries(value).map(([key, field]) => [text(key), copy(field, path)]));
  }

  function copyError(error: Error, path: readonly object[]): Record<string, unknown> {
    return {
      type: error.name,
      message: text(error.message),
      ...(error.stack === undefined ? {} : { stack: text(error.stack) }),
      ...copyFields(error, path),
      ...(error.cause === undefined ? {} : { cause: copy(error.cause, path) }),
      ...(error instanceof AggregateError ? { errors: copy(error.errors, path) } : {}),
    };
  }

  return { text, value: (value) => copy(value, []) };
}

/** As it is, in a URL, in a form, in JSON, in XML. */
function spellingsOf(secret: string): string[] {
  const encoded = [encodeUri(secret), new URLSearchParams({ s: secret }).toString().slice(2)];
  const json = JSON.stringify(secret).slice(1, -1);
  return [secret, ...encoded, ...encoded.map(lowerPercents), json, ...xmlSpellingsOf(secret)];
}

/** Quotes need no escaping between tags, so each writer of XML does as it likes with them. */
function xmlSpellingsOf(secret: string): string[] {
  const plain = secret.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
  return ['"', "&quot;", "&#34;"].flatMap((double) =>
    ["'", "&apos;", "&#39;"].map((single) => plain.replaceAll('"', double).replaceAll("'", single)),
  );
}

/** .NET and others write `%2f` for `%2F`. */
function lowerPercents(encoded: string): string {
  return encoded.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase());
}

function encodeUri(secret: string): string {
  // `encodeURIComponent` throws on a lone surrogate.
  return encodeURIComponent(secret.replace(/[\ud800-\udfff]/gu, "\ufffd"));
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&");
}

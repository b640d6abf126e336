const secretKey = /token|password|secret|api_?key/i;

/** Every value of a configuration that must never be shown: passwords, keys and tokens, and those inside addresses. */
export function secretsOf(value: unknown, key = ""): string[] {
  if (typeof value === "string") return [...(secretKey.test(key) ? [value] : []), ...secretsInAddress(value)];
  if (Array.isArray(value)) return value.flatMap((item) => secretsOf(item, key));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, field]) => secretsOf(field, name));
}

/** `socks5://user:pass@host`: the password, as written and as meant. */
function secretsInAddress(text: string): string[] {
  const written = /^[a-z][\w+.-]*:\/\/[^/@:]*:([^/]+)@/i.exec(text)?.[1];
  if (written === undefined) return [];
  return [written, decode(written)];
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

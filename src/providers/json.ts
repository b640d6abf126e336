const stringOrNumber = /"(?:[^"\\]|\\[\s\S]?)*(?:"|$)|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
const longInteger = /^-?\d{16,}$/;

/**
 * `JSON.parse` that keeps every digit: an integer of 16 digits or more becomes a string, for the ids of panels have outgrown
 * what a number holds. Throws `SyntaxError` exactly where `JSON.parse` does.
 */
export function parseJsonKeepingDigits(text: string): unknown {
  const parsed: unknown = JSON.parse(text);
  if (!/\d{16}/.test(text)) return parsed;
  return JSON.parse(text.replace(stringOrNumber, (token) => (longInteger.test(token) ? `"${token}"` : token)));
}

import { cleanText } from "./text.ts";

const field = /\{([^{}\n]{1,40})\}/g;

/** The fields that a text names, as they are written there, each once. */
export function fieldsOf(text: string): readonly string[] {
  return [...new Set([...text.matchAll(field)].map(([, name = ""]) => name))];
}

/** A text with its fields filled in. `values` stand in the order of `fieldsOf`. */
export function fillText(text: string, values: readonly string[]): string {
  const names = fieldsOf(text);
  const filled = text.replace(field, (whole, name: string) => values[names.indexOf(name)] ?? whole);
  return cleanText(filled);
}

import { type Filled, fieldsOf, fillFields } from "./fields.ts";
import { cleanText } from "./text.ts";

/** The fields that a text names, each once. Whoever gets it has their values in this order. */
export function namesIn(text: string): readonly string[] {
  return [...new Set(fieldsOf(text).map(({ name }) => name))];
}

/** What one receiver gets. An empty value is none. */
export function fillText(text: string, values: readonly string[]): Filled {
  const names = namesIn(text);
  const filled = fillFields(text, (name) => values[names.indexOf(name)] || undefined);
  return filled.kind === "filled" ? { ...filled, text: cleanText(filled.text) } : filled;
}

/** The same of a receiver of a plan, for whom nothing is missing. */
export function textFor(text: string, values: readonly string[]): string {
  const filled = fillText(text, values);
  if (filled.kind === "missing") throw new Error("a receiver of a plan lacks a field");
  return filled.text;
}

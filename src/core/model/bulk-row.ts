import { fieldsOf, fillFields } from "./fields.ts";
import { cleanText } from "./text.ts";

/** The text of a bulk run as one receiver gets it. `values` stand in the order of `fieldsOf`; an empty one is none. */
export function fillRow(text: string, values: readonly string[]): string {
  const names = fieldsOf(text).map(({ name }) => name);
  const filled = fillFields(text, (name) => values[names.indexOf(name)] || undefined);
  return cleanText(filled.kind === "filled" ? filled.text : text);
}

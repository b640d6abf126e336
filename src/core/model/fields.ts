/** A place in a text that is filled in when it is used: `{name}`, or with what stands there otherwise, `{name|dear customer}`. */
export interface Field {
  readonly name: string;
  /** Absent: somewhere in the text the field stands without it. */
  readonly otherwise?: string;
}

export type Filled =
  | { readonly kind: "filled"; readonly text: string }
  /** The fields that have no value, and say nothing that could stand there otherwise. */
  | { readonly kind: "missing"; readonly fields: readonly string[] };

const form = /\{([^{}|\n]+)(?:\|([^{}\n]*))?\}/g;

/** Each once, in the order in which the text first names them. */
export function fieldsOf(text: string): readonly Field[] {
  const fields = new Map<string, Field>();
  for (const [, written = "", otherwise] of text.matchAll(form)) {
    const name = written.trim();
    const known = fields.get(name);
    const isBare = otherwise === undefined || (known !== undefined && known.otherwise === undefined);
    fields.set(name, isBare ? { name } : { name, otherwise: otherwise.trim() });
  }
  return [...fields.values()];
}

/** Fills in what `findValue` knows. Nothing is left out in silence: a text with a hole in it is no text. */
export function fillFields(text: string, findValue: (field: string) => string | undefined): Filled {
  const missing = fieldsOf(text).filter(({ name, otherwise }) => (findValue(name) ?? otherwise) === undefined);
  if (missing.length > 0) return { kind: "missing", fields: missing.map(({ name }) => name) };
  const filled = text.replace(
    form,
    (_, name: string, otherwise?: string) => findValue(name.trim()) ?? otherwise?.trim() ?? "",
  );
  return { kind: "filled", text: filled };
}

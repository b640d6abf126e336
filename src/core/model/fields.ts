/** A place in a text that is filled in when it is used: `{name}`, or with what stands there otherwise, `{name|dear customer}`. */
export interface Field {
  readonly name: string;
  readonly otherwise?: string;
}

export type Filled =
  | { readonly kind: "filled"; readonly text: string }
  /** The fields that have no value, and say nothing that could stand there otherwise; each once. */
  | { readonly kind: "missing"; readonly fields: readonly string[] };

const form = /\{([^{}|\n]+)(?:\|([^{}\n]*))?\}/g;

export function fieldsOf(text: string): readonly Field[] {
  return [...text.matchAll(form)].map(([, name = "", otherwise]) => ({
    name: name.trim(),
    ...(otherwise === undefined ? {} : { otherwise: otherwise.trim() }),
  }));
}

/** Fills in what `findValue` knows. Nothing is left out in silence: a text with a hole in it is no text. */
export function fillFields(text: string, findValue: (field: string) => string | undefined): Filled {
  const missing = fieldsOf(text).filter(({ name, otherwise }) => (findValue(name) ?? otherwise) === undefined);
  if (missing.length > 0) return { kind: "missing", fields: [...new Set(missing.map(({ name }) => name))] };
  const filled = text.replace(
    form,
    (_, name: string, otherwise?: string) => findValue(name.trim()) ?? otherwise?.trim() ?? "",
  );
  return { kind: "filled", text: filled };
}

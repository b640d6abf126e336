/** The value of a field: as it is, by names, or by places. */
export type FieldValue = string | number | Readonly<Record<string, string>> | readonly string[];
export type Fields = readonly (readonly [name: string, value: FieldValue])[];

export interface Body {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Writes the fields of a call. In JSON a value by names is an object; in a form it is one field that holds JSON, as the vendor's
 * sample has it. A value by places is an array in JSON and `name[0]`, `name[1]`, … in a form.
 */
export function writeBody(encoding: "form" | "json" | "multipart", fields: Fields): Body {
  if (encoding === "json") {
    return { body: JSON.stringify(Object.fromEntries(fields)), headers: { "content-type": "application/json" } };
  }
  const pairs = fields.flatMap(([name, value]) => flatten(name, value));
  if (encoding === "multipart") return writeMultipart(pairs);
  return {
    body: new URLSearchParams(pairs).toString(),
    headers: { "content-type": "application/x-www-form-urlencoded" },
  };
}

function flatten(name: string, value: FieldValue): [string, string][] {
  if (isList(value)) return value.map((item, at) => [`${name}[${at}]`, item]);
  return [[name, typeof value === "object" ? JSON.stringify(value) : String(value)]];
}

/** A value may hold anything but the boundary, so one is taken that stands in none of them. */
function writeMultipart(pairs: readonly [string, string][]): Body {
  let boundary = "chapar-form";
  for (let at = 0; pairs.some(([, value]) => value.includes(boundary)); at++) boundary = `chapar-form-${at}`;
  const parts = pairs.map(
    ([name, value]) =>
      `--${boundary}\r\ncontent-disposition: form-data; name="${escapeName(name)}"\r\n\r\n${value}\r\n`,
  );
  return {
    body: `${parts.join("")}--${boundary}--\r\n`,
    headers: { "content-type": `multipart/form-data; boundary=${boundary}` },
  };
}

/** As browsers do (HTML standard, multipart/form-data encoding). */
function escapeName(name: string): string {
  return name.replace(/\n/g, "%0A").replace(/\r/g, "%0D").replace(/"/g, "%22");
}

function isList(value: FieldValue): value is readonly string[] {
  return Array.isArray(value);
}

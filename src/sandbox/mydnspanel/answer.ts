/** An answer before it is written: a `bigint` is an id, which no JSON number of JavaScript holds. */
export type AnswerValue = string | number | boolean | bigint | AnswerValue[] | Answer;

export interface Answer {
  readonly [name: string]: AnswerValue | undefined;
}

/** How values are written, and where those stand whose place the manual does not tell. */
export interface AnswerForm {
  /** Default `strings`, as in the manual's sample: `"result":"1"`, `"archive":"false"`. */
  readonly values?: "strings" | "numbers";
  /** Ids as bare JSON numbers. Default strings. */
  readonly numericIds?: boolean;
  /** Default `sendID`. */
  readonly sendIdName?: string;
  /** Default `root`. */
  readonly sendIdPlace?: "root" | "data" | "data[0]" | "none";
  /** Default `credit`; others: `balance`, `amount`, `data.credit`, or `data` itself. */
  readonly creditPlace?: string;
}

/** Fields of a successful answer that name the send. */
export function writeSendId(id: string, form: AnswerForm): Answer {
  const place = form.sendIdPlace ?? "root";
  if (place === "none") return {};
  const name = form.sendIdName ?? "sendID";
  return placeAt(place === "root" ? name : `${place}.${name}`, BigInt(id));
}

/** `placeAt("data[0].id", 5)` is `{ data: [{ id: 5 }] }`. */
export function placeAt(path: string, value: AnswerValue): Answer {
  const [first = "", ...rest] = path.split(".");
  const inner = rest.length === 0 ? value : placeAt(rest.join("."), value);
  return first.endsWith("[0]") ? { [first.slice(0, -3)]: [inner] } : { [first]: inner };
}

/** JSON text. By hand, because ids must keep every digit. */
export function writeAnswer(value: AnswerValue, form: AnswerForm): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "bigint") return form.numericIds ? String(value) : `"${value}"`;
  if (typeof value !== "object") return form.values === "numbers" ? String(value) : `"${value}"`;
  if (Array.isArray(value)) return `[${value.map((entry) => writeAnswer(entry, form)).join(",")}]`;
  const fields = Object.entries(value).flatMap(([name, inner]) =>
    inner === undefined ? [] : [`${JSON.stringify(name)}:${writeAnswer(inner, form)}`],
  );
  return `{${fields.join(",")}}`;
}

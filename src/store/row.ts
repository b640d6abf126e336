/** A stored row, in keyv's own format: `{"value":…,"expires":…}`. */
export interface Row {
  readonly value: unknown;
  /** Epoch milliseconds after which the record counts as absent. */
  readonly expires?: number;
  /** The number by which it was due, written by a claim in the same step that moved it. */
  readonly claimed?: number;
}

/** Throws a `TypeError` for a value that JSON cannot hold. Lone surrogates come out as `\udxxx`, so the text is always valid UTF-8. */
export function formatRow(value: object, expires: number | undefined): string {
  return JSON.stringify({ value, expires });
}

/** Throws when the text is no row. */
export function parseRow(text: string): Row {
  const row: unknown = JSON.parse(text);
  if (typeof row !== "object" || row === null || !("value" in row)) throw new TypeError("not a stored row");
  const expires = numberOf(row, "expires");
  const claimed = numberOf(row, "claimed");
  return {
    value: row.value,
    ...(expires === undefined ? {} : { expires }),
    ...(claimed === undefined ? {} : { claimed }),
  };
}

export function isExpired(row: { readonly expires?: number | undefined }, now: number): boolean {
  return row.expires !== undefined && now > row.expires;
}

/** SQLite keeps text as UTF-8, which has no lone surrogates; every driver folds them in keys in the same way. */
export function foldKey(key: string): string {
  return key.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd");
}

function numberOf(row: object, field: "expires" | "claimed"): number | undefined {
  const value: unknown = Reflect.get(row, field);
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "number") throw new TypeError(`${field} of a stored row is not a number`);
  return value;
}

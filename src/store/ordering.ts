import type { CollectionSpec, IndexValue, RangeQuery } from "../core/ports/store.ts";

/** What every driver agrees on about names, indexes and orders. */

/** Programming errors, found when the collection is declared. */
export function checkSpec<T>(spec: CollectionSpec<T>): void {
  if (!/^[A-Za-z]+$/.test(spec.name)) throw new TypeError(`a collection's name has letters only: ${spec.name}`);
  for (const [name, fields] of Object.entries(spec.indexes)) {
    const isPlain = fields.length > 0 && fields.every((field) => /^[A-Za-z][A-Za-z0-9]*$/.test(field));
    if (!isPlain) throw new TypeError(`index ${name} of ${spec.name} needs fields with plain names`);
  }
}

/** The fields of a declared index, checked against the values that a query brings for them. */
export function requireIndex<T>(spec: CollectionSpec<T>, name: string, query?: RangeQuery): readonly string[] {
  const fields = spec.indexes[name];
  if (!fields) throw new TypeError(`${spec.name} has no index ${name}`);
  const bounded = query?.from !== undefined || query?.to !== undefined ? 1 : 0;
  if ((query?.equal?.length ?? 0) + bounded > fields.length) {
    throw new TypeError(`index ${name} of ${spec.name} has only ${fields.length} fields`);
  }
  return fields;
}

export function requireDueIndex<T>(spec: CollectionSpec<T>, name: string): string {
  const [field, ...others] = requireIndex(spec, name);
  if (field === undefined || others.length > 0)
    throw new TypeError(`index ${name} of ${spec.name} must have one field`);
  return field;
}

/** SQLite's order: numbers before texts, texts by their UTF-8 bytes. */
export function compareValues(a: IndexValue, b: IndexValue): number {
  if (typeof a === "number") return typeof b === "number" ? a - b : -1;
  return typeof b === "number" ? 1 : Buffer.compare(Buffer.from(a), Buffer.from(b));
}

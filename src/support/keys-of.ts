/** The keys of a table that has exactly these, as their own type. */
export function keysOf<K extends string>(table: Readonly<Record<K, unknown>>): readonly K[] {
  const keys: K[] = [];
  for (const key in table) keys.push(key);
  return keys;
}

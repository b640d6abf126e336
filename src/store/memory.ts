import type { Clock } from "../core/ports/clock.ts";
import type { Log } from "../core/ports/log.ts";
import {
  type Collection,
  type CollectionSpec,
  type IndexValue,
  type RangeQuery,
  type Store,
  StoreError,
} from "../core/ports/store.ts";
import { createCorruptRecords } from "./corrupt.ts";
import { checkSpec, compareValues, requireDueIndex, requireIndex } from "./ordering.ts";
import { foldKey, formatRow, isExpired, parseRow, type Row } from "./row.ts";
import { type SweepCollection, sweepAll } from "./sweep.ts";

/** A store that lives and dies with the process, for tests and the sandbox. Ranges read the whole collection. */
export function createMemoryStore(deps: { clock: Clock; log: Log }): Store {
  const collections = new Map<string, unknown>();
  const sweeps: SweepCollection[] = [];
  let isClosed = false;

  function requireOpen(): void {
    if (isClosed) throw new StoreError("unavailable", "the store is closed");
  }

  return {
    async collection<T extends object>(spec: CollectionSpec<T>): Promise<Collection<T>> {
      requireOpen();
      checkSpec(spec);
      const known = collections.get(spec.name);
      // Whoever asks for a name again asks for the type he declared it with: that is the port's contract.
      if (known) return known as Collection<T>;
      const collection = createMemoryCollection(spec, { ...deps, requireOpen });
      collections.set(spec.name, collection);
      sweeps.push(collection.sweep);
      return collection;
    },
    async probe() {
      requireOpen();
    },
    sweep: () => sweepAll(sweeps, deps.clock.now()),
    async close() {
      isClosed = true;
    },
  };
}

interface MemoryDeps {
  readonly clock: Clock;
  readonly log: Log;
  requireOpen(): void;
}

function createMemoryCollection<T extends object>(spec: CollectionSpec<T>, deps: MemoryDeps): Collection<T> {
  const { clock, requireOpen } = deps;
  const rows = new Map<string, Row>();
  const corrupt = createCorruptRecords(spec.name, deps);

  function findRow(key: string): Row | undefined {
    requireOpen();
    const row = rows.get(key);
    return row && !isExpired(row, clock.now()) ? row : undefined;
  }

  /** Every reader gets a copy of its own; nobody can change what is stored. */
  function read(key: string, row: Row): T | undefined {
    try {
      return spec.parse(structuredClone(row.value));
    } catch (error) {
      corrupt.report(key, error);
      return undefined;
    }
  }

  function write(key: string, value: T, expires: number | undefined): void {
    requireOpen();
    rows.set(key, parseRow(formatRow(spec.format?.(value) ?? value, expires)));
  }

  function sorted(fields: readonly string[]): { key: string; row: Row; values: IndexValue[] }[] {
    requireOpen();
    const now = clock.now();
    return [...rows]
      .flatMap(([key, row]) => {
        const values = isExpired(row, now) ? undefined : valuesOf(row, fields);
        return values ? [{ key, row, values }] : [];
      })
      .sort((a, b) => compareAll(a.values, b.values) || compareValues(a.key, b.key));
  }

  return {
    async get(key) {
      const row = findRow(foldKey(key));
      return row && read(foldKey(key), row);
    },
    async put(key, value, options) {
      write(foldKey(key), value, options?.expiresAt);
    },
    async create(key, value, options) {
      if (findRow(foldKey(key))) return false;
      write(foldKey(key), value, options?.expiresAt);
      return true;
    },
    async update(written, change) {
      const key = foldKey(written);
      const row = findRow(key);
      const current = row && read(key, row);
      if (row && !current)
        throw new StoreError("corrupt", `a record of ${spec.name} cannot be read and was left alone`);
      const next = change(current);
      if (next === undefined || next === current) return current;
      write(key, next, row?.expires);
      return next;
    },
    async delete(key) {
      requireOpen();
      rows.delete(foldKey(key));
    },
    async range(index, query) {
      const matching = sorted(requireIndex(spec, index, query)).filter(({ values }) => matches(values, query));
      if (query.reverse) matching.reverse();
      return take(matching, query.limit);
    },
    async claimDue(index, { now, leaseMs, limit }) {
      const field = requireDueIndex(spec, index);
      const due = sorted([field]).filter(({ values }) => typeof values[0] === "number" && values[0] <= now);
      return take(due, limit, ({ key, row }) => {
        const leased = { ...row, value: { ...Object(row.value), [field]: now + leaseMs } };
        rows.set(key, leased);
        return leased;
      });
    },
    async sweep(now) {
      requireOpen();
      const expired = [...rows].filter(([, row]) => isExpired(row, now));
      for (const [key] of expired) rows.delete(key);
      return expired.length;
    },
  };

  function take<E extends { key: string; row: Row }>(
    entries: readonly E[],
    limit: number,
    change?: (entry: E) => Row,
  ): T[] {
    const taken: T[] = [];
    for (const entry of entries) {
      if (taken.length >= limit) break;
      const record = read(entry.key, change ? change(entry) : entry.row);
      if (record) taken.push(record);
    }
    return taken;
  }
}

function valuesOf(row: Row, fields: readonly string[]): IndexValue[] | undefined {
  if (typeof row.value !== "object" || row.value === null) return undefined;
  const values: IndexValue[] = [];
  for (const field of fields) {
    const value: unknown = Reflect.get(row.value, field);
    if (typeof value === "string" || typeof value === "number") values.push(value);
    else if (typeof value === "boolean") values.push(Number(value));
    else return undefined;
  }
  return values;
}

function matches(values: readonly IndexValue[], { equal = [], from, to }: RangeQuery): boolean {
  if (!equal.every((value, place) => value === values[place])) return false;
  const next = values[equal.length];
  if (next === undefined) return true;
  return (from === undefined || compareValues(next, from) >= 0) && (to === undefined || compareValues(next, to) <= 0);
}

function compareAll(a: readonly IndexValue[], b: readonly IndexValue[]): number {
  for (const [place, value] of a.entries()) {
    const other = b[place];
    const order = other === undefined ? 1 : compareValues(value, other);
    if (order !== 0) return order;
  }
  return 0;
}

/**
 * Typed collections of JSON records. Every write is on disk before its promise resolves; a write that fails throws
 * `StoreError` and is never taken for success.
 */
export interface Store {
  /** Asking twice for one name gives the same collection. All collections are declared before the first write. */
  collection<T extends object>(spec: CollectionSpec<T>): Promise<Collection<T>>;
  /** Writes one record, to prove that the store can be written; throws `StoreError` otherwise. */
  probe(): Promise<void>;
  /** Removes what has expired from every collection that is open, little by little; gives how many records that were. */
  sweep(): Promise<number>;
  /** Flushes and closes. Safe to call twice. */
  close(): Promise<void>;
}

export interface CollectionSpec<T> {
  /** Letters only. */
  readonly name: string;
  /** Named orders over top-level fields. A record appears in an index only while it has all of its fields. */
  readonly indexes: Readonly<Record<string, readonly (keyof T & string)[]>>;
  /** Reads an untrusted stored value; throws when it is corrupt. Such a record is left alone, counted and never returned. */
  parse(value: unknown): T;
  /** What is stored of a record, where that is less than all of it; `parse` makes it whole. It is in the indexes by what is stored. */
  format?(record: T): object;
}

export type IndexValue = string | number;

export interface RangeQuery {
  /** Values of the first fields of the index that must be equal. */
  readonly equal?: readonly IndexValue[];
  /** Bounds of the next field: `from` included, `to` included. */
  readonly from?: IndexValue;
  readonly to?: IndexValue;
  /** Highest first. */
  readonly reverse?: boolean;
  readonly limit: number;
}

export interface WriteOptions {
  /** Epoch milliseconds after which the record counts as absent, and `sweep` removes it. */
  readonly expiresAt?: number;
}

export interface Collection<T extends object> {
  get(key: string): Promise<T | undefined>;
  put(key: string, value: T, options?: WriteOptions): Promise<void>;
  /** Inserts if absent. Of many callers, in many processes, exactly one is told `true`. */
  create(key: string, value: T, options?: WriteOptions): Promise<boolean>;
  /**
   * Atomic for each key. `change` gets the record, or `undefined` where there is none, and returns the new one, or the
   * same object, or `undefined`, to leave it as it is. It may be called again when another writer was faster, so it must be pure.
   * Resolves to the record as it then stands.
   */
  update(key: string, change: (current: T | undefined) => T | undefined): Promise<T | undefined>;
  delete(key: string): Promise<void>;
  /** Records in the order of an index; equal index values in the order of their keys. */
  range(index: string, query: RangeQuery): Promise<T[]>;
  /**
   * Takes up to `limit` records whose number in the one-field `index` is at most `now`, earliest first, and moves that
   * number to `now + leaseMs` in the same step (the records come with the moved number), so that nobody else takes them and they come back if we die.
   * Only for work that is harmless to repeat.
   */
  claimDue(index: string, claim: { now: number; leaseMs: number; limit: number }): Promise<T[]>;
  /** Removes records that had expired at `now`; gives their number. At most a few thousand a call. */
  sweep(now: number): Promise<number>;
}

/** A read or write that did not happen. */
export class StoreError extends Error {
  override name = "StoreError";
  /**
   * `unavailable`: try again; `corrupt`: this record cannot be read and was left alone; `locked`: another process owns the
   * store; `unopenable`: the address or the file is wrong.
   */
  readonly code: "unavailable" | "corrupt" | "locked" | "unopenable";

  constructor(code: StoreError["code"], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

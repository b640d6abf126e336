import type { MessageId } from "../core/model/ids.ts";
import type { Collection, CollectionSpec, RangeQuery, Store } from "../core/ports/store.ts";

/**
 * A store in which only one outbound message is ever due, so that a bridge on it works on that one alone: what else waits
 * there belongs to the next `chapar run`, which first reads the edits and cancels that wait at Telegram.
 */
export function createOneMessageStore(store: Store, id: MessageId): Store {
  return {
    async collection<T extends object>(spec: CollectionSpec<T>) {
      const inner = await store.collection(spec);
      if (spec.name === "outbound") return narrow(inner, spec, async () => inner.get(id), id);
      return spec.name === "inbound" ? narrow(inner, spec, async () => undefined, id) : inner;
    },
    probe: () => store.probe(),
    close: () => store.close(),
  };
}

/** Work is found by an index over one field, or over fields of which one ends in `Due`; other indexes are only looked up in. */
function narrow<T extends object>(
  inner: Collection<T>,
  spec: CollectionSpec<T>,
  findOnly: () => Promise<T | undefined>,
  id: MessageId,
): Collection<T> {
  const dueField = (index: string) => (spec.indexes[index] ?? []).find((field) => /^due$|Due$/.test(field));
  return {
    get: (key) => inner.get(key),
    put: (key, value, options) => inner.put(key, value, options),
    create: (key, value, options) => inner.create(key, value, options),
    update: (key, change) => inner.update(key, change),
    delete: (key) => inner.delete(key),
    sweep: async () => 0,
    async range(index, query) {
      const field = dueField(index);
      if (field === undefined) return inner.range(index, query);
      const only = await findOnly();
      return only && isWithin(only[field], query) ? [only] : [];
    },
    async claimDue(index, { now, leaseMs }) {
      const field = dueField(index);
      if (field === undefined || !(await findOnly())) return [];
      let isTaken = false;
      const taken = await inner.update(id, (current) => {
        isTaken = current !== undefined && isWithin(current[field], { to: now, limit: 1 });
        return current && isTaken ? { ...current, [field]: now + leaseMs } : undefined;
      });
      return taken && isTaken ? [taken] : [];
    },
  };
}

function isWithin(value: unknown, { from, to }: RangeQuery): boolean {
  if (typeof value !== "number") return false;
  return !(typeof from === "number" && value < from) && !(typeof to === "number" && value > to);
}

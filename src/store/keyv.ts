import type { Clock } from "../core/ports/clock.ts";
import type { Log } from "../core/ports/log.ts";
import { type Collection, type CollectionSpec, type Store, StoreError } from "../core/ports/store.ts";
import { createCollection } from "./collection.ts";
import { type Connection, openConnection, toStoreError } from "./connection.ts";
import { checkSpec } from "./ordering.ts";
import { formatRow } from "./row.ts";
import { breakSeal } from "./seal.ts";
import { createStatements } from "./statements.ts";
import { type SweepCollection, sweepAll } from "./sweep.ts";
import { createWriter } from "./writer.ts";

export interface KeyvStoreOptions {
  /** Set on the connection that writes, so that a test can fill a small disk (`max_page_count`). */
  readonly pragmas?: Readonly<Record<string, string | number>>;
}

const busyMs = 5000;
/** No name of a collection can be this one. */
const probeTable = "chapar_probe";
const filling = "x".repeat(32_768);

/**
 * A store in one SQLite file: one keyv table and one reading connection for each collection, one connection for every write.
 * Throws `StoreError("unopenable")`. Takes no lock (see `openLock`): others may read and write beside the owner.
 */
export async function openKeyvStore(
  file: string,
  deps: { clock: Clock; log: Log; onCorrupt?: () => void },
  options: KeyvStoreOptions = {},
): Promise<Store> {
  const { clock, log } = deps;
  await breakSeal(file);
  const main = await openConnection(file, { table: probeTable, busyMs, pragmas: options.pragmas ?? {} });
  const probe = createStatements(probeTable, [], () => clock.now());
  const writer = createWriter(main, log);
  const readers: Connection[] = [];
  const collections = new Map<string, Promise<unknown>>();
  const sweeps: SweepCollection[] = [];
  let closing: Promise<void> | undefined;

  async function open<T extends object>(spec: CollectionSpec<T>): Promise<Collection<T>> {
    const table = `chapar_${spec.name}`;
    const reader = await openConnection(file, { table, busyMs });
    readers.push(reader);
    const statements = createStatements(table, Object.values(spec.indexes), () => clock.now());
    for (const sql of statements.createIndexes) await reader.query(sql);
    await reader.query("PRAGMA query_only=ON");
    const collection = createCollection(spec, { ...deps, reader, writer, statements });
    sweeps.push(collection.sweep);
    return collection;
  }

  return {
    async collection<T extends object>(spec: CollectionSpec<T>): Promise<Collection<T>> {
      if (closing !== undefined) throw new StoreError("unavailable", "the store is closed");
      checkSpec(spec);
      const opened = collections.get(spec.name) ?? open(spec);
      collections.set(spec.name, opened);
      try {
        // Whoever asks for a name again asks for the type he declared it with: that is the port's contract.
        return (await opened) as Collection<T>;
      } catch (error) {
        collections.delete(spec.name);
        throw toStoreError(`the collection ${spec.name} could not be opened`, error);
      }
    },
    async probe() {
      // Larger than an SMS with its place in the indexes: on a full disk a small row may still find room where an SMS does not.
      await writer.write(probe.put, ["probe", formatRow({ at: clock.now(), filling }, undefined)]);
      await writer.write(probe.delete, ["probe"]);
    },
    sweep: () => sweepAll(sweeps, clock.now()),
    close() {
      closing ??= closeAll();
      return closing;
    },
  };

  async function closeAll(): Promise<void> {
    await writer.close();
    await Promise.allSettled(collections.values());
    // The writer last: who closes last folds the WAL into the file.
    for (const connection of [...readers, main]) await connection.close();
  }
}

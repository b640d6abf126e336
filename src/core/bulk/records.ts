import type { BulkReceiver, BulkRun, RefusedRow } from "../model/bulk.ts";
import type { MessageId } from "../model/ids.ts";
import { foldNumber, type Peer } from "../model/phone.ts";
import type { Collection, CollectionSpec, Store, WriteOptions } from "../ports/store.ts";

/** Receivers that are read, and handed to the outbox, together. */
export const pageSize = 250;

/** Keeps the place of somebody who was forgotten. */
export const nobody: BulkReceiver = { peer: "", values: [] };

export interface BulkPage {
  readonly id: string;
  readonly receivers: readonly BulkReceiver[];
  /** On a page of their own. */
  readonly refused?: readonly RefusedRow[];
}

export interface BulkRecords {
  readonly runs: Collection<BulkRun>;
  /** All of its pages are on disk before a run is. */
  writePages(run: MessageId, receivers: readonly BulkReceiver[], options: WriteOptions): Promise<void>;
  /** For the report. */
  writeRefused(run: MessageId, refused: readonly RefusedRow[], options: WriteOptions): Promise<void>;
  readRefused(run: MessageId): Promise<readonly RefusedRow[]>;
  /** The receivers from a place on that is the first of a page. */
  readPage(run: MessageId, from: number): Promise<readonly BulkReceiver[]>;
  /** Somebody who is to be forgotten gets nothing of it, and is not in its report. */
  forget(run: Pick<BulkRun, "id" | "total">, peer: Peer): Promise<void>;
  dropPages(run: Pick<BulkRun, "id" | "total">): Promise<void>;
}

export const bulkRunSpec: CollectionSpec<BulkRun> = {
  name: "bulkruns",
  indexes: { due: ["due"] },
  parse(value) {
    if (typeof value !== "object" || value === null) throw new TypeError("not a record");
    const { id, desk, line, text, state, total, next } = value as Partial<BulkRun>;
    const isWhole = [id, desk, line, text, state].every((field) => typeof field === "string");
    if (!isWhole || typeof total !== "number" || typeof next !== "number") throw new TypeError("not a bulk run");
    return value as BulkRun;
  },
};

export const bulkPageSpec: CollectionSpec<BulkPage> = {
  name: "bulkpages",
  indexes: {},
  parse(value) {
    if (typeof value !== "object" || value === null) throw new TypeError("not a record");
    const { id, receivers } = value as Partial<BulkPage>;
    if (typeof id !== "string" || !Array.isArray(receivers)) throw new TypeError("not a page of receivers");
    return value as BulkPage;
  },
};

export async function openBulkRecords(store: Store): Promise<BulkRecords> {
  const runs = await store.collection(bulkRunSpec);
  const pages = await store.collection(bulkPageSpec);

  return {
    runs,
    async writePages(run, receivers, options) {
      for (let from = 0; from < receivers.length; from += pageSize) {
        const id = pageId(run, from);
        await pages.put(id, { id, receivers: receivers.slice(from, from + pageSize) }, options);
      }
    },
    async writeRefused(run, refused, options) {
      const id = refusedId(run);
      if (refused.length > 0) await pages.put(id, { id, receivers: [], refused }, options);
    },
    readRefused: async (run) => (await pages.get(refusedId(run)))?.refused ?? [],
    async readPage(run, from) {
      const page = await pages.get(pageId(run, from));
      if (page === undefined) throw new Error(`no page of receivers at ${from}`);
      return page.receivers;
    },
    async forget({ id, total }, peer) {
      const isOther = ({ written }: RefusedRow) => foldNumber(written) !== peer;
      await pages.update(refusedId(id), (page) => page && { ...page, refused: page.refused?.filter(isOther) ?? [] });
      for (let from = 0; from < total; from += pageSize) {
        await pages.update(pageId(id, from), (page) =>
          page?.receivers.some((one) => one.peer === peer)
            ? { ...page, receivers: page.receivers.map((one) => (one.peer === peer ? nobody : one)) }
            : page,
        );
      }
    },
    async dropPages({ id, total }) {
      for (let from = 0; from < total; from += pageSize) await pages.delete(pageId(id, from));
      await pages.delete(refusedId(id));
    },
  };
}

function refusedId(run: MessageId): string {
  return `${run}/refused`;
}

function pageId(run: MessageId, from: number): string {
  return `${run}/${from}`;
}

import type { Collection, IndexValue } from "./ports/store.ts";

const pageSize = 500;
/** The limit of a query for what is due, which is read whole: it fits into the memory. */
export const everything = 1_000_000;

/**
 * Reads what lies from `from` to `to` in an index of numbers, page after page, so that nothing else waits for long. What moves up in the
 * index meanwhile may come twice.
 */
export async function* pagesOf<T extends object>(
  collection: Pick<Collection<T>, "range">,
  index: string,
  {
    equal,
    from,
    to,
    numberOf,
  }: {
    /** Of the fields before the number. */
    readonly equal?: readonly IndexValue[];
    readonly from?: number;
    readonly to?: number;
    numberOf(record: T): number | undefined;
  },
): AsyncGenerator<readonly T[]> {
  let start = from;
  for (let limit = pageSize; ; ) {
    const within = equal === undefined ? {} : { equal };
    const bounds = { ...within, ...(start === undefined ? {} : { from: start }), ...(to === undefined ? {} : { to }) };
    const page = await collection.range(index, { ...bounds, limit });
    yield page;
    const [first, last] = [page[0], page.at(-1)];
    if (page.length < limit || !first || !last) return;
    start = numberOf(last);
    // Many may have one number; the next page begins with it, and must reach beyond it.
    limit = numberOf(first) === start ? limit * 2 : pageSize;
  }
}

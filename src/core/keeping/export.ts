import type { DeskId } from "../model/ids.ts";
import type { Inbound, Outbound } from "../model/message.ts";
import type { ThreadId } from "../model/thread.ts";
import { pagesOf } from "../pages.ts";
import type { Records } from "../records.ts";

/** An SMS of either direction. */
export type Exported =
  | { readonly direction: "in"; readonly message: Inbound }
  | { readonly direction: "out"; readonly message: Outbound };

/** Reads messages for people who take them away: in their order, page by page, never all of them at once. */
export interface Exports {
  ofThread(thread: ThreadId, span?: Span): AsyncGenerator<Exported>;
  ofDesk(desk: DeskId, span: Span): AsyncGenerator<Exported>;
}

/** What came in and was written from then to then, both included, epoch milliseconds. */
export interface Span {
  readonly from?: number;
  readonly to?: number;
}

export function createExports({ inbound, outbound }: Records): Exports {
  const placeIn = ({ seq }: Inbound) => seq;
  const placeOut = ({ order }: Outbound) => order;

  return {
    ofThread: (thread, span = {}) =>
      merged(
        eachOf(pagesOf(inbound, "thread", { equal: [thread], ...placesIn(span), numberOf: placeIn })),
        eachOf(pagesOf(outbound, "thread", { equal: [thread], ...placesIn(span), numberOf: placeOut })),
      ),
    async *ofDesk(desk, span) {
      const all = merged(
        eachOf(pagesOf(inbound, "seq", { ...placesIn(span), numberOf: placeIn })),
        eachOf(pagesOf(outbound, "order", { ...placesIn(span), numberOf: placeOut })),
      );
      for await (const one of all) if (one.message.desk === desk) yield one;
    },
  };
}

/** Both kinds take their places from one sequence, microseconds. */
function placesIn({ from, to }: Span): Span {
  return { ...(from === undefined ? {} : { from: from * 1000 }), ...(to === undefined ? {} : { to: to * 1000 + 999 }) };
}

/** One after the other, each once: the next page may begin with what the last one ended with. */
async function* eachOf<T extends { readonly id: string }>(pages: AsyncGenerator<readonly T[]>): AsyncGenerator<T> {
  let before = new Set<string>();
  for await (const page of pages) {
    for (const one of page) if (!before.has(one.id)) yield one;
    before = new Set(page.map(({ id }) => id));
  }
}

async function* merged(ins: AsyncGenerator<Inbound>, outs: AsyncGenerator<Outbound>): AsyncGenerator<Exported> {
  let [came, went] = await Promise.all([ins.next(), outs.next()]);
  while (!came.done || !went.done) {
    if (!came.done && (went.done || came.value.seq <= went.value.order)) {
      yield { direction: "in", message: came.value };
      came = await ins.next();
    } else if (!went.done) {
      yield { direction: "out", message: went.value };
      went = await outs.next();
    }
  }
}

import type { Clock } from "../../core/ports/clock.ts";
import { type FailureCode, ProviderError } from "../../core/ports/provider-error.ts";
import type { Report, Reports, SentId } from "../../core/ports/sms-provider.ts";
import { requireCount } from "../count.ts";
import { fewAtOnce } from "../few-at-once.ts";
import type { SoapPanelClient } from "./client.ts";

const idsPerCall = 20;
/** The manual speaks of a shortest time between two updates and does not name it. */
const restMs = 5 * 60_000;
const mostRests = 10_000;

/** After these the panel is not there for any question. One of its methods alone may hang or fail. */
const away: ReadonlySet<FailureCode> = new Set(["unreachable", "interrupted", "address-refused"]);

/**
 * The reports of what was sent. The panel reads anew what it knows of all receivers of one call when it is asked to by any id of
 * it (`UpdateDelivery`), and then tells of each receiver by itself (`GetDelivery`).
 */
export function createReports(
  client: Pick<SoapPanelClient, "getDelivery" | "updateDelivery">,
  { clock, askAtSeconds }: { readonly clock: Clock; readonly askAtSeconds: readonly number[] },
): Reports {
  /** Batches that are left alone, with the end of their rest. */
  const rests = new Map<string, number>();

  async function update(batch: string, id: string, signal: AbortSignal): Promise<void> {
    try {
      if ((await client.updateDelivery(id, signal)) === "too-early") rest(batch);
    } catch (error) {
      if (error instanceof ProviderError && error.code === "no-answer") rest(batch);
      throw error;
    }
  }

  function rest(batch: string): void {
    const now = clock.now();
    for (const [known, until] of rests) {
      if (until > now && rests.size < mostRests) break;
      rests.delete(known);
    }
    rests.delete(batch);
    rests.set(batch, now + restMs);
  }

  return {
    idsPerCall,
    askAtSeconds,
    async fetch(ids, signal) {
      requireCount("ids", ids.length, idsPerCall);
      const batches = [...batchesOf(ids)].filter(([batch]) => (rests.get(batch) ?? 0) <= clock.now());
      const unrefreshed = await fewAtOnce(batches, ([batch, id]) => update(batch, id, signal));
      // What the panel knew before may be read all the same.
      if (unrefreshed && away.has(unrefreshed.code)) throw unrefreshed;
      const told: Report[] = [];
      const failure = await fewAtOnce(new Set(ids.map(({ id }) => id)), async (id) => {
        told.push(await client.getDelivery(id, signal));
      });
      if (failure && told.length === 0) throw failure;
      return told;
    },
  };
}

/** One id of each batch, by its name. An SMS to one receiver is a batch of its own. */
function batchesOf(ids: readonly SentId[]): ReadonlyMap<string, string> {
  return new Map(ids.map(({ id, batch }) => [batch ?? id, id]));
}

import type { ProviderId } from "../model/ids.ts";
import type { HealthArea } from "../panels/health.ts";
import type { Clock } from "../ports/clock.ts";
import { type FailureCode, failureCodes } from "../ports/provider-error.ts";
import type { Store } from "../ports/store.ts";
import { type Once, openOnce } from "./once.ts";

/** What operators have been told, so that a restart tells them nothing twice and does not forget to say that it is over. */
export interface ToldMemory extends Once {
  /** Of each panel the faults that were told and are not over. */
  readonly faults: ReadonlyMap<ProviderId, readonly ToldFault[]>;
  keepFaults(provider: ProviderId, faults: readonly ToldFault[]): Promise<void>;
}

export interface ToldFault {
  readonly code: FailureCode;
  readonly area: HealthArea;
}

interface ToldFaults {
  readonly id: ProviderId;
  readonly at: number;
  readonly faults: readonly ToldFault[];
}

const mostProviders = 10_000;

export async function openTold({ store, clock }: { store: Store; clock: Clock }): Promise<ToldMemory> {
  const once = await openOnce({ store, clock }, "toldOnce");
  const faults = await store.collection({ name: "toldFaults", indexes: { at: ["at"] }, parse: parseFaults });
  const known = await faults.range("at", { limit: mostProviders });

  return {
    faults: new Map(known.map(({ id, faults: told }) => [id, told])),
    keepFaults: (id, told) =>
      told.length === 0 ? faults.delete(id) : faults.put(id, { id, at: clock.now(), faults: told }),
    ...once,
  };
}

function parseFaults(value: unknown): ToldFaults {
  if (typeof value !== "object" || value === null) throw new TypeError("not a record");
  const { id, at, faults } = value as Partial<ToldFaults>;
  if (typeof id !== "string" || typeof at !== "number" || !Array.isArray(faults))
    throw new TypeError("not told faults");
  return { id, at, faults: faults.filter(({ code }) => failureCodes.includes(code)) };
}

import type { HealthArea } from "./health.ts";
import type { ProviderId } from "./model/ids.ts";
import type { Clock } from "./ports/clock.ts";
import { type FailureCode, failureCodes } from "./ports/provider-error.ts";
import type { Store } from "./ports/store.ts";

/** What operators have been told, so that a restart tells them nothing twice and does not forget to say that it is over. */
export interface ToldMemory {
  /** Of each panel the faults that were told and are not over. */
  readonly faults: ReadonlyMap<ProviderId, readonly ToldFault[]>;
  keepFaults(provider: ProviderId, faults: readonly ToldFault[]): Promise<void>;
  /** `true` for the first who asks in each span of time. */
  isFirst(key: string, spanMs: number): Promise<boolean>;
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
  const once = await store.collection({ name: "toldOnce", indexes: {}, parse: parseOnce });
  const faults = await store.collection({ name: "toldFaults", indexes: { at: ["at"] }, parse: parseFaults });
  const known = await faults.range("at", { limit: mostProviders });

  return {
    faults: new Map(known.map(({ id, faults: told }) => [id, told])),
    keepFaults: (id, told) =>
      told.length === 0 ? faults.delete(id) : faults.put(id, { id, at: clock.now(), faults: told }),
    isFirst(key, spanMs) {
      const at = clock.now();
      return once.create(key, { at }, { expiresAt: at + spanMs });
    },
  };
}

function parseOnce(value: unknown): { at: number } {
  if (typeof value !== "object" || value === null) throw new TypeError("not a record");
  const { at } = value as Partial<{ at: number }>;
  if (typeof at !== "number") throw new TypeError("not a moment");
  return { at };
}

function parseFaults(value: unknown): ToldFaults {
  if (typeof value !== "object" || value === null) throw new TypeError("not a record");
  const { id, at, faults } = value as Partial<ToldFaults>;
  if (typeof id !== "string" || typeof at !== "number" || !Array.isArray(faults))
    throw new TypeError("not told faults");
  return { id, at, faults: faults.filter(({ code }) => failureCodes.includes(code)) };
}

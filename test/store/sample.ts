import type { Log } from "../../src/core/ports/log.ts";
import type { CollectionSpec } from "../../src/core/ports/store.ts";

/** A record with every kind of field that an index may be over. `broken` stands for a value that `parse` refuses. */
export interface Sample {
  readonly text: string;
  readonly thread?: string;
  readonly order?: number;
  readonly due?: number;
  readonly count?: number;
  readonly broken?: boolean;
}

export const sampleSpec: CollectionSpec<Sample> = {
  name: "samples",
  indexes: { due: ["due"], thread: ["thread", "order"], order: ["order"] },
  parse(value) {
    if (typeof value !== "object" || value === null) throw new TypeError("not a record");
    const text: unknown = Reflect.get(value, "text");
    if (typeof text !== "string" || Reflect.get(value, "broken") === true) throw new TypeError("not a sample");
    return { ...value, text };
  },
};

/** A clock that stands still until it is told the time. */
export function createHandClock(now = 1_700_000_000_000) {
  return {
    now: () => now,
    set: (moment: number) => {
      now = moment;
    },
    after: () => () => undefined,
  };
}

/** Keeps what was logged as an error. */
export function createErrorLog(): Log & { readonly errors: { facts: object; message: string }[] } {
  const errors: { facts: object; message: string }[] = [];
  const ignore = () => undefined;
  return {
    errors,
    debug: ignore,
    info: ignore,
    warn: ignore,
    error: (facts, message) => void errors.push({ facts, message }),
    child() {
      return this;
    },
  };
}

export type TestClock = ReturnType<typeof createHandClock>;
export type TestLog = ReturnType<typeof createErrorLog>;

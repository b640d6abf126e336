import { onTestFinished } from "vitest";
import type { Collection, Store } from "../../../src/core/ports/store.ts";
import {
  createErrorLog,
  createHandClock,
  type Sample,
  sampleSpec,
  type TestClock,
  type TestLog,
} from "../../store/sample.ts";

/** Opens an empty store of the driver under test. */
export type OpenStore = (deps: { clock: TestClock; log: TestLog }) => Promise<Store>;

export interface OpenedSamples {
  readonly store: Store;
  readonly samples: Collection<Sample>;
  readonly clock: TestClock;
  readonly log: TestLog;
  /** What the clock says at the beginning. */
  readonly start: number;
}

/** Opens an empty store with a collection of samples, closed when the test is over. */
export type OpenSamples = () => Promise<OpenedSamples>;

export function createOpenSamples(open: OpenStore): OpenSamples {
  return async () => {
    const clock = createHandClock();
    const log = createErrorLog();
    const store = await open({ clock, log });
    onTestFinished(() => store.close());
    return { store, samples: await store.collection(sampleSpec), clock, log, start: clock.now() };
  };
}

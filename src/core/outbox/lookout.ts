import type { Outbound } from "../model/message.ts";
import { pagesOf } from "../pages.ts";
import type { Clock } from "../ports/clock.ts";
import type { Log } from "../ports/log.ts";
import type { Records } from "../records.ts";
import type { Sequence } from "../sequence.ts";

/** How often the store is searched for messages that another process wrote. */
const lookMs = 500;
/** Another process commits a little after it takes its place in the order, and ours go on meanwhile. */
const lateMs = 2000;
/** Now and then all that is open is looked at, for what was committed much later. */
const fullLookMs = 30_000;

/** Finds what other processes put into the store. */
export interface Lookout {
  /** Everything in the store up to now is known. */
  start(): void;
  /** Looks where it is time to, aside: nobody waits for it. */
  glance(): void;
  stop(): Promise<void>;
}

export interface LookoutDeps {
  readonly records: Pick<Records, "outbound">;
  readonly sequence: Sequence;
  readonly clock: Clock;
  readonly log: Log;
  /** Given what is found, known or not, as it was a moment ago. */
  found(messages: readonly Outbound[]): Promise<void> | void;
}

export function createLookout({ records, sequence, clock, log, found }: LookoutDeps): Lookout {
  /** How far the order had been read at which time, the oldest first. What comes late is looked for behind the newest. */
  let marks: { readonly at: number; readonly order: number }[] = [];
  let lookAt = 0;
  let fullLookAt = 0;
  let looking: Promise<void> | undefined;
  let isStopped = false;

  async function look(): Promise<void> {
    const now = clock.now();
    while (marks[1] !== undefined && marks[1].at <= now - lateMs) marks.shift();
    let seen = marks.at(-1)?.order ?? 0;
    const from = (marks[0]?.order ?? 0) + 1;
    for await (const page of pagesOf(records.outbound, "order", { from, numberOf: ({ order }) => order })) {
      await found(page);
      seen = Math.max(seen, page.at(-1)?.order ?? 0);
      if (isStopped) return;
    }
    marks.push({ at: now, order: seen });
    if (now < fullLookAt) return;
    // What has its time later is found when that has come.
    for await (const page of pagesOf(records.outbound, "due", { to: now, numberOf: ({ due }) => due })) {
      await found(page);
      if (isStopped) return;
    }
    fullLookAt = clock.now() + fullLookMs;
  }

  return {
    start() {
      const now = clock.now();
      marks = [{ at: now, order: sequence.last() }];
      lookAt = now + lookMs;
      fullLookAt = now + fullLookMs;
    },
    glance() {
      if (looking !== undefined || isStopped || clock.now() < lookAt) return;
      looking = look()
        .catch((error: unknown) => log.error({ err: error }, "store could not be searched for messages of others"))
        .finally(() => {
          looking = undefined;
          lookAt = clock.now() + lookMs;
        });
    },
    async stop() {
      isStopped = true;
      await looking;
    },
  };
}

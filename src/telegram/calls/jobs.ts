export type JobKind = "message" | "edit";
/**
 * What goes on with something begun, so that no topic stands empty; SMS and failures; then answers to people, then ticks. Cards come
 * last, and leave half of what the limit allows to ticks that are still to come.
 */
export type Priority = "begun" | "post" | "answer" | "tick" | "card";

export interface Job<T> {
  /** A negative id is a group, a positive one a private chat. */
  readonly chat: string;
  /** A message that is new in the chat, or a change to one that stands there: Telegram counts them apart. */
  readonly kind: JobKind;
  readonly priority: Priority;
  /** Of the jobs of one chat and kind that wait under one key only the newest runs. They must give the same type. */
  readonly key?: string;
  /** Runs when its turn has come; again after a 429, and only then. */
  readonly call: () => Promise<T>;
}

/** A job that waits for its turn. */
export interface Waiting {
  readonly rank: number;
  readonly key: string | undefined;
  call: () => Promise<unknown>;
  /** Those who asked: several once a newer job has taken the place of an older one. */
  readonly askers: { resolve(value: unknown): void; reject(error: unknown): void }[];
}

/** What got a 429 is repeated first. */
const repeatedFirst = 0;
const ranks: Readonly<Record<Priority, number>> = { begun: 1, post: 2, answer: 3, tick: 4, card: 5 };

/** Whether what is next leaves half of the limit to others. */
export function isModest(queue: Pick<JobQueue, "rank">): boolean {
  return queue.rank() === ranks.card;
}

/** Jobs in the order of their turns: by priority, and within a priority as they came. */
export interface JobQueue {
  readonly size: number;
  /** Of the next one; `Infinity` when there is none. */
  rank(): number;
  /** A newer job of the same key takes the older one's place, or its own where that is better. */
  add(job: Job<unknown>, asker: Waiting["askers"][number]): void;
  /** Its turn comes again first; where a newer job of its key has come meanwhile, as that one. */
  repeat(job: Waiting): void;
  shift(): Waiting | undefined;
}

export function createJobQueue(): JobQueue {
  const byRank: readonly Waiting[][] = [[], [], [], [], [], []];
  const byKey = new Map<string, Waiting>();

  function next(): Waiting[] | undefined {
    return byRank.find((jobs) => jobs.length > 0);
  }

  function put(job: Waiting): void {
    byRank[job.rank]?.push(job);
    if (job.key !== undefined) byKey.set(job.key, job);
  }

  function remove(job: Waiting): void {
    const jobs = byRank[job.rank];
    jobs?.splice(jobs.indexOf(job), 1);
    if (job.key !== undefined) byKey.delete(job.key);
  }

  function find(key: string | undefined): Waiting | undefined {
    return key === undefined ? undefined : byKey.get(key);
  }

  return {
    get size() {
      return byRank.reduce((sum, jobs) => sum + jobs.length, 0);
    },
    rank: () => next()?.[0]?.rank ?? Number.POSITIVE_INFINITY,
    add({ key, priority, call }, asker) {
      const rank = ranks[priority];
      const older = find(key);
      if (older && older.rank <= rank) {
        older.call = call;
        older.askers.push(asker);
        return;
      }
      if (older) remove(older);
      put({ rank, key, call, askers: [...(older?.askers ?? []), asker] });
    },
    repeat(job) {
      const newer = find(job.key);
      if (newer) remove(newer);
      const askers = [...job.askers, ...(newer?.askers ?? [])];
      put({ rank: repeatedFirst, key: job.key, call: newer?.call ?? job.call, askers });
    },
    shift() {
      const [job] = next() ?? [];
      if (job) remove(job);
      return job;
    },
  };
}

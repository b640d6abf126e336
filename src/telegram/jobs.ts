export type JobKind = "message" | "edit";
/** SMS and failures, then answers to people, then ticks. */
export type Priority = "post" | "answer" | "tick";

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
  rank: number;
  readonly key: string | undefined;
  call: () => Promise<unknown>;
  /** Those who asked: several once a newer job has taken the place of an older one. */
  readonly askers: { resolve(value: unknown): void; reject(error: unknown): void }[];
}

const ranks: Readonly<Record<Priority, number>> = { post: 1, answer: 2, tick: 3 };
/** Before every priority: what got a 429 is repeated first. */
export const repeatedFirst = 0;

/** A newer job of the same key takes the older one's place, or its own where that is better. */
export function enqueue(waiting: Waiting[], job: Job<unknown>, asker: Waiting["askers"][number]): void {
  const rank = ranks[job.priority];
  const older = job.key === undefined ? undefined : waiting.find((other) => other.key === job.key);
  if (older && older.rank <= rank) {
    older.call = job.call;
    older.askers.push(asker);
    return;
  }
  if (older) waiting.splice(waiting.indexOf(older), 1);
  const place = waiting.findIndex((other) => other.rank > rank);
  const entry = { rank, key: job.key, call: job.call, askers: [...(older?.askers ?? []), asker] };
  waiting.splice(place < 0 ? waiting.length : place, 0, entry);
}

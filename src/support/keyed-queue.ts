/** Runs tasks of one key one after the other, in the order they came; tasks of different keys do not wait for each other. */
export type KeyedQueue = <R>(key: string, task: () => Promise<R>) => Promise<R>;

export function createKeyedQueue(): KeyedQueue {
  const last = new Map<string, Promise<unknown>>();
  return async (key, task) => {
    const before = last.get(key)?.then(ignore, ignore);
    const mine = before === undefined ? task() : before.then(task);
    last.set(key, mine);
    try {
      return await mine;
    } finally {
      if (last.get(key) === mine) last.delete(key);
    }
  };
}

function ignore(): void {}

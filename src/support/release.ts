export type Stop = () => void | Promise<void>;

/** What must be given back, in the reverse of the order in which it was taken. */
export interface ReleaseStack {
  add(stop: Stop): void;
  /**
   * Runs every stop, the newest first and one after the other, each even where another one throws; then throws what was
   * thrown (an `AggregateError` for several). Safe to call twice: the second call waits for the first and finds nothing left.
   */
  release(): Promise<void>;
}

/** Opens something that takes what must be given back; where it throws, what was taken by then is released. */
export async function openReleasably<T>(open: (stack: ReleaseStack) => Promise<T>): Promise<T> {
  const stack = createReleaseStack();
  try {
    return await open(stack);
  } catch (error) {
    await stack.release();
    throw error;
  }
}

export function createReleaseStack(): ReleaseStack {
  const stops: Stop[] = [];
  let running: Promise<unknown> = Promise.resolve();

  async function releaseAll(): Promise<void> {
    const errors: unknown[] = [];
    for (let stop = stops.pop(); stop; stop = stops.pop()) {
      try {
        await stop();
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length === 1) throw errors[0];
    if (errors.length > 1) throw new AggregateError(errors, "several parts did not stop cleanly");
  }

  return {
    add: (stop) => void stops.push(stop),
    release() {
      const mine = running.then(releaseAll);
      running = mine.catch(() => undefined);
      return mine;
    },
  };
}

const longestTimeout = 2 ** 31 - 1;

/** The time of the machine. A wait longer than the 24.8 days that `setTimeout` can hold is made of several. */
export function createSystemClock(): { now(): number; after(ms: number, run: () => void): () => void } {
  return {
    now: () => Date.now(),
    after(ms, run) {
      let left = ms;
      let timer: NodeJS.Timeout;
      const wait = () => {
        const step = Math.min(left, longestTimeout);
        left -= step;
        timer = setTimeout(left > 0 ? wait : run, step);
      };
      wait();
      return () => clearTimeout(timer);
    },
  };
}

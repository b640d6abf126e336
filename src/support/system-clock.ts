const longestTimeout = 2 ** 31 - 1;

/**
 * The time of the machine. It never runs backwards: while the machine's clock is behind what was given before, because somebody
 * set it back, time goes on at half its pace until the machine has caught up. What was set forward is followed at once.
 * A wait longer than the 24.8 days that `setTimeout` can hold is made of several.
 */
export function createSystemClock(
  machine: { wall(): number; steady(): number } = { wall: Date.now, steady: () => performance.now() },
): { now(): number; after(ms: number, run: () => void): () => void } {
  let given = machine.wall();
  let givenAt = machine.steady();
  return {
    now() {
      const steady = machine.steady();
      given = Math.max(machine.wall(), given + (steady - givenAt) / 2);
      givenAt = steady;
      return Math.floor(given);
    },
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

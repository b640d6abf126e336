/**
 * Sets the clock of a bridge ahead, as if its machine had stood still until now. Loaded before it, with
 * `node --import ./team/clock-ahead.js dist/cli.js run`; `CLOCK_AHEAD_MS` says how far.
 */
const aheadMs = Number(process.env.CLOCK_AHEAD_MS ?? 0);
const now = Date.now.bind(Date);

globalThis.Date = class extends Date {
  constructor(...given) {
    super(...(given.length === 0 ? [now() + aheadMs] : given));
  }
  static now() {
    return now() + aheadMs;
  }
};

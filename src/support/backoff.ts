export interface BackoffOptions {
  /** The longest wait after the first failure, in milliseconds. */
  readonly firstMs: number;
  /** No wait is longer, in milliseconds. */
  readonly maxMs: number;
  /** A number from 0 to 1, 1 excluded. */
  readonly random: () => number;
}

/**
 * How long to wait after the `tries`-th failure in a row (1 for the first), in whole milliseconds: doubling, capped, and
 * with up to half of it left to chance, so that many who failed together do not come back together.
 */
export function backoffMs(tries: number, options: BackoffOptions): number {
  const doublings = Math.min(Math.max(tries - 1, 0), 52);
  const longest = Math.min(options.firstMs * 2 ** doublings, options.maxMs);
  return Math.round(longest / 2 + (longest / 2) * options.random());
}

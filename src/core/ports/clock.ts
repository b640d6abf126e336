/** Time, so that a test can own it. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Calls `run` once after `ms`. Returns how to stop it; stopping twice is safe. */
  after(ms: number, run: () => void): () => void;
}

/** `Collection.sweep`: removes a few hundred records that had expired at `now`, and gives how many. */
export type SweepCollection = (now: number) => Promise<number>;

/** Sweeps one collection after the other, in steps between which others may write. */
export async function sweepAll(sweeps: readonly SweepCollection[], now: number): Promise<number> {
  let removed = 0;
  for (const sweep of sweeps) {
    for (let step = await sweep(now); step > 0; step = await sweep(now)) removed += step;
  }
  return removed;
}

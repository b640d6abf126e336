/** Iran has had no summer time since 2022. */
const offsetMs = 3.5 * 3_600_000;

/** The wall time of Tehran without a zone, as .NET reads a `dateTime`: `2026-11-22T14:05:09`. Takes epoch milliseconds. */
export function toTehranTime(at: number): string {
  return new Date(at + offsetMs).toISOString().slice(0, 19);
}

import { setTimeout as pause } from "node:timers/promises";

/** Looks again and again; whether it came to be so within that time. */
export async function until(isSo: () => boolean, ms: number): Promise<boolean> {
  const end = performance.now() + ms;
  while (!isSo()) {
    if (performance.now() >= end) return false;
    await pause(20);
  }
  return true;
}

import { ProviderError } from "../core/ports/provider-error.ts";

/** Throws `bad-request` where a call would carry nothing, or more than the panel takes at once. `what`: `receivers`, `ids`. */
export function requireCount(what: string, count: number, most: number): void {
  if (count >= 1 && count <= most) return;
  throw new ProviderError("bad-request", `the panel takes 1 to ${most} ${what} a call, not ${count}`, {
    certain: true,
  });
}

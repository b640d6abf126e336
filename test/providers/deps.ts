import { inspect } from "node:util";
import { ProviderError } from "../../src/core/ports/provider-error.ts";
import type { ProviderDeps } from "../../src/providers/kind.ts";
import { createSystemClock } from "../../src/support/system-clock.ts";

/** A log that keeps what it was told. */
export function createDeps(): ProviderDeps & { readonly logged: unknown[] } {
  const logged: unknown[] = [];
  const write = (facts: object, message: string) => void logged.push({ facts, message });
  const log = { debug: write, info: write, warn: write, error: write, child: () => log };
  return { clock: createSystemClock(), log, logged };
}

export const never = new AbortController().signal;

/** The `ProviderError` that a call must end with. */
export async function failureOf(call: Promise<unknown>): Promise<ProviderError> {
  const outcome = await call.then(
    (value) => new Error(`expected a failure, got ${inspect(value)}`),
    (error: unknown) => error,
  );
  if (outcome instanceof ProviderError) return outcome;
  throw outcome;
}

/** Everything that a log or a debugger could show of a value, hidden fields and causes too. */
export function everythingIn(value: unknown): string {
  const deep = inspect(value, { depth: 20, showHidden: true, maxArrayLength: null, maxStringLength: null });
  const fields = value instanceof Error ? [value.message, value.stack ?? "", everythingIn(value.cause ?? "")] : [];
  return [deep, JSON.stringify(value), ...fields].join("\n");
}

import { ApiFailure, type ResponseParameters } from "./errors.ts";

/** An answer that was written in advance. */
export interface ScriptedFailure {
  readonly code: number;
  /** With its prefix: `Bad Request: message thread not found`. */
  readonly description: string;
  readonly parameters?: ResponseParameters;
  /** Default 1. */
  readonly times?: number;
  /** `after`: the call takes effect and fails nevertheless. Default `before`. */
  readonly when?: "before" | "after";
  /** Only calls whose parameters it accepts. */
  readonly match?: (parameters: Readonly<Record<string, unknown>>) => boolean;
}

export interface Faults {
  /** `"*"` is every method. Returns how to take it back. */
  fail(method: string, failure: ScriptedFailure): () => void;
  /** Takes the next failure for this call, if there is one. */
  take(
    method: string,
    parameters: Readonly<Record<string, unknown>>,
  ): { error: ApiFailure; when: "before" | "after" } | undefined;
}

export function createFaults(): Faults {
  const scripted = new Set<{ method: string; failure: ScriptedFailure; left: number }>();
  return {
    fail(method, failure) {
      const entry = { method, failure, left: failure.times ?? 1 };
      scripted.add(entry);
      return () => void scripted.delete(entry);
    },
    take(method, parameters) {
      for (const entry of scripted) {
        if (entry.method !== "*" && entry.method !== method) continue;
        const { failure } = entry;
        if (failure.match && !failure.match(parameters)) continue;
        entry.left -= 1;
        if (entry.left <= 0) scripted.delete(entry);
        return {
          error: new ApiFailure(failure.code, failure.description, failure.parameters),
          when: failure.when ?? "before",
        };
      }
      return undefined;
    },
  };
}

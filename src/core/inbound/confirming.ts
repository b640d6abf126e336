import type { ProviderCall } from "../events.ts";
import { type FailureCode, ProviderError, passingFaults } from "../ports/provider-error.ts";
import type { PolledInbox } from "./poll-answers.ts";
import type { Question } from "./poll-memory.ts";

const idsPerCall = 100;
/** So that new SMS do not wait for years of old ones to be confirmed. */
const mostCalls = 10;
/** The same call may work another time. */
const passing: ReadonlySet<FailureCode> = new Set([...passingFaults, "interrupted"]);

/**
 * Tells a panel what is stored, where it can be told. What it costs that it is not told: it lists the SMS once more, and they are
 * known.
 */
export interface Confirming {
  /** These are in the last answer to a question, and stored. */
  add(question: Question, ids: readonly string[]): void;
  run(isStopping: () => boolean): Promise<void>;
}

export function createConfirming(
  { inbox, lines }: PolledInbox,
  deps: {
    call<T>(name: ProviderCall, run: () => Promise<T>): Promise<T | ProviderError>;
    readonly signal: AbortSignal;
  },
): Confirming {
  const { call, signal } = deps;
  const listed = new Map<Question, ReadonlySet<string>>();
  const waiting = new Set<string>();
  /** Of what is still listed. */
  let done = new Set<string>();
  let isOff = inbox.confirm === undefined;

  return {
    add(question, ids) {
      if (isOff) return;
      listed.set(question, new Set(ids));
      const isListed = (id: string) => [...listed.values()].some((answer) => answer.has(id));
      done = new Set([...done].filter(isListed));
      for (const id of ids) if (!done.has(id)) waiting.add(id);
    },
    async run(isStopping) {
      for (let calls = 0; calls < mostCalls && waiting.size > 0 && !isOff && !isStopping(); calls += 1) {
        const ids = [...waiting].slice(0, idsPerCall);
        const told = await call("confirm", () => inbox.confirm?.(ids, lines, signal) ?? Promise.resolve());
        if (told instanceof ProviderError && passing.has(told.code)) return;
        if (told instanceof ProviderError && told.code === "unsupported") isOff = true;
        // One that the panel refuses must not stand before all others for ever.
        for (const id of ids) {
          waiting.delete(id);
          done.add(id);
        }
      }
    },
  };
}

import type { Store } from "../ports/store.ts";
import { createPoll, type Poll, type PollDeps } from "./poll.ts";
import type { PolledInbox } from "./poll-answers.ts";
import { openPollMemories } from "./poll-memory.ts";

/** Asks the panels that do not call us for what came in: one loop for each line, or for an account as a whole. */
export interface Poller {
  start(): void;
  /** What is being answered gets `graceMs`. */
  stop(graceMs: number): Promise<void>;
}

export async function openPoller(deps: Omit<PollDeps, "memories"> & { readonly store: Store }): Promise<Poller> {
  const { registry } = deps;
  const memories = await openPollMemories(deps.store);
  const inboxes = registry.providers.flatMap(({ id, inbox }): PolledInbox[] => {
    if (inbox?.mode !== "poll") return [];
    const lines = registry.linesOfProvider(id);
    const groups = inbox.scope === "account" ? [lines] : lines.map((line) => [line]);
    return groups.map((group) => ({ provider: id, inbox, lines: group }));
  });
  const polls: readonly Poll[] = inboxes.map((polled) => createPoll(polled, { ...deps, memories }));
  return {
    start() {
      for (const poll of polls) poll.start();
    },
    async stop(graceMs) {
      await Promise.all(polls.map((poll) => poll.stop(graceMs)));
    },
  };
}

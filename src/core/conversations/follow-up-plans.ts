import type { DeskId } from "../model/ids.ts";
import type { Log } from "../ports/log.ts";
import type { CollectionSpec, Store } from "../ports/store.ts";
import type { Registry } from "../registry.ts";
import type { ConversationBook } from "./book.ts";

/** By which times of its desk the conversations know when they are due. */
interface Plan {
  readonly id: DeskId;
  readonly times: string;
}

export const planSpec: CollectionSpec<Plan> = {
  name: "followUpPlans",
  indexes: {},
  parse(value) {
    const { id, times } = (value ?? {}) as Partial<Plan>;
    if (typeof id !== "string" || typeof times !== "string") throw new TypeError("not a plan");
    return { id, times };
  },
};

/** Where the configuration has other times than at the last start, whoever waits already is due by the new ones. */
export async function openFollowUpPlans(deps: {
  readonly store: Store;
  readonly conversations: Pick<ConversationBook, "replan">;
  readonly registry: Registry;
  readonly log: Log;
}) {
  const { conversations, registry, log } = deps;
  const plans = await deps.store.collection(planSpec);
  const stopping = new AbortController();
  let working: Promise<void> = Promise.resolve();

  async function replan(): Promise<void> {
    for (const { id } of registry.desks) {
      const times = JSON.stringify(registry.findRules(id)?.followUp ?? "none");
      const known = await plans.get(id);
      if (known?.times === times) continue;
      if (known) await conversations.replan(id, stopping.signal);
      // One that was stopped in the middle is done again at the next start.
      if (stopping.signal.aborted) return;
      await plans.put(id, { id, times });
    }
  }

  return {
    /** Aside: a start waits for nothing of it. */
    async start() {
      working = replan().catch((error: unknown) => log.error({ err: error }, "new times were not taken up"));
    },
    async stop() {
      stopping.abort();
      await working;
    },
  };
}

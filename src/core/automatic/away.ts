import { createKeyedQueue } from "../../support/keyed-queue.ts";
import type { Conversations } from "../conversations/book.ts";
import type { Restored } from "../keeping/restored.ts";
import { isOpenAt, nextOpening } from "../model/hours.ts";
import { hashKey } from "../model/ids.ts";
import type { Inbound, Outbound } from "../model/message.ts";
import { everything } from "../pages.ts";
import { createPersist } from "../persist.ts";
import type { Clock } from "../ports/clock.ts";
import type { Log } from "../ports/log.ts";
import type { Records } from "../records.ts";
import type { Registry } from "../registry.ts";
import type { SendAutomatic } from "./automatic.ts";
import { saidAt } from "./opt-outs.ts";

const hourMs = 60 * 60_000;
/** More of a thread's messages than this are not looked through. */
const mostLookedAt = 200;

/**
 * Tells customers who write while their desk is closed when it opens. Such an SMS is due work (`awayDue`) from its commit on; the
 * answer has its key from the SMS, and the answers of a thread are themselves the record of when it was told last.
 */
export interface Away {
  /** Sees to what was left. */
  start(): Promise<void>;
  /** Waits for a store that is away. Never throws. */
  take(message: Inbound): Promise<void>;
  stop(): Promise<void>;
}

export function createAway(deps: {
  readonly records: Records;
  readonly registry: Registry;
  readonly conversations: Pick<Conversations, "find">;
  readonly restored: Pick<Restored, "at">;
  readonly sendAutomatic: SendAutomatic;
  readonly clock: Clock;
  readonly log: Log;
}): Away {
  const { records, registry, conversations, restored, sendAutomatic, clock, log } = deps;
  const persist = createPersist(deps);
  /** Of two SMS of one customer only the first is answered. */
  const inTurn = createKeyedQueue();
  const working = new Set<Promise<void>>();
  const stopping = new AbortController();

  async function act(message: Inbound): Promise<void> {
    const told = await answerFor(message);
    if (told !== undefined) {
      const id = hashKey("away", message.id);
      const outcome = await sendAutomatic({ id, answers: message, ...told, away: true });
      if (outcome !== "sent")
        log.info({ messageId: message.id, outcome }, "customer was not told that the desk is closed");
    }
    await records.inbound.update(message.id, (current) => current && withoutAwayDue(current));
  }

  /** What this customer is told now; `undefined` where nothing is to be said. */
  async function answerFor(message: Inbound): Promise<{ text: string; trueUntil: number } | undefined> {
    const { away, hours } = registry.findRules(message.desk) ?? {};
    const now = clock.now();
    if (!away || !hours || isOpenAt(hours, now)) return undefined;
    // A store that was restored does not know what was said since.
    if (saidAt(message) <= (restored.at() ?? Number.NEGATIVE_INFINITY)) return undefined;
    const opensAt = nextOpening(hours, now);
    const leavesAt = registry.quietUntil(message.line, now) ?? now;
    if (leavesAt >= (opensAt ?? Number.POSITIVE_INFINITY) || leavesAt - saidAt(message) > hourMs) return undefined;
    const { lastAnswer } = (await conversations.find(message.thread)) ?? {};
    if (lastAnswer && now - lastAnswer.at < hourMs) return undefined;
    const sent = await records.outbound.range("thread", {
      equal: [message.thread],
      reverse: true,
      limit: mostLookedAt,
    });
    const isTold = sent.some((one) => one.away && one.at > now - away.everyMs && !hasFailed(one));
    const trueUntil = Math.min(opensAt ?? Number.POSITIVE_INFINITY, saidAt(message) + hourMs);
    return isTold ? undefined : { text: away.textAt(now, opensAt), trueUntil };
  }

  async function settle(message: Inbound): Promise<void> {
    try {
      await inTurn(message.thread, () => persist(() => act(message), stopping.signal));
    } catch (error) {
      log.error({ err: error, messageId: message.id }, "away answer could not be given");
    }
  }

  function take(message: Inbound): Promise<void> {
    const work = settle(message).finally(() => working.delete(work));
    working.add(work);
    return work;
  }

  return {
    take,
    async start() {
      const left = await records.inbound.range("awayDue", { limit: everything });
      for (const message of left.toSorted((a, b) => a.seq - b.seq)) {
        if (!stopping.signal.aborted) await take(message);
      }
    },
    async stop() {
      stopping.abort();
      await Promise.all(working);
    },
  };
}

function withoutAwayDue({ awayDue: _, ...rest }: Inbound): Inbound {
  return rest;
}

function hasFailed({ state }: Outbound): boolean {
  return state === "failed" || state === "cancelled";
}

import type { Config } from "../../config/resolve.ts";
import type { Draft } from "../../core/bridge.ts";
import type { MessageId } from "../../core/model/ids.ts";
import type { Outbound } from "../../core/model/message.ts";
import { partsOfThread } from "../../core/model/thread.ts";
import type { Clock } from "../../core/ports/clock.ts";
import { sleep } from "../../support/sleep.ts";
import type { UsageError } from "../arguments.ts";
import { describeFailure } from "../failures.ts";
import { type Outlet, type OutletDeps, openOutlet } from "../outlet.ts";
import { keyIsTaken, lateVerdictOf, type Verdict, type VerdictFacts, verdictOf } from "../verdict.ts";

const lookMs = 100;

export interface Wish {
  readonly draft: Draft;
  /** Under which it would have gone among many, with the same key. */
  readonly idAmongMany: MessageId | undefined;
  /** Why nothing new may be sent, where the time that was asked for is over. */
  readonly refusal: UsageError | undefined;
  readonly waitSeconds: number;
  readonly wantsDelivered: boolean;
}

/**
 * Commits one SMS, unless one is there under its key, and watches what becomes of it. Throws `wish.refusal` alone: whatever fails has
 * a certainty, and that is the verdict.
 */
export async function sendOne(config: Config, wish: Wish, deps: OutletDeps): Promise<Verdict> {
  let outlet: Outlet | undefined;
  let isAccepted = false;
  try {
    outlet = await openOutlet(config, (id) => id === wish.draft.id, deps);
    // From here on nobody knows whether it was committed when this fails.
    isAccepted = true;
    if (wish.idAmongMany !== undefined && (await outlet.outbound.find(wish.idAmongMany))) return keyIsTaken;
    const message = await findOrAccept(outlet, wish);
    const isOther = message.peer !== partsOfThread(wish.draft.thread).peer || message.text !== wish.draft.text;
    if (isOther && !message.swept) return keyIsTaken;
    await outlet.start();
    const verdict = await watch(outlet, message, wish, deps.clock);
    return verdict ?? (await giveUp(outlet, wish, deps.clock));
  } catch (error) {
    if (error === wish.refusal) throw error;
    deps.log.error({ err: error }, "sms not followed");
    const words = describeFailure(error);
    return isAccepted
      ? { code: 3, words: `uncertain: it may be sent, do not repeat (${words})` }
      : { code: 1, words: `failed: certainly not sent (${words})` };
  } finally {
    await outlet?.close().catch((error) => deps.log.error({ err: error }, "store not closed"));
  }
}

/** What is there under the key is told of, whatever time is asked for now. */
async function findOrAccept({ outbound }: Outlet, { draft, refusal }: Wish): Promise<Outbound> {
  const known = await outbound.find(draft.id);
  if (known) return known;
  if (refusal) throw refusal;
  return (await outbound.accept(draft)).message;
}

async function watch(outlet: Outlet, first: Outbound, wish: Wish, clock: Clock): Promise<Verdict | undefined> {
  const until = clock.now() + 1000 * wish.waitSeconds;
  let message = first;
  for (;;) {
    const verdict = verdictOf(message, factsOf(outlet, wish, clock));
    const leftMs = until - clock.now();
    if (verdict || leftMs <= 0) return verdict;
    await sleep(clock, Math.min(lookMs, leftMs));
    message = (await outlet.outbound.find(wish.draft.id)) ?? message;
  }
}

/** The time is up. What no running bridge goes on with is taken back, so that it is certain; but not what is for later. */
async function giveUp(outlet: Outlet, wish: Wish, clock: Clock): Promise<Verdict> {
  const { id } = wish.draft;
  const message = await outlet.outbound.find(id);
  if (!message) return { code: 3, words: "uncertain: its record is gone, do not repeat" };
  const settled = verdictOf(message, factsOf(outlet, wish, clock));
  if (settled) return settled;
  if (outlet.isShared) return lateVerdictOf(message, wish.waitSeconds);
  const change = await outlet.takeBack(message);
  if (change.outcome === "done") {
    const why = message.failure ? ` (${message.failure.code})` : "";
    return { code: 1, words: `failed: certainly not sent within ${wish.waitSeconds} s, and taken back${why}` };
  }
  await outlet.close();
  const last = change.message ?? message;
  return verdictOf(last, factsOf(outlet, wish, clock)) ?? lateVerdictOf(last, wish.waitSeconds);
}

function factsOf({ isShared }: Outlet, { wantsDelivered }: Wish, clock: Clock): VerdictFacts {
  return { isShared, wantsDelivered, now: clock.now() };
}

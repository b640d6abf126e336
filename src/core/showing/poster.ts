import type { ConversationBook } from "../conversations/book.ts";
import type { Events } from "../events.ts";
import { createLoop } from "../loop.ts";
import { newConversation, withInbound } from "../model/conversation.ts";
import type { DeskId } from "../model/ids.ts";
import type { Inbound } from "../model/message.ts";
import { type StreamId, streamOf } from "../model/stream.ts";
import { type ThreadId, threadOf } from "../model/thread.ts";
import { everything } from "../pages.ts";
import { createPersist } from "../persist.ts";
import type { Clock } from "../ports/clock.ts";
import { type Desk, DeskError, type PostedSms, type TakeSms } from "../ports/desk.ts";
import type { Log } from "../ports/log.ts";
import type { Records } from "../records.ts";
import type { Registry } from "../registry.ts";
import { createPostQueue, type PostQueue } from "./post-queue.ts";
import type { Rest } from "./rest.ts";

/** A post that a desk refuses for what it is waits this long; it is never given up. */
const refusedMs = 10 * 60_000;
/** A thread that met a fault of ours, or a store that could not be read, waits this long. */
const faultMs = 2000;
/** How often the store is searched for SMS that another process wants shown. */
const lookMs = 2000;
/** Threads of one desk that are shown at once: the others wait here, where their SMS gather to go together. */
const mostAtOnce = 50;

/** Shows inbound SMS at their desks: each stream in order, one post after the other; a stream that cannot be shown holds up no other. */
export interface Poster {
  /** Learns what was left to be shown. */
  start(): Promise<void>;
  /** A new SMS was committed. */
  consider(message: Inbound): void;
  wake(): void;
  stop(): Promise<void>;
}

export interface PosterDeps {
  readonly records: Records;
  readonly conversations: Pick<ConversationBook, "find" | "note">;
  readonly registry: Registry;
  readonly rest: Rest;
  readonly clock: Clock;
  readonly events: Events;
  readonly log: Log;
  /** It stands at its desk, and its record tells where. */
  readonly onPosted?: (message: Inbound) => void;
}

/** The threads of one desk that have something to show. */
interface Lineup {
  readonly desk: DeskId;
  /** Those that may be shown next, in the order in which they take their turn. */
  readonly ready: Set<PostQueue>;
  /** Those that are being shown. */
  readonly active: Map<PostQueue, Promise<void>>;
}

export function createPoster(deps: PosterDeps): Poster {
  const { records, conversations, registry, rest, clock, events, log } = deps;
  const persist = createPersist(deps);
  const queues = new Map<StreamId, PostQueue>();
  const lineups = new Map<DeskId, Lineup>();
  /** Threads that wait by themselves, and until when. */
  const resting = new Map<PostQueue, number>();
  let isStopped = true;
  let lookAt = 0;
  let looking: Promise<void> | undefined;

  const loop = createLoop({
    clock,
    pass,
    onError: (error) => log.error({ err: error }, "poster pass failed"),
  });

  function add(message: Inbound): void {
    const { desk } = message;
    const stream = streamOf(message);
    const queue = queues.get(stream) ?? createPostQueue({ stream, desk, records, persist, clock });
    queues.set(stream, queue);
    queue.add(message);
    lineUp(queue);
  }

  function lineUp(queue: PostQueue): void {
    const lineup = lineups.get(queue.desk) ?? { desk: queue.desk, ready: new Set(), active: new Map() };
    lineups.set(queue.desk, lineup);
    if (lineup.active.has(queue) || resting.has(queue)) return;
    lineup.ready.add(queue);
    advance(lineup);
  }

  /** Shows as many threads as may be shown now. Of a desk that failed only one is tried. */
  function advance(lineup: Lineup): void {
    if (isStopped || rest.restMs(lineup.desk) > 0) return;
    for (const queue of lineup.ready) {
      if (lineup.active.size >= (rest.isTroubled(lineup.desk) ? 1 : mostAtOnce)) return;
      lineup.ready.delete(queue);
      lineup.active.set(queue, show(lineup, queue));
    }
  }

  async function show(lineup: Lineup, queue: PostQueue): Promise<void> {
    const restMs = await post(queue).catch((error: unknown) => {
      log.error({ err: error }, "thread could not be shown");
      return faultMs;
    });
    lineup.active.delete(queue);
    if (restMs > 0) resting.set(queue, clock.now() + restMs);
    else if (queue.isEmpty()) queues.delete(queue.stream);
    else lineup.ready.add(queue);
    advance(lineup);
    loop.wake();
  }

  /** One post of a thread; gives for how long the thread waits before the next. */
  async function post(queue: PostQueue): Promise<number> {
    const desk = registry.findDesk(queue.desk);
    const first = queue.first();
    if (desk === undefined) throw new Error(`no desk ${queue.desk}`);
    if (first === undefined) return 0;
    let fault: unknown;
    const take: TakeSms = (fits) =>
      queue.take(fits).catch((error: unknown) => {
        fault = error;
        throw error;
      });
    try {
      const known = (await conversations.find(first.thread)) ?? newConversation(first.thread, first.at);
      const mayHide = known.blockedAt !== undefined || first.topic !== undefined;
      if (mayHide && (await queue.hide(clock.now(), isBlocked))) return 0;
      const conversation = withInbound(known, first);
      const commit = async (place: string) => {
        // Before the SMS are settled: after a kill in between they come again, and are counted once.
        const shown = queue.taken().map(({ message }) => message);
        // What a rule sends to a topic of its own waits for nobody: it is no conversation.
        const isConversation = first.topic === undefined;
        if (isConversation) await persist(() => conversations.note(shown, { post: place, as: conversation }));
        told(desk, await queue.settle(place));
      };
      await desk.post({ conversation, first, take, commit });
      return 0;
    } catch (error) {
      if (fault !== undefined || !(error instanceof DeskError)) throw fault ?? error;
      log.warn({ messageId: first.id, desk: desk.id, code: error.code, reason: error.message }, "sms not shown yet");
      if (error.code === "refused") return refusedMs;
      rest.failed(desk.id, error);
      return 0;
    } finally {
      queue.release();
    }
  }

  async function isBlocked(thread: ThreadId): Promise<boolean> {
    return (await conversations.find(thread))?.blockedAt !== undefined;
  }

  function told(desk: Desk, shown: readonly PostedSms[]): void {
    rest.worked(desk.id);
    for (const { message } of shown) {
      deps.onPosted?.(message);
      events.emit("inbound posted", { message, waitedMs: clock.now() - message.at });
    }
  }

  async function pass(): Promise<number> {
    const now = clock.now();
    if (now >= lookAt) startLook();
    let waitMs = lookMs;
    for (const [queue, until] of resting) {
      waitMs = Math.min(waitMs, Math.max(1, until - now));
      if (until > now) continue;
      resting.delete(queue);
      lineUp(queue);
    }
    for (const lineup of lineups.values()) {
      if (lineup.ready.size === 0) continue;
      advance(lineup);
      const restMs = rest.restMs(lineup.desk);
      if (restMs > 0) waitMs = Math.min(waitMs, restMs);
    }
    return waitMs;
  }

  /** Aside: what has just come in does not wait for it. */
  function startLook(): void {
    looking ??= look()
      .catch((error: unknown) => log.error({ err: error }, "store could not be searched for sms to show"))
      .finally(() => {
        looking = undefined;
        lookAt = clock.now() + lookMs;
        loop.wake();
      });
  }

  async function look(): Promise<void> {
    const handed = await records.inbound.range("handed", { limit: everything });
    const taken = await Promise.allSettled(
      handed.map(({ id }) => records.inbound.update(id, (current) => current && home(takenUp(current)))),
    );
    // What has been taken up is not found again, so one that fails must not cost the others.
    for (const one of taken) if (one.status === "fulfilled" && one.value?.postDue !== undefined) add(one.value);
    const failed = taken.find((one) => one.status === "rejected");
    if (failed) throw failed.reason;
  }

  /** An SMS of a desk that the configuration no longer has goes where a new one of its line would. */
  function home(message: Inbound): Inbound {
    if (registry.findDesk(message.desk)) return message;
    const desk = registry.deskFor(message.provider, message.line);
    return { ...message, desk, thread: threadOf(desk, message.peer) };
  }

  async function rehome(message: Inbound): Promise<Inbound> {
    if (registry.findDesk(message.desk)) return message;
    return (await records.inbound.update(message.id, (current) => current && home(current))) ?? message;
  }

  return {
    async start() {
      const waiting = await records.inbound.range("postDue", { limit: everything });
      const homes: Inbound[] = [];
      for (const message of waiting) homes.push(await rehome(message));
      for (const message of homes) add(message);
      isStopped = false;
      loop.start();
    },
    // Before the start, too: it may come after the store was read. Until then nothing is shown.
    consider: add,
    wake: () => loop.wake(),
    async stop() {
      isStopped = true;
      await loop.stop();
      await looking;
      await Promise.all([...lineups.values()].flatMap(({ active }) => [...active.values()]));
    },
  };
}

/** Where nothing changes it is the same record. */
function takenUp(message: Inbound): Inbound {
  const { handed, ...rest } = message;
  return handed === undefined ? message : rest;
}

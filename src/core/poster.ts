import type { Events } from "./events.ts";
import { createLoop } from "./loop.ts";
import type { MessageId } from "./model/ids.ts";
import type { Inbound } from "./model/message.ts";
import { type ThreadId, threadOf } from "./model/thread.ts";
import { createPersist } from "./persist.ts";
import type { Clock } from "./ports/clock.ts";
import { type Desk, DeskError } from "./ports/desk.ts";
import type { Log } from "./ports/log.ts";
import type { Records } from "./records.ts";
import type { Registry } from "./registry.ts";
import type { Rest } from "./rest.ts";

const everything = 1_000_000;
/** A post that a desk refuses for what it is waits this long; it is never given up. */
const refusedMs = 10 * 60_000;
/** A thread that met a fault of ours, or a store that could not be read, waits this long. */
const faultMs = 2000;
/** How often the store is searched for SMS that another process wants shown. */
const lookMs = 2000;
/** Another process counts for itself, and commits a little after what it says. */
const lookBackMs = 60_000;
/** Now and then everything that is due is looked at, for what was committed much later. */
const fullLookMs = 10 * 60_000;

/** Shows inbound SMS at their desks: each thread in order, one after the other; a thread that cannot be shown holds up no other. */
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
  readonly registry: Registry;
  readonly rest: Rest;
  readonly clock: Clock;
  readonly events: Events;
  readonly log: Log;
}

/** What waits in one thread, in the order in which it will be shown. */
interface Queue {
  readonly waiting: Inbound[];
  restsUntil: number;
  work?: Promise<void>;
}

export function createPoster(deps: PosterDeps): Poster {
  const { records, registry, rest, clock, events, log } = deps;
  const queues = new Map<ThreadId, Queue>();
  const persist = createPersist(deps);
  let isStopped = true;
  let lookAt = 0;
  let fullLookAt = 0;
  let lookedAt = 0;
  const waitingIds = new Set<MessageId>();
  let looking: Promise<void> | undefined;
  /** What was shown since the look at the store began, for the look may still see it as waiting. */
  const shownMeanwhile = new Set<MessageId>();

  const loop = createLoop({
    clock,
    pass,
    onError: (error) => log.error({ err: error }, "poster pass failed"),
  });

  function add(message: Inbound): void {
    const queue = queues.get(message.thread) ?? { waiting: [], restsUntil: 0 };
    queues.set(message.thread, queue);
    if (waitingIds.has(message.id)) return;
    waitingIds.add(message.id);
    let at = queue.waiting.length;
    for (let before = queue.waiting[at - 1]; before && byPanelTimeThenCommit(before, message) > 0; at -= 1) {
      before = queue.waiting[at - 2];
    }
    queue.waiting.splice(at, 0, message);
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
    shownMeanwhile.clear();
    const now = clock.now();
    const from = now >= fullLookAt ? 0 : lookedAt - lookBackMs;
    if (now >= fullLookAt) fullLookAt = now + fullLookMs;
    lookedAt = now;
    const due = await records.inbound.range("postDue", { from, limit: everything });
    const homes = await Promise.all(due.filter(({ id }) => !waitingIds.has(id)).map(rehome));
    for (const message of homes) if (!shownMeanwhile.has(message.id)) add(message);
  }

  async function pass(): Promise<number> {
    if (clock.now() >= lookAt) startLook();
    let waitMs = lookMs;
    for (const [thread, queue] of queues) {
      const [next] = queue.waiting;
      if (queue.work !== undefined || next === undefined) continue;
      const restMs = Math.max(queue.restsUntil - clock.now(), rest.restMs(next.desk));
      if (restMs > 0) waitMs = Math.min(waitMs, restMs);
      else show(thread, queue);
    }
    return waitMs;
  }

  function show(thread: ThreadId, queue: Queue): void {
    queue.work = drain(queue)
      .catch((error: unknown) => {
        log.error({ err: error }, "thread could not be shown");
        queue.restsUntil = clock.now() + faultMs;
      })
      .finally(() => {
        delete queue.work;
        if (queue.waiting.length === 0) queues.delete(thread);
        loop.wake();
      });
  }

  async function drain(queue: Queue): Promise<void> {
    for (let [next] = queue.waiting; next && !isStopped; [next] = queue.waiting) {
      const desk = registry.findDesk(next.desk);
      if (desk === undefined) throw new Error(`no desk ${next.desk}`);
      if (!(await post(next, desk, queue))) return;
      queue.waiting.splice(queue.waiting.indexOf(next), 1);
      waitingIds.delete(next.id);
    }
  }

  async function post(message: Inbound, desk: Desk, queue: Queue): Promise<boolean> {
    try {
      await desk.post(message, await factsOf(message), async (place) => {
        await persist(() => records.inbound.update(message.id, (current) => current && posted(current, place)));
      });
      shownMeanwhile.add(message.id);
      rest.worked(desk.id);
      events.emit("inbound posted", { message, waitedMs: clock.now() - message.at });
      return true;
    } catch (error) {
      if (!(error instanceof DeskError)) throw error;
      log.warn({ messageId: message.id, desk: desk.id, code: error.code, reason: error.message }, "sms not shown yet");
      if (error.code === "refused") queue.restsUntil = clock.now() + refusedMs;
      else rest.failed(desk.id, error);
      return false;
    }
  }

  async function factsOf(message: Inbound): Promise<{ previousLine?: string }> {
    const [before] = await records.inbound.range("thread", {
      equal: [message.thread],
      to: message.seq - 1,
      reverse: true,
      limit: 1,
    });
    return before && before.line !== message.line ? { previousLine: before.line } : {};
  }

  /** An SMS of a desk that the configuration no longer has goes where a new one of its line would. */
  async function rehome(message: Inbound): Promise<Inbound> {
    if (registry.findDesk(message.desk)) return message;
    const desk = registry.deskFor(message.provider, message.line);
    const home = { desk, thread: threadOf(desk, message.peer) };
    return (await records.inbound.update(message.id, (current) => current && { ...current, ...home })) ?? message;
  }

  return {
    async start() {
      const waiting = await records.inbound.range("postDue", { limit: everything });
      isStopped = false;
      lookedAt = clock.now();
      fullLookAt = lookedAt + fullLookMs;
      for (const message of waiting) add(await rehome(message));
      loop.start();
    },
    consider(message) {
      // Before the start it is found in the store like all others.
      if (isStopped) return;
      add(message);
      loop.wake();
    },
    wake: () => loop.wake(),
    async stop() {
      isStopped = true;
      await loop.stop();
      await looking;
      await Promise.all([...queues.values()].map((queue) => queue.work));
    },
  };
}

function posted(message: Inbound, post: string): Inbound {
  const { postDue: _, ...rest } = message;
  return { ...rest, post };
}

function byPanelTimeThenCommit(a: Inbound, b: Inbound): number {
  return (a.panelTime ?? a.at) - (b.panelTime ?? b.at) || a.seq - b.seq;
}

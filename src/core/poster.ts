import type { Events } from "./events.ts";
import { createLoop } from "./loop.ts";
import type { Inbound } from "./model/message.ts";
import type { ThreadId } from "./model/thread.ts";
import { createPersist } from "./persist.ts";
import type { Clock } from "./ports/clock.ts";
import { DeskError } from "./ports/desk.ts";
import type { Log } from "./ports/log.ts";
import type { Records } from "./records.ts";
import type { Registry } from "./registry.ts";
import type { Rest } from "./rest.ts";

/** How many threads are shown at once; the desk's own limits order them further. */
const threadsAtOnce = 64;
const pageSize = 1000;
/** A post that a desk refuses for what it is waits this long; it is never given up. */
const refusedMs = 10 * 60_000;
const idleMs = 15_000;

/** Shows inbound SMS at their desks: each thread in order, one after the other; a thread that cannot be shown holds up no other. */
export interface Poster {
  start(): void;
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

export function createPoster(deps: PosterDeps): Poster {
  const { records, registry, rest, clock, events, log } = deps;
  const busy = new Map<ThreadId, Promise<void>>();
  /** Threads that got another SMS while they were being shown. */
  const again = new Set<ThreadId>();
  const persist = createPersist(deps);
  let isStopped = true;

  const loop = createLoop({
    clock,
    pass,
    onError: (error) => log.error({ err: error }, "poster pass failed"),
  });

  async function pass(): Promise<number> {
    const due = await records.inbound.range("postDue", { to: clock.now(), limit: pageSize });
    let waitMs = idleMs;
    for (const { thread, desk } of due) {
      const restMs = rest.restMs(desk);
      if (restMs > 0) waitMs = Math.min(waitMs, restMs);
      else show(thread);
    }
    return waitMs;
  }

  function show(thread: ThreadId): void {
    if (isStopped) return;
    if (busy.has(thread)) {
      again.add(thread);
      return;
    }
    if (busy.size >= threadsAtOnce) return;
    const work = drain(thread)
      .catch((error: unknown) => log.error({ err: error }, "thread could not be shown"))
      .finally(() => {
        busy.delete(thread);
        if (again.delete(thread)) show(thread);
        else loop.wake();
      });
    busy.set(thread, work);
  }

  async function drain(thread: ThreadId): Promise<void> {
    for (;;) {
      const waiting = await records.inbound.range("unposted", { equal: [thread], limit: pageSize });
      const [next] = waiting.sort(byPanelTimeThenCommit);
      if (next === undefined || isStopped || (next.postDue ?? 0) > clock.now() || rest.restMs(next.desk) > 0) return;
      if (!(await post(next))) return;
    }
  }

  async function post(message: Inbound): Promise<boolean> {
    const desk = registry.findDesk(message.desk);
    if (desk === undefined) {
      await postpone(message);
      log.error({ messageId: message.id, desk: message.desk }, "sms belongs to a desk that is not configured");
      return false;
    }
    try {
      const { post: place } = await desk.post(message, await factsOf(message));
      rest.worked(desk.id);
      await persist(() => records.inbound.update(message.id, (current) => current && posted(current, place)));
      events.emit("inbound posted", { message, waitedMs: clock.now() - message.at });
      return true;
    } catch (error) {
      if (!(error instanceof DeskError)) throw error;
      log.warn({ messageId: message.id, desk: desk.id, code: error.code, reason: error.message }, "sms not shown yet");
      if (error.code === "refused") await postpone(message);
      else rest.failed(desk.id, error);
      return false;
    }
  }

  async function postpone({ id }: Inbound): Promise<void> {
    const postDue = clock.now() + refusedMs;
    await persist(() => records.inbound.update(id, (current) => current && { ...current, postDue }));
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

  return {
    start() {
      isStopped = false;
      loop.start();
    },
    consider(message) {
      if (rest.restMs(message.desk) > 0) loop.wake();
      else show(message.thread);
    },
    wake: () => loop.wake(),
    async stop() {
      isStopped = true;
      again.clear();
      await loop.stop();
      await Promise.all(busy.values());
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

import { createWindow, type Window } from "../support/window.ts";
import { claim, doubt, fail, refuse, take } from "./attempt.ts";
import type { Events } from "./events.ts";
import { nextStep } from "./failover.ts";
import type { Health } from "./health.ts";
import type { Ledger } from "./ledger.ts";
import { createLoop } from "./loop.ts";
import type { MessageId, ProviderId } from "./model/ids.ts";
import type { Outbound } from "./model/message.ts";
import type { ThreadId } from "./model/thread.ts";
import { createPersist } from "./persist.ts";
import type { Clock } from "./ports/clock.ts";
import type { Log } from "./ports/log.ts";
import { ProviderError, type SmsProvider } from "./ports/sms-provider.ts";
import type { Records } from "./records.ts";
import type { Registry } from "./registry.ts";
import type { Sequence } from "./sequence.ts";
import { createTurns, type Turn } from "./turns.ts";

/** How long a claim lasts beyond the longest that a call can take. */
const leaseSlackMs = 30_000;
/** How often the store is searched for messages that another process wrote, and for leases that ran out. */
const lookMs = 500;
/** More than ever waits; what waits is kept in memory anyway. */
const everything = 1_000_000;

/**
 * Sends what waits. Claiming is the committed step to `sending`, the last thing before the bytes leave; from there a message
 * never becomes due again by itself (DESIGN 2.3). One outbox runs for a store.
 */
export interface Outbox {
  /** Learns what waits, and turns what a dead process left `sending` into `uncertain`. Nothing leaves yet. */
  start(): Promise<void>;
  /** From now on messages leave. */
  open(): void;
  /** Takes no new work, waits up to `graceMs` for answers in hand and commits the rest as uncertain. */
  stop(graceMs: number): Promise<void>;
  waitingFor(provider: ProviderId): number;
}

export interface OutboxDeps {
  readonly records: Records;
  readonly ledger: Ledger;
  readonly registry: Registry;
  readonly sequence: Sequence;
  readonly health: Health;
  readonly clock: Clock;
  readonly events: Events;
  readonly log: Log;
  readonly random: () => number;
  /** Sends this message and leaves all others alone. */
  readonly only?: MessageId;
}

interface Door {
  readonly provider: SmsProvider;
  readonly window: Window;
  active: number;
}

export function createOutbox(deps: OutboxDeps): Outbox {
  const { records, ledger, registry, sequence, health, clock, events, log, random } = deps;
  const turns = createTurns();
  const doors = new Map<ProviderId, Door>();
  const flights = new Map<string, Promise<void>>();
  const busyThreads = new Set<ThreadId>();
  const breakOff = new AbortController();
  const persist = createPersist(deps);
  let lookAt = 0;
  let isStopping = false;

  for (const provider of registry.providers) {
    doors.set(provider.id, { provider, window: createWindow(provider.limits.perSecond, 1000), active: 0 });
  }
  const loop = createLoop({
    clock,
    pass,
    onError: (error) => log.error({ err: error }, "outbox pass failed"),
  });
  ledger.watch((message) => {
    if (isOurs(message)) turns.follow(message);
    loop.wake();
  });

  function isOurs({ id }: Outbound): boolean {
    return deps.only === undefined || id === deps.only;
  }

  async function findDue(to?: number): Promise<Outbound[]> {
    const due = await records.outbound.range("due", { ...(to === undefined ? {} : { to }), limit: everything });
    return due.filter(isOurs);
  }

  async function pass(): Promise<number> {
    if (clock.now() >= lookAt || lookAt - clock.now() > lookMs) await look();
    const now = clock.now();
    let waitMs = lookMs;
    for (const turn of turns.ready(now, (thread) => busyThreads.has(thread))) {
      const door = doorOf(turn);
      if (door === undefined) {
        await ledger.move(turn.id, (current) => fail(current, { code: "bad-line" }));
      } else if (door.active < door.provider.limits.inFlight && !busyThreads.has(turn.thread)) {
        const closedMs = door.window.freeAt(now) - now;
        if (closedMs === 0) launch(turn, door, now);
        else waitMs = Math.min(waitMs, closedMs);
      }
    }
    return Math.min(waitMs, turns.nextDueMs(now) ?? waitMs);
  }

  /** Finds what other processes have put into the store since the last look, and sends whose lease has run out. */
  async function look(): Promise<void> {
    const now = clock.now();
    lookAt = now + lookMs;
    for (const message of await findDue(now)) {
      if (message.state === "sending") await abandon(message, { code: "no-answer" });
      else turns.follow(message);
    }
  }

  async function abandon(message: Outbound, failure: NonNullable<Outbound["failure"]>): Promise<void> {
    log.warn({ messageId: message.id, attempt: message.attempt }, "send left without an answer");
    await ledger.move(message.id, (current) => doubt(current, message.attempt, failure));
  }

  function doorOf(turn: Turn): Door | undefined {
    const provider = registry.providerOfLine(turn.line);
    return provider && doors.get(provider.id);
  }

  function launch(turn: Turn, door: Door, now: number): void {
    // Panels count calls by when they begin.
    door.window.begin();
    door.window.end(now, "counts");
    door.active += 1;
    busyThreads.add(turn.thread);
    const flight = send(turn, door)
      .catch((error: unknown) => log.error({ err: error, messageId: turn.id }, "send could not be claimed"))
      .finally(() => {
        door.active -= 1;
        busyThreads.delete(turn.thread);
        flights.delete(turn.id);
        loop.wake();
      });
    flights.set(turn.id, flight);
  }

  async function send(turn: Turn, { provider }: Door): Promise<void> {
    const leaseMs = provider.limits.sendTimeoutMs + leaseSlackMs;
    const claimed = await ledger.move(turn.id, (current) =>
      current.line === turn.line && !isStopping ? claim(current, clock.now(), leaseMs) : undefined,
    );
    if (!claimed?.changed) {
      if (claimed) turns.follow(claimed.message);
      return;
    }
    const { message } = claimed;
    if (message.state !== "sending") return;
    const startedAt = clock.now();
    try {
      const { ids } = await provider.send(
        { line: message.line, peers: [message.peer], text: message.text },
        breakOff.signal,
      );
      if (ids.length !== 1) {
        throw new ProviderError("bad-reply", `${ids.length} ids for one receiver`, { certain: false });
      }
      health.worked(provider.id);
      events.emit("provider called", { provider: provider.id, call: "send", ms: clock.now() - startedAt });
      await commitReceipt(message, provider, ids);
    } catch (cause) {
      const error = asProviderError(cause);
      health.failed(provider.id, error);
      events.emit("provider called", {
        provider: provider.id,
        call: "send",
        ms: clock.now() - startedAt,
        failure: error.code,
      });
      await commitFailure(message, error);
    }
  }

  async function commitReceipt(message: Outbound, provider: SmsProvider, ids: readonly string[]): Promise<void> {
    const at = clock.now();
    const firstAsk = provider.reports?.askAtSeconds[0];
    const receipt = { attempt: message.attempt, provider: provider.id, at, ids };
    const reportDue = firstAsk === undefined ? undefined : at + firstAsk * 1000;
    await persist(() => ledger.move(message.id, (current) => take(current, receipt, reportDue)));
    log.info({ messageId: message.id, provider: provider.id, attempt: message.attempt }, "sms taken by the panel");
  }

  async function commitFailure(message: Outbound, error: ProviderError): Promise<void> {
    const first = message.triedLines[0] ?? message.line;
    const fallbacks = registry.findLine(first)?.fallback ?? [];
    const now = clock.now();
    const step = nextStep(error, message, { fallbacks, now, random });
    await persist(() => ledger.move(message.id, (current) => refuse(current, message.attempt, error, step, now)));
    const { code, vendor, certain } = error;
    log.warn(
      { messageId: message.id, attempt: message.attempt, code, vendor, certain, step: step.do },
      "sms not taken",
    );
  }

  return {
    async start() {
      for (const message of await findDue()) {
        sequence.skipTo(message.order);
        if (message.state === "sending") await abandon(message, { code: "interrupted" });
        else turns.follow(message);
      }
    },
    open: () => loop.start(),
    async stop(graceMs) {
      isStopping = true;
      await loop.stop();
      const stopTimer = clock.after(graceMs, () => breakOff.abort());
      await Promise.all(flights.values());
      stopTimer();
    },
    waitingFor(provider) {
      let count = 0;
      for (const turn of turns.all()) if (registry.providerOfLine(turn.line)?.id === provider) count += 1;
      return count;
    },
  };
}

function asProviderError(cause: unknown): ProviderError {
  if (cause instanceof ProviderError) return cause;
  return new ProviderError("bad-reply", "the provider failed in an unexpected way", { certain: false, cause });
}

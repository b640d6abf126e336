import { createWindow, type Window } from "../support/window.ts";
import { afterSetBack, claim, doubt, fail, isWaiting } from "./attempt.ts";
import { askingOf } from "./doubts.ts";
import type { Events } from "./events.ts";
import type { Health } from "./health.ts";
import type { Ledger } from "./ledger.ts";
import { createLoop } from "./loop.ts";
import type { MessageId, ProviderId } from "./model/ids.ts";
import type { Failure, Outbound } from "./model/message.ts";
import type { ThreadId } from "./model/thread.ts";
import { createCall } from "./panel-call.ts";
import type { Clock } from "./ports/clock.ts";
import type { Log } from "./ports/log.ts";
import type { SmsProvider } from "./ports/sms-provider.ts";
import { StoreError } from "./ports/store.ts";
import type { Records } from "./records.ts";
import type { Registry } from "./registry.ts";
import type { Sequence } from "./sequence.ts";
import { createTurns, type Turn } from "./turns.ts";

/** How long a claim lasts beyond the longest that a call can take. */
const leaseSlackMs = 30_000;
/** How often the store is searched for messages that another process wrote, and for leases that ran out. */
const lookMs = 500;
const restMs = 1000;
/** More than ever waits; what waits is kept in memory anyway. */
const everything = 1_000_000;
/** Ten seconds, in the unit of `order`. */
const lookBack = 10_000_000;

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

interface Flight {
  readonly messageId: MessageId;
  /** Once it has been claimed. */
  attempt?: number;
  leaseEnds?: number;
  done: Promise<void>;
}

export function createOutbox(deps: OutboxDeps): Outbox {
  const { records, ledger, registry, sequence, clock, log } = deps;
  const turns = createTurns();
  const doors = new Map<ProviderId, Door>();
  /** At most one send of a thread is on the wire. */
  const flights = new Map<ThreadId, Flight>();
  const breakOff = new AbortController();
  const callPanel = createCall(deps);
  let lookAt = 0;
  let restsUntil = 0;
  let seenOrder = 0;
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

  async function pass(): Promise<number> {
    if (clock.now() < restsUntil) return restsUntil - clock.now();
    if (clock.now() >= lookAt) await look();
    const now = clock.now();
    for (let turn = turns.best(now, mayGo); turn; turn = turns.best(now, mayGo)) {
      const door = doorOf(turn);
      if (door) launch(turn, door, now);
      else await failWithoutLine(turn);
    }
    const waits = [...doors.values()].map(({ window }) => window.freeAt(now) - now).filter((ms) => ms > 0);
    return Math.min(lookMs, turns.nextDueMs(now) ?? lookMs, ...waits);

    function mayGo(turn: Turn): boolean {
      if (flights.has(turn.thread)) return false;
      const door = doorOf(turn);
      return door === undefined || (door.active < door.provider.limits.inFlight && door.window.freeAt(now) <= now);
    }
  }

  /** Finds what other processes have put into the store since the last look, and sends whose lease has run out. */
  async function look(): Promise<void> {
    const now = clock.now();
    lookAt = now + lookMs;
    // Another process counts for itself, so its orders may lie a little behind ours.
    const fresh = await records.outbound.range("order", { from: seenOrder - lookBack, limit: everything });
    for (const message of fresh) {
      seenOrder = Math.max(seenOrder, message.order);
      if (isOurs(message)) turns.follow(message);
    }
    for (const { messageId, attempt, leaseEnds } of flights.values()) {
      if (attempt === undefined || leaseEnds === undefined || leaseEnds > now) continue;
      await abandon(messageId, attempt, { code: "no-answer" });
    }
  }

  async function abandon(id: MessageId, attempt: number, failure: Failure): Promise<void> {
    const moved = await ledger.move(id, (current) =>
      doubt(current, attempt, failure, askingOf(current, registry.providerOfLine(current.line), clock.now())),
    );
    if (moved?.changed) log.warn({ messageId: id, attempt }, "send left without an answer");
  }

  async function withoutSetBack(message: Outbound): Promise<Outbound> {
    if (afterSetBack(message, clock.now()) === undefined) return message;
    return (await ledger.move(message.id, (current) => afterSetBack(current, clock.now())))?.message ?? message;
  }

  async function failWithoutLine(turn: Turn): Promise<void> {
    const moved = await ledger.move(turn.id, (current) =>
      isWaiting(current) && current.line === turn.line ? fail(current, { code: "bad-line" }) : undefined,
    );
    if (moved) turns.follow(moved.message);
    else turns.forget(turn.id);
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
    const flight: Flight = { messageId: turn.id, done: Promise.resolve() };
    flights.set(turn.thread, flight);
    flight.done = send(turn, door.provider, flight)
      .catch((error: unknown) => setAside(turn, error))
      .finally(() => {
        door.active -= 1;
        flights.delete(turn.thread);
        loop.wake();
      });
  }

  /** Nothing has left. A damaged record must not hold up the others; a store that is away holds up all of them. */
  function setAside(turn: Turn, error: unknown): void {
    log.error({ err: error, messageId: turn.id }, "send could not be claimed");
    if (error instanceof StoreError && error.code === "corrupt") turns.forget(turn.id);
    else restsUntil = clock.now() + restMs;
  }

  async function send(turn: Turn, provider: SmsProvider, flight: Flight): Promise<void> {
    const leaseMs = provider.limits.sendTimeoutMs + leaseSlackMs;
    const claimed = await ledger.move(turn.id, (current) =>
      current.line === turn.line && !isStopping ? claim(current, clock.now(), leaseMs) : undefined,
    );
    if (claimed) turns.follow(claimed.message);
    else turns.forget(turn.id);
    const message = claimed?.message;
    if (!claimed?.changed || message?.state !== "sending") return;
    Object.assign(flight, { attempt: message.attempt, leaseEnds: message.due });
    await callPanel(message, provider, breakOff.signal);
  }

  return {
    async start() {
      for (const message of await records.outbound.range("due", { limit: everything })) {
        if (!isOurs(message)) continue;
        if (message.state === "sending") await abandon(message.id, message.attempt, { code: "interrupted" });
        else turns.follow(await withoutSetBack(message));
      }
      seenOrder = sequence.last();
      lookAt = clock.now() + lookMs;
    },
    open() {
      if (!isStopping) loop.start();
    },
    async stop(graceMs) {
      isStopping = true;
      await loop.stop();
      const stopTimer = clock.after(graceMs, () => breakOff.abort());
      await Promise.all([...flights.values()].map((flight) => flight.done));
      stopTimer();
    },
    waitingFor(provider) {
      let count = 0;
      for (const turn of turns.all()) if (registry.providerOfLine(turn.line)?.id === provider) count += 1;
      return count;
    },
  };
}

import type { OptOuts } from "../automatic/opt-outs.ts";
import type { Events } from "../events.ts";
import { createLoop } from "../loop.ts";
import type { MessageId, ProviderId } from "../model/ids.ts";
import type { Lane, Outbound } from "../model/message.ts";
import type { Line } from "../model/phone.ts";
import { partsOfThread } from "../model/thread.ts";
import { heldForQuiet } from "../outbound/quiet.ts";
import { pagesOf } from "../pages.ts";
import { createDoor, type Door, type Place } from "../panels/door.ts";
import type { Health } from "../panels/health.ts";
import { createCall } from "../panels/panel-call.ts";
import type { Clock } from "../ports/clock.ts";
import type { Log } from "../ports/log.ts";
import { StoreError } from "../ports/store.ts";
import type { Records } from "../records.ts";
import type { Registry } from "../registry.ts";
import type { Sequence } from "../sequence.ts";
import { afterSetBack, claim, fail, isWaiting } from "./attempt.ts";
import { type CallEnd, createBatches } from "./batch.ts";
import { createFlights, type Flight } from "./flights.ts";
import type { Ledger } from "./ledger.ts";
import { createLookout } from "./lookout.ts";
import { contentOf, type Turn } from "./turn.ts";
import { createTurns } from "./turns.ts";

/** How long a claim lasts beyond the longest that a call can take. */
const leaseSlackMs = 30_000;
/** How often leases, and the messages of other processes, are looked for. */
const lookMs = 500;
const restMs = 1000;

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
  readonly optOuts: Pick<OptOuts, "isOutOfAny">;
  readonly health: Health;
  readonly clock: Clock;
  readonly events: Events;
  readonly log: Log;
  readonly random: () => number;
  /** Sends these messages and leaves all others alone. */
  readonly only?: (id: MessageId) => boolean;
}

export function createOutbox(deps: OutboxDeps): Outbox {
  const { records, ledger, registry, clock, log, only = () => true } = deps;
  const turns = createTurns();
  const batches = createBatches({ ...deps, turns });
  const doors = new Map(registry.providers.map((provider) => [provider.id, createDoor(provider, clock)]));
  const flights = createFlights(deps);
  const breakOff = new AbortController();
  const callPanel = createCall(deps);
  let restsUntil = 0;
  let isStopping = false;

  const lookout = createLookout({ ...deps, found: consider });
  const loop = createLoop({
    clock,
    pass,
    onError: (error) => log.error({ err: error }, "outbox pass failed"),
  });
  ledger.watch((message) => {
    follow(message);
    loop.wake();
  });

  function follow(message: Outbound): void {
    if (!only(message.id)) return;
    const isNews = message.lane === "bulk" && message.attempt === 0 && !turns.has(message.id);
    turns.follow(message);
    if (isNews && turns.has(message.id)) batches.noticed(message.line);
    if (!isWaiting(message) && message.state !== "sending") batches.forget(message.id);
  }

  /** What the store had a moment ago: what is over there may wait again by now, so it takes nobody's turn away. */
  async function consider(messages: readonly Outbound[]): Promise<void> {
    const ours = messages.filter(({ id }) => only(id));
    const fresh = ours.filter((message) => !turns.has(message.id) && isWaiting(message));
    for (const message of fresh) {
      // An answer that has been cancelled meanwhile must not stand in the way of those behind it.
      const current = message.lane === "answer" ? await ledger.find(message.id) : message;
      if (current) follow(current);
    }
    if (fresh.length > 0) loop.wake();
    await flights.abandonLeft(ours);
  }

  async function pass(): Promise<number> {
    if (clock.now() < restsUntil) return restsUntil - clock.now();
    lookout.glance();
    await flights.abandonLate();
    const now = clock.now();
    const waits: number[] = [];
    /** Bulk that waits for more of its kind. */
    const gathering = new Set<Line>();
    for (let turn = turns.best(now, mayGo); turn; turn = turns.best(now, mayGo)) {
      const door = doorOf(turn.line);
      if (door === undefined) {
        await failWithoutLine(turn);
        continue;
      }
      const call = batches.gather(turn, door.provider);
      if ("turns" in call) launch(call.turns, door);
      else {
        gathering.add(turn.line);
        waits.push(call.waitMs);
      }
    }
    waits.push(...[...doors.values()].map((door) => door.freeAt(now) - now).filter((ms) => ms > 0));
    return Math.min(lookMs, turns.nextDueMs(now) ?? lookMs, ...waits);

    function mayGo(line: Line, lane: Lane): boolean {
      if (lane === "bulk" && gathering.has(line)) return false;
      return doorOf(line)?.isOpen(lane, now) ?? true;
    }
  }

  async function withoutSetBack(message: Outbound): Promise<Outbound> {
    if (afterSetBack(message, clock.now()) === undefined) return message;
    return (await ledger.move(message.id, (current) => afterSetBack(current, clock.now())))?.message ?? message;
  }

  async function failWithoutLine(turn: Turn): Promise<void> {
    const moved = await ledger.move(turn.id, (current) =>
      isWaiting(current) && current.line === turn.line ? fail(current, { code: "line-gone" }) : undefined,
    );
    if (moved) turns.follow(moved.message);
    else turns.forget(turn.id);
  }

  function doorOf(line: Line): Door | undefined {
    const provider = registry.providerOfLine(line);
    return provider && doors.get(provider.id);
  }

  function launch(group: readonly Turn[], door: Door): void {
    const place = door.enter();
    const flight: Flight = { claims: [], done: Promise.resolve() };
    flights.add(flight);
    // At most one send of a thread is on the wire.
    for (const { thread } of group) turns.hold(thread);
    flight.done = send(group, { door, place, flight })
      .catch((error: unknown) => log.error({ err: error }, "outcome of a send was not settled"))
      .finally(() => {
        place.leave();
        flights.delete(flight);
        for (const { thread } of group) turns.free(thread);
        loop.wake();
      });
  }

  async function send(
    group: readonly Turn[],
    { door: { provider }, place, flight }: { door: Door; place: Place; flight: Flight },
  ): Promise<void> {
    const leaseMs = provider.limits.sendTimeoutMs + leaseSlackMs;
    let ended: CallEnd = "unmade";
    try {
      const claims = await Promise.all(group.map((turn) => claimOne(turn, leaseMs, group.length > 1)));
      const [first, ...rest] = claims.flatMap((message) => message ?? []);
      if (first === undefined) return;
      const messages = [first, ...rest] as const;
      flight.claims = messages;
      place.calls();
      const { end, toSplit } = await callPanel(messages, provider, breakOff.signal);
      batches.split(toSplit);
      ended = end;
    } finally {
      if (group[0]?.lane === "bulk") batches.ended(provider.id, ended);
    }
  }

  /** The claimed message; `undefined` where it may not leave after all. */
  async function claimOne(turn: Turn, leaseMs: number, isShared: boolean): Promise<Outbound | undefined> {
    try {
      const isRefused = await hasOptedOut(turn);
      const claimed = await ledger.move(turn.id, (current) => {
        if (isStopping || current.line !== turn.line) return undefined;
        if (isRefused && !current.evenOptedOut) {
          return isWaiting(current) ? fail(current, { code: "opted-out" }) : undefined;
        }
        // Others leave with it, with the text that it had.
        if (isShared && contentOf(current) !== turn.content) return undefined;
        return heldForQuiet(current, registry, clock.now()) ?? claim(current, clock.now(), leaseMs);
      });
      if (claimed) turns.follow(claimed.message);
      else turns.forget(turn.id);
      return claimed?.changed && claimed.message.state === "sending" ? claimed.message : undefined;
    } catch (error) {
      setAside(turn, error);
      return undefined;
    }
  }

  /** Asked as late as can be: a customer may opt out while what is meant for them waits, or has gone over to another line. */
  async function hasOptedOut({ lane, line, tried = [], thread }: Turn): Promise<boolean> {
    return lane !== "answer" && deps.optOuts.isOutOfAny([line, ...tried], partsOfThread(thread).peer);
  }

  /** Nothing has left. A damaged record must not hold up the others; a store that is away holds up all of them. */
  function setAside(turn: Turn, error: unknown): void {
    log.error({ err: error, messageId: turn.id }, "send could not be claimed");
    if (error instanceof StoreError && error.code === "corrupt") turns.forget(turn.id);
    else restsUntil = clock.now() + restMs;
  }

  return {
    async start() {
      for await (const page of pagesOf(records.outbound, "due", { numberOf: ({ due }) => due })) {
        const ours = page.filter(({ id }) => only(id));
        await flights.abandon(
          ours.filter(({ state }) => state === "sending"),
          { code: "interrupted" },
        );
        for (const message of ours) if (message.state !== "sending") turns.follow(await withoutSetBack(message));
      }
      lookout.start();
    },
    open() {
      if (!isStopping) loop.start();
    },
    async stop(graceMs) {
      isStopping = true;
      await Promise.all([loop.stop(), lookout.stop()]);
      const stopTimer = clock.after(graceMs, () => breakOff.abort());
      await flights.done;
      stopTimer();
    },
    waitingFor(provider) {
      return registry.linesOfProvider(provider).reduce((sum, line) => sum + (turns.countOf.get(line) ?? 0), 0);
    },
  };
}

import { backoffMs } from "../../support/backoff.ts";
import type { MessageId, ProviderId } from "../model/ids.ts";
import type { Line } from "../model/phone.ts";
import { partsOfThread } from "../model/thread.ts";
import type { CallOutcome } from "../panels/panel-call.ts";
import type { Clock } from "../ports/clock.ts";
import type { SmsProvider } from "../ports/sms-provider.ts";
import type { Turn } from "./turn.ts";
import type { Turns } from "./turns.ts";

/** A call that is not full waits until nothing new has come for so long: whoever brings many is still bringing them. */
const quietMs = 1500;
/** But never longer than this. */
const longestWaitMs = 30_000;
const pauses = { firstMs: 2000, maxMs: 60_000 };

/** Turns that leave in one call, or how long to wait for more of them. */
export type Gathered = { readonly turns: readonly Turn[] } | { readonly waitMs: number };

/**
 * Which messages leave together. Only bulk does: one text to as many receivers, or, where the panel takes different texts at once,
 * as many of those, as a call of the panel holds. Each message stays a record of its own, with its own attempt; nothing of a
 * batch is stored.
 */
export interface Batches {
  /** Bulk that is new has come for this line. */
  noticed(line: Line): void;
  gather(turn: Turn, provider: SmsProvider): Gathered;
  /** One of these was refused, and nobody knows which: from now on they leave in two halves. */
  split(ids: readonly MessageId[]): void;
  /** It is settled. */
  forget(id: MessageId): void;
  /** A call of bulk has ended. */
  ended(provider: ProviderId, how: CallEnd): void;
}

/** `unmade`: it never began, or nothing can be said of it. */
export type CallEnd = CallOutcome["end"] | "unmade";

export function createBatches(deps: {
  readonly turns: Pick<Turns, "beside" | "among">;
  readonly clock: Clock;
  /** In [0, 1), for jitter. */
  readonly random: () => number;
}): Batches {
  const { turns, clock, random } = deps;
  const news = new Map<Line, { first: number; last: number }>();
  const halves = new Map<MessageId, readonly MessageId[]>();
  /** Panels that have left calls without an answer. */
  const silent = new Map<ProviderId, { calls: number; until: number }>();

  /** The fullest call that begins with this turn: with those that say the same, or with any, where the panel takes that. */
  function fullest(turn: Turn, provider: SmsProvider): { turns: readonly Turn[]; isFull: boolean } {
    const { limits, batch } = provider;
    const suits = (other: Turn) => !halves.has(other.id) && sharesCall(other, provider);
    const alike = turns.beside(turn, { isAlike: true, limit: limits.receiversPerCall, suits });
    const isFull = alike.length >= limits.receiversPerCall;
    if (batch === undefined || isFull || isEarly(turn)) return { turns: alike, isFull };
    const limit = batch.rowsPerCall;
    const mixed = turns.beside(turn, { isAlike: false, limit, suits: (other) => suits(other) && !isEarly(other) });
    return mixed.length > alike.length ? { turns: mixed, isFull: mixed.length >= limit } : { turns: alike, isFull };
  }

  /** It may have gone over to another panel meanwhile. */
  function ofHalf(half: readonly MessageId[], turn: Turn, { limits, batch }: SmsProvider): readonly Turn[] {
    const mayDiffer = batch !== undefined && !isEarly(turn);
    const limit = mayDiffer ? Math.min(batch.rowsPerCall, limits.receiversPerCall) : limits.receiversPerCall;
    const own = turns.among(half).filter(({ line }) => line === turn.line);
    return own.filter(({ content }) => mayDiffer || content === turn.content).slice(0, limit);
  }

  /** For a panel that keeps SMS until their time, which it does for one text a call. */
  function isEarly({ sendAt }: Turn): boolean {
    return sendAt !== undefined && sendAt > clock.now();
  }

  /** How long to wait for more that may leave together with what is there. */
  function waitFor(line: Line): number {
    const came = news.get(line);
    if (came === undefined) return 0;
    return Math.min(came.last + quietMs, came.first + longestWaitMs) - clock.now();
  }

  /** A panel that does not answer leaves everyone of a call in doubt, so it gets one at a time until it does. */
  function probe(turn: Turn, silence: { until: number }): Gathered {
    const waitMs = silence.until - clock.now();
    if (waitMs > 0) return { waitMs };
    silence.until = Number.POSITIVE_INFINITY;
    return { turns: [turn] };
  }

  return {
    noticed(line) {
      const now = clock.now();
      const came = news.get(line);
      const isOn = came !== undefined && now - came.last <= quietMs;
      news.set(line, { first: isOn ? came.first : now, last: now });
    },
    gather(turn, provider) {
      if (turn.lane !== "bulk") return { turns: [turn] };
      const silence = silent.get(provider.id);
      if (silence) return probe(turn, silence);
      if (turn.content === undefined || !sharesCall(turn, provider)) return { turns: [turn] };
      const half = halves.get(turn.id);
      if (half) return { turns: ofHalf(half, turn, provider) };
      const call = fullest(turn, provider);
      const waitMs = call.isFull ? 0 : waitFor(turn.line);
      return waitMs > 0 ? { waitMs } : { turns: call.turns };
    },
    split(ids) {
      const middle = Math.ceil(ids.length / 2);
      for (const half of [ids.slice(0, middle), ids.slice(middle)]) for (const id of half) halves.set(id, half);
    },
    forget(id) {
      halves.delete(id);
    },
    ended(provider, how) {
      const silence = silent.get(provider);
      if (how === "answered") silent.delete(provider);
      else if (how === "unmade" && silence) silence.until = clock.now();
      // That it is away says nothing of whether it will answer when it is back.
      else if (how === "silent" || silence) {
        const calls = (silence?.calls ?? 0) + 1;
        silent.set(provider, { calls, until: clock.now() + backoffMs(calls, { ...pauses, random }) });
      }
    },
  };
}

function sharesCall({ thread }: Turn, { sharesCall: mayShare }: SmsProvider): boolean {
  return mayShare === undefined || mayShare(partsOfThread(thread).peer);
}

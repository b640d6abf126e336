import type { Failure, Outbound } from "../model/message.ts";
import type { Clock } from "../ports/clock.ts";
import type { Log } from "../ports/log.ts";
import type { Registry } from "../registry.ts";
import { askingOf } from "../reports/doubts.ts";
import { doubt } from "./attempt.ts";
import type { Ledger } from "./ledger.ts";

type Sent = Pick<Outbound, "id" | "attempt">;

/** One call on its way, from the claims of its messages to the commit of what came of it. */
export interface Flight {
  claims: readonly Outbound[];
  done: Promise<void>;
}

/** The calls that are on their way, and what becomes of a send that is left without an answer. */
export interface Flights {
  add(flight: Flight): void;
  delete(flight: Flight): void;
  /** Nobody knows any more whether these were sent. Counts only for the attempt that is named. */
  abandon(sends: readonly Sent[], failure: Failure): Promise<void>;
  /** Those whose lease has run out. */
  abandonLate(): Promise<void>;
  /** Those among these that a process or a flight of ours has left `sending`, past their lease. */
  abandonLeft(found: readonly Outbound[]): Promise<void>;
  /** Resolves when all have come to an end. */
  readonly done: Promise<unknown>;
}

export function createFlights(deps: {
  readonly ledger: Ledger;
  readonly registry: Registry;
  readonly clock: Clock;
  readonly log: Log;
}): Flights {
  const { ledger, registry, clock, log } = deps;
  const flights = new Set<Flight>();

  async function abandon(sends: readonly Sent[], failure: Failure): Promise<void> {
    const moves = sends.map(async ({ id, attempt }) => {
      const moved = await ledger.move(id, (current) =>
        doubt(current, attempt, failure, askingOf(current, registry.providerOfLine(current.line), clock.now())),
      );
      if (moved?.changed) log.warn({ messageId: id, attempt }, "send left without an answer");
    });
    await Promise.all(moves);
  }

  return {
    add: (flight) => void flights.add(flight),
    delete: (flight) => void flights.delete(flight),
    abandon,
    async abandonLate() {
      const now = clock.now();
      const late = [...flights].flatMap(({ claims }) => claims.filter(({ due = now }) => due <= now));
      if (late.length > 0) await abandon(late, { code: "no-answer" });
    },
    async abandonLeft(found) {
      const now = clock.now();
      const inHand = new Set([...flights].flatMap(({ claims }) => claims.map(({ id }) => id)));
      const left = found.filter(({ id, state, due = now }) => state === "sending" && due <= now && !inHand.has(id));
      await abandon(left, { code: "no-answer" });
    },
    get done() {
      return Promise.all([...flights].map((flight) => flight.done));
    },
  };
}

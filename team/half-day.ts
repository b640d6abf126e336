import { setTimeout as pause } from "node:timers/promises";
import type { Chance } from "../crash/chance.ts";
import { answering } from "./errands/answering.ts";
import type { AfterLunch, Errand } from "./errands/errand.ts";
import { handling } from "./errands/handling.ts";
import { optingOut } from "./errands/opting-out.ts";
import { newcomer, sending } from "./errands/sending.ts";
import type { Lives } from "./lives.ts";
import { count } from "./notes.ts";
import type { Office } from "./office.ts";
import { type Customer, Missed } from "./sight.ts";

/** So many errands are under way at the same time. */
const atOnce = 6;
export const errands: readonly Errand[] = [...answering, ...handling, ...sending, ...optingOut];

/** Customers of whom it is known how they stand. */
export interface Customers {
  /** Nobody sees to them at the moment. */
  readonly free: ReadonlySet<Customer>;
  /** Does something with one, whom nobody else gets meanwhile; one with whom something goes wrong is left alone from then on. */
  see(errand: Errand, customer: Customer, dice: Chance): Promise<AfterLunch | undefined>;
  /** One of those who are free, or somebody new. */
  pick(dice: Chance, suits: (customer: Customer) => boolean): Customer;
}

export function createCustomers(office: Office, many: number): Customers {
  const { notes } = office;
  const free = new Set(Array.from({ length: many }, () => newcomer(office)));

  /** Gives `undefined` where somebody waited in vain. */
  async function guarded<T>(errand: Errand, act: () => Promise<T>): Promise<T | undefined> {
    try {
      return await act();
    } catch (error) {
      if (!(error instanceof Missed)) throw error;
      notes.troubles.push({ errand: errand.name, what: error.message });
      return undefined;
    }
  }

  return {
    free,
    async see(errand, customer, dice) {
      free.delete(customer);
      const done = () => {
        count(notes.errands, errand.name);
        free.add(customer);
      };
      return guarded(errand, async () => {
        const after = await errand.run(office, customer, dice);
        if (!after) done();
        return after && (() => guarded(errand, () => after().then(done)));
      });
    },
    pick: (dice, suits) => dice.pick([...free].filter(suits)) ?? newcomer(office),
  };
}

/**
 * Some at a time see to customers for so long, and until half of all kinds of errands have been begun; meanwhile the bridge is killed. Then
 * all end what they are at.
 */
export async function halfDay(
  { office, customers, lives, draw }: { office: Office; customers: Customers; lives: Lives; draw: () => Errand },
  { seconds, kills, restedMs, dice }: { seconds: number; kills: number; restedMs: number; dice: Chance },
): Promise<readonly AfterLunch[]> {
  const end = performance.now() + seconds * 1000;
  const left: AfterLunch[] = [];
  let least = Math.ceil(errands.length / 2);

  const needs: Readonly<Record<NonNullable<Errand["needs"]>, (customer: Customer) => boolean>> = {
    untold: ({ wasTold }) => !wasTold,
    rested: ({ answeredAt, isOut }) => !isOut && office.now() - answeredAt > restedMs,
  };

  async function work(own: Chance): Promise<void> {
    while (performance.now() < end || least > 0) {
      least -= 1;
      const errand = draw();
      const customer = customers.pick(own, errand.needs ? needs[errand.needs] : () => true);
      const after = await customers.see(errand, customer, own);
      if (after) left.push(after);
    }
  }

  const all = Array.from({ length: atOnce }, () => work(dice.branch()));
  const shareMs = (seconds * 1000) / (kills + 1);
  for (let n = 1; n <= kills; n += 1) {
    await pause(shareMs / 2 + dice.between(0, shareMs));
    await lives.kill();
    await pause(dice.between(0, 1000));
    lives.start();
  }
  await Promise.all(all);
  return left;
}

/** Each errand once before any comes again. */
export function createDeck(dice: Chance): () => Errand {
  let deck: Errand[] = [];
  return () => {
    if (deck.length === 0) deck = [...errands];
    const [errand] = deck.splice(dice.between(0, deck.length - 1), 1);
    if (!errand) throw new Error("there is nothing to do");
    return errand;
  };
}

import { setTimeout as pause } from "node:timers/promises";
import { type Chance, createChance } from "../crash/chance.ts";
import { type Figure, none, type Span } from "../crash/judge.ts";
import { createTalk } from "../crash/talk.ts";
import { until } from "../crash/until.ts";
import { watchGroup } from "../crash/witness.ts";
import { type Life, startWorld, type World } from "../crash/world.ts";
import type { User } from "../src/sandbox/telegram/types.ts";
import { budgetOf } from "./budget.ts";
import { createTeamClock } from "./clock.ts";
import { answering } from "./errands/answering.ts";
import type { AfterLunch, Errand } from "./errands/errand.ts";
import { handling } from "./errands/handling.ts";
import { optingOut } from "./errands/opting-out.ts";
import { newcomer, sending } from "./errands/sending.ts";
import { judge } from "./judge.ts";
import { count, createNotes } from "./notes.ts";
import { type Customer, Missed, type Office, openOffice } from "./office.ts";
import { watchOwners } from "./owners.ts";

export interface DayOptions {
  readonly seed: number;
  /** Before lunch and after it, each. */
  readonly seconds: number;
  /** In each half of the day, at random moments. */
  readonly kills: number;
  readonly customers: number;
  readonly tell?: (line: string) => void;
}

/** Who works beside the three whom every sandbox has. */
const colleagues = ["نازنین", "کیان", "هستی"];
/** So many errands are under way at the same time. */
const atOnce = 6;
const lunchMs = 61 * 60_000;
const collisionSeconds = 20;
const rested = collisionSeconds * 1000 + 1000;
const desk = {
  undoSeconds: 2,
  collisionSeconds,
  maxParts: 2,
  reminderSeconds: [8],
  // An hour of lunch makes nothing stale, and nothing is given up over it.
  staleSeconds: 36_000,
  giveUpSeconds: 36_000,
};
const quietMs = 120_000;
export const errands: readonly Errand[] = [...answering, ...handling, ...sending, ...optingOut];

/** Plays a day of a team of six, who share one number: morning, lunch, afternoon. Gives what the judge says of it. */
export async function playDay(options: DayOptions): Promise<readonly Figure[]> {
  const clock = createTeamClock();
  const world = await startWorld({ panels: ["asanak"], desk, clock });
  try {
    return await play(world, clock, options);
  } finally {
    await world.stop();
  }
}

async function play(
  world: World,
  clock: ReturnType<typeof createTeamClock>,
  { seed, seconds, kills, customers: many, tell = () => undefined }: DayOptions,
): Promise<readonly Figure[]> {
  const chance = createChance(seed);
  const notes = createNotes();
  const talk = createTalk(world.panels);
  const witness = watchGroup(world);
  const owners = watchOwners(world);
  const office = openOffice({ world, talk, witness, notes, team: gather(world), now: () => clock.now() });
  const customers = Array.from({ length: many }, () => newcomer(office));
  const free = new Set(customers);
  const spans: Span[] = [];
  const died: string[] = [];
  const draw = createDeck(chance.branch());
  let life = begin(false);

  function begin(isKilled: boolean): Life {
    const last = spans.at(-1);
    if (last) spans[spans.length - 1] = { ...last, isKilled };
    spans.push({ name: `life ${spans.length + 1}`, from: performance.now(), isKilled: false });
    return world.start(undefined, {
      imports: ["team/clock-ahead.js"],
      env: { CLOCK_AHEAD_MS: String(clock.aheadMs()) },
    });
  }

  /** What a dead process has sent may still reach Telegram; it is its own. */
  async function kill(): Promise<void> {
    life.signal("SIGKILL");
    const { signal } = await life.ended;
    if (signal !== "SIGKILL") died.push(life.output().slice(-500));
    do await pause(100);
    while (performance.now() - witness.lastAt() < 100);
  }

  async function halfDay(dice: Chance): Promise<AfterLunch[]> {
    const end = performance.now() + seconds * 1000;
    const left: AfterLunch[] = [];
    const isOver = () => performance.now() > end;
    const work = Array.from({ length: atOnce }, () => seeTo(dice.branch(), isOver, left));
    for (let n = 1; n <= kills; n += 1) {
      const share = (seconds * 1000) / (kills + 1);
      await pause(share / 2 + dice.between(0, share));
      await kill();
      tell(`killed; ${notes.sayings.length} answers so far`);
      await pause(dice.between(0, 1000));
      life = begin(true);
    }
    await Promise.all(work);
    return left;
  }

  async function seeTo(dice: Chance, isOver: () => boolean, left: AfterLunch[]): Promise<void> {
    while (!isOver()) {
      const suits = (customer: Customer, needs: Errand["needs"]) =>
        needs === "untold" ? !customer.wasTold : needs !== "rested" || clock.now() - customer.answeredAt > rested;
      const errand = draw();
      let customer = dice.pick([...free].filter((one) => suits(one, errand.needs)));
      if (!customer) {
        customer = newcomer(office);
        customers.push(customer);
      }
      free.delete(customer);
      const after = await run(errand, customer, dice);
      if (after) left.push(after);
    }
  }

  /** A customer with whom something went wrong is left alone from then on, for nobody knows how they stand. */
  async function run(errand: Errand, customer: Customer, dice: Chance): Promise<AfterLunch | undefined> {
    const done = () => {
      count(notes.errands, errand.name);
      free.add(customer);
    };
    const guarded = async <T>(act: () => Promise<T>): Promise<T | undefined> => {
      try {
        return await act();
      } catch (error) {
        if (!(error instanceof Missed)) throw error;
        notes.troubles.push({ errand: errand.name, what: error.message });
        customers.splice(customers.indexOf(customer), 1);
        return undefined;
      }
    };
    let after: AfterLunch | undefined;
    await guarded(async () => {
      after = await errand.run(office, customer, dice);
      if (!after) done();
    });
    const rest = after;
    return rest && (() => guarded(() => rest().then(done)));
  }

  const afterLunch = await halfDay(chance.branch());
  tell(`lunch: ${afterLunch.length} customers wait for its end`);
  await kill();
  clock.skip(lunchMs);
  life = begin(true);
  await Promise.all(afterLunch.map((after) => after()));
  tell("afternoon");
  const evening = await halfDay(chance.branch());
  await kill();
  clock.skip(lunchMs);
  life = begin(true);
  await Promise.all(evening.map((after) => after()));
  tell("evening: killed once more; waiting until it is quiet");
  await kill();
  life = begin(true);
  await life.listens;
  const isQuiet = () => performance.now() - witness.lastAt() > 3000 && world.telegram.pendingUpdates() === 0;
  if (!(await until(isQuiet, quietMs))) notes.troubles.push({ errand: "the evening", what: "it never comes to rest" });
  const known = customers.filter(({ n }) => witness.topicOf(n) !== undefined);
  const verdict = judge(office, known, spans);
  life.signal("SIGTERM");
  const { code } = await life.ended;
  if (code !== 0) died.push(`exit ${code} in the evening`);
  const customerOf = (number: string) => [...talk.written.keys()].find((n) => talk.numberOf(n) === number);
  return [
    none(
      "kinds of errands that nobody did",
      errands.map(({ name }) => name).filter((name) => !notes.errands.has(name)),
      [...notes.errands].map(([name, times]) => `${times} ${name}`).join(", "),
    ),
    none("processes that ended by themselves", died, `${spans.length} lives`),
    ...verdict,
    ...owners.judge(notes, customerOf, spans.filter(({ isKilled }) => isKilled).length),
    ...budgetOf(office),
  ];
}

/** Six operators. */
function gather({ telegram, group, operators }: World): readonly User[] {
  const others = colleagues.map((name) => telegram.user({ name }));
  for (const user of others) group.add(user);
  return [...operators, ...others];
}

/** Each errand once before any comes again. */
function createDeck(dice: Chance): () => Errand {
  let deck: Errand[] = [];
  return () => {
    if (deck.length === 0) deck = [...errands];
    const [errand] = deck.splice(dice.between(0, deck.length - 1), 1);
    if (!errand) throw new Error("there is nothing to do");
    return errand;
  };
}

export type { Office };

import { createChance } from "../crash/chance.ts";
import { type Figure, none } from "../crash/judge.ts";
import { createTalk } from "../crash/talk.ts";
import { until } from "../crash/until.ts";
import { watchGroup } from "../crash/witness.ts";
import { startWorld, type World } from "../crash/world.ts";
import type { User } from "../src/sandbox/telegram/types.ts";
import { budgetOf } from "./budget.ts";
import { runCampaign } from "./campaign.ts";
import { createTeamClock, type TeamClock } from "./clock.ts";
import { createCustomers, createDeck, errands, halfDay } from "./half-day.ts";
import { judge, liesOf } from "./judge.ts";
import { createLives } from "./lives.ts";
import { beforeCampaign, evening, hoursFrom, night } from "./night.ts";
import { createNotes } from "./notes.ts";
import { openOffice } from "./office.ts";
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
const hourMs = 60 * 60_000;
/** A rest of an hour is over then. */
const breakMs = 61 * 60_000;
const openMs = 4 * hourMs;
const collisionSeconds = 20;
const desk = {
  undoSeconds: 2,
  collisionSeconds,
  maxParts: 2,
  reminderSeconds: [8],
  // Hours that are passed over make nothing stale, and nothing is given up over them.
  staleSeconds: 36_000,
  giveUpSeconds: 36_000,
};
/** A card tells whose turn it is when that has stayed so for a while. */
const turnMs = 60_000;
const quietMs = 120_000;

/** Plays a day of a team of six who share one number. Gives what the judge says of it. */
export async function playDay(options: DayOptions): Promise<readonly Figure[]> {
  const clock = createTeamClock();
  const world = await startWorld({
    panels: ["asanak"],
    desk: { ...desk, ...hoursFrom(clock.now(), openMs) },
    clock,
  });
  try {
    return await play(world, clock, options);
  } finally {
    await world.stop();
  }
}

async function play(world: World, clock: TeamClock, options: DayOptions): Promise<readonly Figure[]> {
  const { seed, seconds, kills, customers: many, tell = () => undefined } = options;
  const chance = createChance(seed);
  const notes = createNotes();
  const talk = createTalk(world.panels);
  const witness = watchGroup(world);
  const owners = watchOwners(world);
  const office = openOffice({ world, talk, witness, notes, team: gather(world), now: () => clock.now() });
  const customers = createCustomers(office, many);
  const lives = createLives(world, clock, witness);
  const draw = createDeck(chance.branch());

  for (const half of ["morning", "afternoon"]) {
    tell(half);
    const restedMs = collisionSeconds * 1000 + 1000;
    const left = await halfDay({ office, customers, lives, draw }, { seconds, kills, restedMs, dice: chance.branch() });
    tell(`a break of an hour; ${left.length} customers wait for its end`);
    await lives.jump(breakMs);
    await Promise.all(left.map((after) => after()));
  }
  tell("a campaign, killed twice in the middle");
  await beforeCampaign(customers, chance.branch());
  const campaign = await runCampaign(office, customers, lives, chance.branch());
  await evening(customers, chance.branch());
  tell("night");
  await lives.jump(openMs);
  await night(customers, lives, chance.branch());
  tell("killed once more; waiting until it is quiet");
  await lives.jump(turnMs);
  await lives.listens();
  const known = [...customers.free].filter(({ n }) => witness.topicOf(n) !== undefined);
  const isStill = () => performance.now() - witness.lastAt() > 3000 && world.telegram.pendingUpdates() === 0;
  await until(() => isStill() && liesOf(office, known).length === 0, quietMs);

  const { spans } = lives;
  const verdict = judge(office, known, spans);
  await lives.stop();
  const customerOf = (number: string) => [...talk.written.keys()].find((n) => talk.numberOf(n) === number);
  return [
    none(
      "kinds of errands that nobody did",
      errands.map(({ name }) => name).filter((name) => !notes.errands.has(name)),
      [...notes.errands].map(([name, times]) => `${times} ${name}`).join(", "),
    ),
    lives.judge(),
    ...verdict,
    ...campaign.judge(),
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

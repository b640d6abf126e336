import { setTimeout as pause } from "node:timers/promises";
import type { PanelKind } from "../src/sandbox/start.ts";
import { type Aim, nameOf } from "./aims.ts";
import { type Chance, createChance } from "./chance.ts";
import { type Figure, isInDoubt, judge, none, outstanding, type Span } from "./judge.ts";
import { startLoad } from "./load.ts";
import { answersIn, createTalk } from "./talk.ts";
import { until } from "./until.ts";
import { watchGroup } from "./witness.ts";
import { type End, type Life, startWorld, type World } from "./world.ts";

export interface CrashOptions {
  readonly panels: readonly PanelKind[];
  /** In this order, then at random moments. */
  readonly aimed: readonly Aim[];
  readonly random: number;
  /** Times that it is asked to stop in between, under load. */
  readonly stops: number;
  readonly seed: number;
  readonly customers: number;
  readonly tell?: (line: string) => void;
}

export interface CrashVerdict {
  readonly kills: ReadonlyMap<string, number>;
  readonly figures: readonly Figure[];
}

export const atRandom = "at a random moment";

/** An aim that finds nothing to hit for so long has missed; the process is then killed where it stands. SMS may take ten
 * seconds to leave after a start, for Telegram's backlog is read first. */
const aimMs = 60_000;
/** From its start; it listens after a second or so. */
const randomMs = { least: 300, most: 3000 };
/** A panel that can tell is asked for a minute what became of an SMS, and then a person is. */
const patienceMs = 150_000;
const silenceMs = 2000;

type Plan = { readonly kind: "aimed"; readonly aim: Aim } | { readonly kind: "random" | "stop" | "stop twice" };

/**
 * Runs the bridge under load and ends it again and again, then lets it come to rest and compares what went in with what came
 * out. The simulators live in this process and go through all of it.
 */
export async function runCrash(options: CrashOptions): Promise<CrashVerdict> {
  const world = await startWorld({ panels: options.panels });
  try {
    return await run(world, options);
  } finally {
    await world.stop();
  }
}

async function run(world: World, options: CrashOptions): Promise<CrashVerdict> {
  const { tell = () => undefined } = options;
  const chance = createChance(options.seed);
  const dice = chance.branch();
  const talk = createTalk(world.panels);
  const witness = watchGroup(world);
  const spans: Span[] = [];
  const kills = new Map<string, number>();
  const stopped: number[] = [];
  const cutShort: number[] = [];
  const inHand: string[] = [];
  const badStops: string[] = [];
  const died: string[] = [];
  delayCalls(world, chance.branch());

  /** What a process has sent may reach Telegram after its death; it is still its own. */
  async function endOf(life: Life): Promise<End> {
    const end = await life.ended;
    do await pause(100);
    while (performance.now() - witness.lastAt() < 100);
    return end;
  }

  function begin(name: string, isKilled: boolean, life: Life): Life {
    spans.push({ name, from: performance.now(), isKilled });
    return life;
  }

  const load = startLoad(world, { talk, witness, chance: chance.branch(), customers: options.customers });
  for (const plan of planOf(options, dice)) {
    if (plan.kind === "aimed") await killAt(plan.aim);
    else if (plan.kind === "random") await killSometime();
    else await stop(plan.kind === "stop twice");
    if ([...kills.values()].reduce((sum, count) => sum + count, 0) % 20 === 0) tell(`${spans.length} lives`);
  }

  function count(kind: string): void {
    kills.set(kind, (kills.get(kind) ?? 0) + 1);
  }

  async function killAt(aim: Aim): Promise<void> {
    const name = nameOf(aim);
    const nth = dice.between(1, aim.mostNth);
    const life = begin(name, true, world.start({ ...aim, nth }));
    if (aim.point.startsWith("topic")) load.newcomer();
    const timer = setTimeout(() => life.signal("SIGKILL"), aimMs);
    await endOf(life);
    clearTimeout(timer);
    count(life.hasReached() ? name : atRandom);
  }

  async function killSometime(): Promise<void> {
    const life = begin("a random moment", true, world.start());
    await pause(dice.between(randomMs.least, randomMs.most));
    life.signal("SIGKILL");
    const { signal } = await endOf(life);
    if (signal === "SIGKILL") count(atRandom);
    else died.push(life.output().slice(-300));
  }

  /** With an SMS on the wire that the panel has taken and does not answer. */
  async function stop(isTwice: boolean): Promise<void> {
    const life = begin(isTwice ? "two signals" : "a stop", isTwice, world.start());
    await life.listens;
    const wire = keepSilent(world);
    await until(() => wire.texts.length > 0, aimMs);
    life.signal("SIGTERM");
    if (isTwice) await pause(200);
    if (isTwice) life.signal("SIGTERM");
    const { code, ms } = await endOf(life);
    wire.heal();
    (isTwice ? cutShort : stopped).push(ms);
    inHand.push(...wire.texts);
    if (code !== (isTwice ? 1 : 0) || wire.texts.length === 0) {
      badStops.push(
        `exit ${code} after ${Math.round(ms)} ms, ${wire.texts.length} in hand: ${life.output().slice(-300)}`,
      );
    }
  }

  await load.stop();
  const last = begin("the last start", false, world.start());
  tell("all ended; waiting until it is quiet");
  const left = await quiet(world, () => outstanding({ talk, witness }), witness.lastAt);
  last.signal("SIGTERM");
  const { code } = await last.ended;
  if (code !== 0) badStops.push(`the last one: exit ${code}`);
  const points = [...new Set(options.aimed.map(nameOf))];
  return {
    kills,
    figures: [
      none(
        "points at which it was never killed",
        points.filter((name) => !kills.has(name)),
        `${points.length} points`,
      ),
      none("processes that ended by themselves", died, ""),
      none("left undone when all was quiet", left, ""),
      ...judge({ world, talk, witness, spans }),
      none("stops that ended otherwise than they should", badStops, `${stopped.length + cutShort.length + 1} stops`),
      none(
        "SMS in hand at a stop that are not uncertain",
        inHand.filter((name) => !isInDoubt(name, talk, witness)),
        `${inHand.length} in hand`,
      ),
      ...slowest("slowest stop, an SMS on the wire", stopped, 5000),
      ...slowest("slowest end after a second signal", cutShort, 1000),
    ],
  };
}

function slowest(figure: string, all: readonly number[], barMs: number): Figure[] {
  if (all.length === 0) return [];
  const ms = Math.max(...all);
  return [{ figure, measured: `${Math.round(ms)} ms`, bar: `< ${barMs} ms`, isHeld: ms < barMs }];
}

/** Sends to a panel that cannot tell later are taken and not answered, until it is healed. */
function keepSilent({ asanak }: World) {
  const texts: string[] = [];
  const heal = asanak.network.fault({
    kind: "silent",
    match({ path, body }) {
      const isSend = path.endsWith("/sendsms");
      if (isSend) texts.push(...answersIn(body.toString()));
      return isSend;
    },
  });
  return { heal, texts };
}

/** Aimed ones first, as the first SMS make topics; stops somewhere between the others. */
function planOf({ aimed, random, stops }: CrashOptions, dice: Chance): Plan[] {
  const plans: Plan[] = aimed.map((aim) => ({ kind: "aimed", aim }));
  for (let n = 0; n < random; n += 1) plans.push({ kind: "random" });
  for (let n = 0; n < stops; n += 1) {
    plans.splice(dice.between(1, plans.length), 0, { kind: n % 2 === 0 ? "stop" : "stop twice" });
  }
  return plans;
}

/** As on a real way, so that a random moment often falls while something is under way. */
function delayCalls(world: World, dice: Chance): void {
  world.telegram.network.fault({ kind: "delay", ms: 3 });
  for (const { simulator } of world.panels) simulator.network.fault({ kind: "delay", ms: dice.between(10, 40) });
}

/** Resolves with what is still undone when all is still, or when nothing has come nearer to its end for long. */
async function quiet(world: World, undone: () => readonly string[], lastAt: () => number): Promise<readonly string[]> {
  let fewest = Number.POSITIVE_INFINITY;
  let end = 0;
  for (;;) {
    const left = undone();
    const now = performance.now();
    if (left.length < fewest) end = now + patienceMs;
    fewest = Math.min(fewest, left.length);
    const isStill = now - lastAt() > silenceMs && world.telegram.pendingUpdates() === 0;
    if ((isStill && left.length === 0) || now > end) return left;
    await pause(250);
  }
}

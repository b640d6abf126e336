import { setMaxListeners } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import type { Chance } from "./chance.ts";
import { smsText, type Talk } from "./talk.ts";
import type { Witness } from "./witness.ts";
import type { World } from "./world.ts";

/** Everything that people do, whether a bridge runs or not. */
export interface Load {
  /** Writes from a number that nobody knew, so that a topic has to be made. */
  newcomer(): void;
  /** Ends it; resolves when everybody is done with what they had begun. */
  stop(): Promise<void>;
}

/** One customer in this many gives up where a push got no answer; the others have it repeated, as some panels do. */
const givesUp = 4;
/** So many of the last few may be neither shown nor marked before somebody waits with the next. */
const mostUnseen = 15;
const recently = 60;
/** One answer in this many is edited at once. */
const thinksAgain = 5;

export function startLoad(
  world: World,
  { talk, witness, chance, customers }: { talk: Talk; witness: Witness; chance: Chance; customers: number },
): Load {
  const ending = new AbortController();
  setMaxListeners(0, ending.signal);
  const running: Promise<void>[] = [];
  const { sara, reza } = operatorsOf(world);

  /** Each customer writes the next SMS when the panel is done with the one before: only then is there an order to keep. */
  async function write(customer: number, dice: Chance, upTo = Number.POSITIVE_INFINITY): Promise<void> {
    const { panel, line } = talk.homeOf(customer);
    for (let n = 1; n <= upTo && !ending.signal.aborted; n += 1) {
      const sms = talk.writes(customer, smsText(customer, n));
      const time = Date.now();
      const call = { from: talk.numberOf(customer), to: line, text: sms.text, time };
      for (;;) {
        const { status } = await panel.receive(call);
        sms.isTaken = status === 200;
        if (sms.isTaken || dice.between(1, givesUp) === 1) break;
        await pause(dice.between(20, 200));
      }
      await rest(dice.between(80, 500));
      while (!ending.signal.aborted && isImpatient(customer)) await rest(100);
    }
  }

  /** People do not go on for ever where nothing comes back; and a run must come to its end on a slow machine, too. */
  function isImpatient(customer: number): boolean {
    const newest = [...(talk.written.get(customer) ?? []).entries()].slice(-recently);
    return newest.filter(([at, { isTaken }]) => isTaken && !witness.hasShown(customer, at + 1)).length > mostUnseen;
  }

  function isWaiting(customer: number): boolean {
    const newest = (talk.said.get(customer) ?? []).slice(-recently);
    return newest.filter(({ messageId = 0 }) => witness.markUnder(messageId) === undefined).length > mostUnseen;
  }

  async function answer(dice: Chance): Promise<void> {
    while (!ending.signal.aborted) {
      const customer = dice.pick(witness.customersWithTopic().filter((one) => !isWaiting(one)));
      const topic = customer === undefined ? undefined : witness.topicOf(customer);
      if (customer !== undefined && topic !== undefined) {
        const said = talk.answers(customer);
        const [text = ""] = said.texts;
        const { id } = world.group.say(sara, text, { topic });
        said.messageId = id;
        if (dice.between(1, thinksAgain) === 1) {
          await rest(dice.between(0, 60));
          said.texts.push(`${text}، حتماً`);
          world.group.edit(id, said.texts[1] ?? "");
        }
      }
      await rest(dice.between(60, 240));
    }
  }

  /** Of what nobody knows the fate of, a person has most sent again, with one press each. */
  async function press(dice: Chance): Promise<void> {
    const decided = new Set<number>();
    while (!ending.signal.aborted) {
      await rest(dice.between(200, 600));
      for (const said of [...talk.said.values()].flat()) {
        const mark = said.messageId === undefined ? undefined : witness.markUnder(said.messageId);
        if (mark?.sign !== "⚠" || decided.has(mark.messageId)) continue;
        decided.add(mark.messageId);
        const [sendAgain] = world.group.message(mark.messageId)?.buttons.flat() ?? [];
        if (sendAgain === undefined || dice.between(1, 4) === 1) continue;
        said.presses += 1;
        world.group.press(reza, mark.messageId, sendAgain);
      }
    }
  }

  async function rest(ms: number): Promise<void> {
    await pause(ms, undefined, { signal: ending.signal }).catch(() => undefined);
  }

  for (let n = 0; n < customers; n += 1) running.push(write(talk.newCustomer(), chance.branch()));
  running.push(answer(chance.branch()), answer(chance.branch()), press(chance.branch()));

  return {
    newcomer: () => void running.push(write(talk.newCustomer(), chance.branch(), 3)),
    async stop() {
      ending.abort();
      await Promise.all(running);
    },
  };
}

function operatorsOf({ operators: [sara, reza] }: World) {
  if (sara === undefined || reza === undefined) throw new Error("nobody is there to answer");
  return { sara, reza };
}

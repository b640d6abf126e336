import { setMaxListeners } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import type { Chance } from "./chance.ts";
import { answerText, smsText, type Talk } from "./talk.ts";
import type { Witness } from "./witness.ts";
import type { World } from "./world.ts";

/** Everything that people do, whether a bridge runs or not. */
export interface Load {
  /** Writes from a number that nobody knew, so that a topic has to be made. */
  newcomer(): void;
  /** Ends it; resolves when every customer has heard an answer to the last SMS. */
  stop(): Promise<void>;
}

/** One customer in this many gives up where a push got no answer; the others have it repeated, as some panels do. */
const givesUp = 4;

export function startLoad(
  world: World,
  { talk, witness, chance, customers }: { talk: Talk; witness: Witness; chance: Chance; customers: number },
): Load {
  const ending = new AbortController();
  setMaxListeners(0, ending.signal);
  const running: Promise<void>[] = [];
  const [sara] = world.operators;
  if (sara === undefined) throw new Error("nobody is there to answer");

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
    }
  }

  async function answer(dice: Chance): Promise<void> {
    while (!ending.signal.aborted) {
      const customer = dice.pick(witness.customersWithTopic());
      const topic = customer === undefined ? undefined : witness.topicOf(customer);
      if (customer !== undefined && topic !== undefined && sara !== undefined) {
        const said = talk.answers(customer, (n) => answerText(customer, n));
        said.messageId = world.group.say(sara, said.text, { topic }).id;
      }
      await rest(dice.between(60, 240));
    }
  }

  async function rest(ms: number): Promise<void> {
    await pause(ms, undefined, { signal: ending.signal }).catch(() => undefined);
  }

  for (let n = 0; n < customers; n += 1) running.push(write(talk.newCustomer(), chance.branch()));
  running.push(answer(chance.branch()), answer(chance.branch()));

  return {
    newcomer: () => void running.push(write(talk.newCustomer(), chance.branch(), 3)),
    async stop() {
      ending.abort();
      await Promise.all(running);
    },
  };
}

import { setTimeout as pause } from "node:timers/promises";
import type { Chance } from "../crash/chance.ts";
import { smsText, type Talk } from "../crash/talk.ts";
import type { Witness } from "../crash/witness.ts";
import type { World } from "../crash/world.ts";
import type { User } from "../src/sandbox/telegram/types.ts";
import { createKeyedQueue } from "../src/support/keyed-queue.ts";
import { count, type Notes, type Saying } from "./notes.ts";
import { type Customer, createSight } from "./sight.ts";
import { buttons, type Question } from "./words.ts";

export type Office = ReturnType<typeof openOffice>;

/** Nobody answers in the moment in which an SMS comes up. */
const readingMs = 1000;

/** What people in the office and their customers can do, with nothing but a telephone and Telegram, and what they see. */
export function openOffice(deps: {
  readonly world: World;
  readonly talk: Talk;
  readonly witness: Witness;
  readonly notes: Notes;
  readonly team: readonly User[];
  readonly now: () => number;
}) {
  const { world, talk, witness, notes, team, now } = deps;
  const { group } = world;
  const sight = createSight(deps);
  const { sees, topicOf, cardsOf, markOf, questionOf } = sight;

  /** A handset sends one after the other: only then is there an order to keep. */
  const inTurn = createKeyedQueue();
  const sends = (customer: Customer, text: string) => inTurn(String(customer.n), () => send(customer, text));

  /** Until their panel has it; one that gets no answer tries again. */
  async function send(customer: Customer, text: string): Promise<void> {
    const { panel, line } = talk.homeOf(customer.n);
    const sms = { from: talk.numberOf(customer.n), to: line, text, time: now() };
    notes.written.push({ customer: customer.n, text, at: performance.now() });
    while ((await panel.receive(sms)).status !== 200) await pause(50);
    if (customer.standing === "blocked") return;
    customer.standing = customer.owner ? "in-hand" : "new";
  }

  /** An ordinary SMS of a customer. */
  async function writes(customer: Customer): Promise<number> {
    const n = (talk.written.get(customer.n)?.length ?? 0) + 1;
    const sms = talk.writes(customer.n, smsText(customer.n, n));
    if (customer.standing === "blocked") notes.unseen.add(`${customer.n}/${n}`);
    await sends(customer, sms.text);
    sms.isTaken = true;
    return n;
  }

  async function isShown(customer: Customer, n: number): Promise<number> {
    await sees(`SMS ${n} of customer ${customer.n} in its topic`, () => witness.hasShown(customer.n, n));
    return topicOf(customer);
  }

  /** They write, and somebody reads it. */
  async function writesAndIsSeen(customer: Customer): Promise<number> {
    const n = await writes(customer);
    await isShown(customer, n);
    await pause(readingMs);
    return n;
  }

  /** How the button is answered; `undefined`: it is gone meanwhile. */
  async function presses(user: User, messageId: number, label: string): Promise<string | undefined> {
    const shown = group.message(messageId)?.buttons.flat() ?? [];
    if (!shown.includes(label)) return undefined;
    const press = group.press(user, messageId, label);
    const answer = await sees(`an answer to «${label}»`, () => press.answer);
    return answer.text ?? "";
  }

  /** A button of the card. Throws where it does not come to be there. */
  async function pressesCard(user: User, customer: Customer, label: string): Promise<string> {
    const { messageId } = await sees(`«${label}» under the card of customer ${customer.n}`, () => {
      const card = cardsOf(customer).at(-1);
      return card?.buttons.includes(label) ? card : undefined;
    });
    if (label === buttons.claim) takes(user, customer);
    if (label === buttons.release) count(notes.releases, customer.n);
    return (await presses(user, messageId, label)) ?? "";
  }

  function takes(user: User, customer: Customer): void {
    notes.hands.set(customer.n, (notes.hands.get(customer.n) ?? new Set()).add(user.first_name));
  }

  /** An operator's text for a customer, in their topic or, with a command, elsewhere. `text` gets the name it is found by. */
  function says(
    user: User,
    customer: Customer,
    text: (name: string) => string,
    options: { command?: string; topic?: number | undefined } = {},
  ): Saying {
    const name = `answer-${customer.n}-${notes.sayings.length + 1}`;
    const topic = "topic" in options ? options.topic : topicOf(customer);
    takes(user, customer);
    const texts = [text(name)];
    const written = options.command === undefined ? texts[0] : `${options.command} ${texts[0]}`;
    const { id } = group.say(user, written ?? "", topic === undefined ? {} : { topic });
    const saying: Saying = {
      ...{ customer: customer.n, by: user.first_name, name, texts, messageId: id, wish: "send", asked: [] },
    };
    notes.sayings.push(saying);
    return saying;
  }

  /** Waits until nobody has to do anything about it, answering what is asked as `decide` says. Gives the last sign. */
  async function settles(saying: Saying, decide: (question: Question) => "send" | "stop"): Promise<string> {
    const by = team.find(({ first_name }) => first_name === saying.by);
    for (;;) {
      const sign = await sees(`the fate of ${saying.name}, marked ${markOf(saying)?.message.text}`, () => {
        const mark = markOf(saying);
        return mark && (final.has(mark.sign) || questionOf(saying)) ? mark.sign : undefined;
      });
      const asked = questionOf(saying);
      if (!asked || !by) return sign;
      if (saying.asked.at(-1) !== asked.question) saying.asked.push(asked.question);
      saying.wish = decide(asked.question);
      await presses(by, asked.message.id, saying.wish === "send" ? buttons.sendNow : buttons.drop);
      await sees(`the question about ${saying.name} to go`, () => questionOf(saying)?.question !== asked.question);
    }
  }

  /** What an answer that came to its end makes of how its customer stands. */
  function noteAnswer(customer: Customer, by: User, sign: string): void {
    if (!sent.has(sign)) return;
    customer.owner ??= by;
    customer.standing = "waiting";
    customer.answeredAt = now();
  }

  return {
    ...deps,
    ...sight,
    ...{ sends, writes, isShown, writesAndIsSeen, presses, pressesCard, takes, says, settles, noteAnswer },
    rest: (ms: number) => pause(ms),
    /** So many different operators. */
    some(many: number, dice: Chance): readonly [User, ...User[]] {
      const left = [...team];
      const picked = Array.from({ length: many }, () => left.splice(dice.between(0, left.length - 1), 1)[0]);
      const [first, ...others] = picked.filter((one) => one !== undefined);
      if (!first) throw new Error("nobody is in the office");
      return [first, ...others];
    },
  };
}

export const sent: ReadonlySet<string> = new Set(["✓✓", "⚠"]);
const final: ReadonlySet<string> = new Set([...sent, "⊘", "✗", "∅", "◐"]);

import { setTimeout as pause } from "node:timers/promises";
import { smsIn } from "../crash/talk.ts";
import type { Witness } from "../crash/witness.ts";
import type { World } from "../crash/world.ts";
import type { SeenMessage } from "../src/sandbox/telegram/seen.ts";
import type { User } from "../src/sandbox/telegram/types.ts";
import { readCard, type SeenCard, type Standing } from "./card.ts";
import type { Notes, Saying } from "./notes.ts";
import { buttons, type Question, questions } from "./words.ts";

/** One whom somebody sees to at the moment, and how they stand, as far as people know. */
export interface Customer {
  readonly n: number;
  owner: User | undefined;
  standing: Standing;
  name: string | undefined;
  /** They want nothing automatic. */
  isOut: boolean;
  /** The bridge has ever told them anything by itself. */
  wasTold: boolean;
  /** When somebody answered last. */
  answeredAt: number;
}

/** Longer than a kill, a start and a slow machine take together. */
const patienceMs = 90_000;
/** Thrown where somebody waited for something in vain. */
export class Missed extends Error {}

/** What people see in the group, and how long they wait for it. */
export function createSight({ world, witness, notes }: { world: World; witness: Witness; notes: Notes }) {
  const { group } = world;

  async function sees<T>(what: string, look: () => T | undefined | false): Promise<T> {
    const end = performance.now() + patienceMs;
    for (;;) {
      const found = look();
      if (found !== undefined && found !== false) return found;
      if (performance.now() > end) throw new Missed(what);
      await pause(25);
    }
  }

  /** A kill may show an SMS again below its answer: then it waits for another one. */
  function isShownAgain(customer: Customer): boolean {
    const last = notes.sayings.findLast((saying) => saying.customer === customer.n && markOf(saying)?.sign !== "⊘");
    return witness
      .repeated()
      .some(
        ({ again }) =>
          last !== undefined &&
          again.messageId > last.messageId &&
          smsIn(again.text).some((sms) => sms.customer === customer.n),
      );
  }

  function topicOf({ n }: Customer): number {
    const topic = witness.topicOf(n);
    if (topic === undefined) throw new Missed(`the topic of customer ${n}`);
    return topic;
  }

  function cardsOf(customer: Customer): SeenCard[] {
    return group.messages(topicOf(customer)).flatMap((message) => readCard(message) ?? []);
  }

  const cardOf = (customer: Customer) => sees(`the card of customer ${customer.n}`, () => cardsOf(customer).at(-1));

  /** The card comes to say what people know; whose turn it is, it may say a while later, unless `atLast`. */
  async function cardTellsTruth(customer: Customer, { atLast = false } = {}): Promise<SeenCard> {
    const isTrue = (card: SeenCard | undefined) => {
      if (customer.standing === "waiting" && isShownAgain(customer)) customer.standing = "in-hand";
      return card !== undefined && untruthIn(card, customer, { atLast }) === undefined;
    };
    const look = () => cardsOf(customer).at(-1);
    try {
      return await sees("", () => (isTrue(look()) ? look() : undefined));
    } catch (error) {
      if (!(error instanceof Missed)) throw error;
      const card = look();
      throw new Missed(
        `the card of customer ${customer.n}: ${card ? untruthIn(card, customer, { atLast }) : "there is none"}`,
      );
    }
  }

  function markOf({ messageId }: Pick<Saying, "messageId">): { sign: string; message: SeenMessage } | undefined {
    const mark = witness.markUnder(messageId);
    const message = mark && group.message(mark.messageId);
    return mark && message && { sign: mark.sign, message };
  }

  /** What the mark asks at the moment. */
  function questionOf(
    saying: Saying,
  ): { question: Question; name: string | undefined; message: SeenMessage } | undefined {
    const mark = markOf(saying);
    if (mark?.sign !== "⏳" || !mark.message.buttons.flat().includes(buttons.drop)) return undefined;
    const all = Object.entries(questions) as [Question, RegExp][];
    for (const [question, form] of all) {
      const found = form.exec(mark.message.text);
      if (found) return { question, name: found[1], message: mark.message };
    }
    return undefined;
  }

  return { sees, topicOf, cardsOf, cardOf, cardTellsTruth, markOf, questionOf };
}

/** What the card says that is not so. */
export function untruthIn(
  card: SeenCard,
  { standing, owner, name }: Customer,
  { atLast }: { readonly atLast: boolean },
): string | undefined {
  const isSame = card.standing === standing || (!atLast && isTurn(card.standing) && isTurn(standing));
  if (!isSame) return `it says ${card.standing}, and it is ${standing}`;
  if (card.name !== name) return `it is named ${card.name}, and is ${name}`;
  const tellsOwner = isTurn(standing) || standing === "new";
  if (tellsOwner && card.owner !== owner?.first_name) return `${card.owner} has it, and it is ${owner?.first_name}`;
  return undefined;
}

const isTurn = (standing: Standing) => standing === "in-hand" || standing === "waiting";

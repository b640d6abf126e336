import type { User } from "../../src/sandbox/telegram/types.ts";
import { type Office, sent } from "../office.ts";
import type { Customer } from "../sight.ts";
import { buttons, heard } from "../words.ts";
import { answers, type Errand, insist, mostly } from "./errand.ts";

/** More than the two parts that this desk lets go unasked. */
const longText = (name: string) => `${"سفارش شما آماده است و امروز می‌رسد. ".repeat(6)}${name}`;

/** The customer writes, and one of them answers; now and then they think again at once, and write asides. */
const talk: Errand = {
  name: "a talk",
  async run(office, customer, dice) {
    const { group } = office.world;
    for (let n = dice.between(1, 3); n > 0; n -= 1) await office.writes(customer);
    await office.writesAndIsSeen(customer);
    await office.cardTellsTruth(customer);
    const [by, other] = office.some(2, dice);
    if (other && dice.between(1, 2) === 1) {
      const aside = `aside-${customer.n}-${office.notes.asides.length + 1}`;
      office.notes.asides.push(aside);
      group.say(other, `// این با تو، ${aside}`, { topic: office.topicOf(customer) });
    }
    const saying = office.says(by, customer, (name) => `سلام، ${name}`);
    if (dice.between(1, 2) === 1) {
      await office.rest(dice.between(0, 300));
      saying.texts.push(`${saying.texts[0]}، حتماً`);
      group.edit(saying.messageId, saying.texts.at(-1) ?? "");
    }
    office.noteAnswer(customer, by, await office.settles(saying, mostly(dice)));
    await office.cardTellsTruth(customer);
    return undefined;
  },
};

/** An answer is taken back in its window, by its button or by making a note of it; the customer waits as before. */
const undo: Errand = {
  name: "undo",
  // Nothing is asked about it then, so its button is the one that undoes.
  needs: "rested",
  async run(office, customer, dice) {
    await office.writesAndIsSeen(customer);
    const [by] = office.some(1, dice);
    const saying = office.says(by, customer, (name) => `نه، ${name}`);
    saying.wish = "stop";
    if (dice.between(1, 2) === 1) {
      await office.rest(dice.between(0, 300));
      office.world.group.edit(saying.messageId, `// ${saying.texts[0]}`);
    } else {
      const mark = await office.sees(`the mark of ${saying.name}`, () => office.markOf(saying));
      const answer = await office.presses(by, mark.message.id, buttons.undo);
      insist(answer === undefined || [heard.stopped, heard.late].some((one) => answer.startsWith(one)), `«${answer}»`);
    }
    const sign = await office.settles(saying, () => "stop");
    if (sent.has(sign)) office.noteAnswer(customer, by, sign);
    else if (saying.asked.length === 0) {
      // Who has begun to answer has the customer, who still waits.
      customer.owner ??= by;
      customer.standing = "in-hand";
    }
    return async () => {
      await office.cardTellsTruth(customer, { atLast: true });
    };
  },
};

/** Two or three answer at the same instant: one leaves, the others are asked, with the first one's name. */
const race: Errand = {
  name: "simultaneous answers",
  needs: "rested",
  async run(office, customer, dice) {
    await office.writesAndIsSeen(customer);
    const team = office.some(dice.between(2, 3), dice);
    if (customer.owner) {
      await office.pressesCard(team[0], customer, buttons.release);
      customer.owner = undefined;
      customer.standing = "new";
    }
    await office.cardTellsTruth(customer);
    const sayings = team.map((by) => office.says(by, customer, (name) => `من هستم، ${name}`));
    const names = new Set<string>();
    await Promise.all(
      sayings.map(async (saying) => {
        await office.sees(`the mark of ${saying.name}`, () => office.markOf(saying));
        const asked = office.questionOf(saying);
        if (asked?.name !== undefined) names.add(asked.name);
        const sign = await office.settles(saying, mostly(dice));
        if (saying.asked.length > 0) return;
        const by = team.find(({ first_name }) => first_name === saying.by);
        if (by) office.noteAnswer(customer, by, sign);
      }),
    );
    const unasked = sayings.filter(({ asked }) => asked.length === 0);
    insist(unasked.length === 1, `${unasked.length} of ${team.length} simultaneous answers left unasked`);
    insist([...names].join() === unasked[0]?.by, `asked with the name of ${[...names]}, not of ${unasked[0]?.by}`);
    await office.cardTellsTruth(customer);
    return undefined;
  },
};

/** A text of too many parts asks; an edit that makes it short lets it go. */
const long: Errand = {
  name: "a long text",
  async run(office, customer, dice) {
    await office.writesAndIsSeen(customer);
    const [by] = office.some(1, dice);
    const saying = office.says(by, customer, longText);
    if (dice.between(1, 3) === 1) {
      await office.sees(`a question about ${saying.name}`, () => office.questionOf(saying));
      saying.texts.push(`کوتاه، ${saying.name}`);
      office.world.group.edit(saying.messageId, saying.texts[1] ?? "");
    }
    const sign = await office.settles(saying, mostly(dice));
    insist(saying.texts.length > 1 || saying.asked.length > 0, `${saying.name} was long, and nobody was asked`);
    office.noteAnswer(customer, by, sign);
    await office.cardTellsTruth(customer);
    return undefined;
  },
};

/** Somebody is there at the same time as two others, and all do what comes to their minds. */
const crowd: Errand = {
  name: "a crowd in one topic",
  async run(office, customer, dice) {
    await office.writesAndIsSeen(customer);
    const team = office.some(3, dice);
    await Promise.all(
      team.map(async (by) => {
        const own = dice.branch();
        for (let n = own.between(2, 4); n > 0; n -= 1) {
          const what = own.between(1, 3);
          const card = await office.cardOf(customer);
          if (what === 1)
            await office.settles(
              office.says(by, customer, (name) => `هستم، ${name}`),
              mostly(own),
            );
          else if (what === 2 && card.buttons.includes(buttons.claim)) {
            office.takes(by, customer);
            await office.presses(by, card.messageId, buttons.claim);
          } else await office.writes(customer);
          await office.rest(own.between(0, 500));
        }
      }),
    );
    await office.writesAndIsSeen(customer);
    await takesOver(office, customer, team[0]);
    await answers(office, customer, team[0]);
    return undefined;
  },
};

export const answering: readonly Errand[] = [talk, undo, race, long, crowd];

/** Whoever has the customer lets go, and this one takes them; the card may lag behind what it is. */
async function takesOver(office: Office, customer: Customer, by: User): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    const card = await office.cardOf(customer);
    if (card.buttons.includes(buttons.release)) await office.pressesCard(by, customer, buttons.release);
    const answer = await office.pressesCard(by, customer, buttons.claim);
    const isHers = answer === heard.claimed || (await office.cardOf(customer)).owner === by.first_name;
    insist(isHers || tries < 10, `${by.first_name} cannot take customer ${customer.n}: «${answer}»`);
    if (isHers) break;
  }
  customer.owner = by;
  customer.standing = "in-hand";
  await office.cardTellsTruth(customer);
}

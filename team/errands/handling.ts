import type { SeenMessage } from "../../src/sandbox/telegram/seen.ts";
import type { Office } from "../office.ts";
import type { Customer } from "../sight.ts";
import { buttons, digitsIn, heard, numberIn, told } from "../words.ts";
import { answers, type Errand, insist } from "./errand.ts";

/** Two press at the same moment: one of them has the customer, and nobody else is told so. */
const claim: Errand = {
  name: "two claims at once",
  async run(office, customer, dice) {
    await office.writesAndIsSeen(customer);
    const [one, two] = office.some(2, dice);
    if (!two) return undefined;
    if (customer.owner) {
      await office.pressesCard(one, customer, buttons.release);
      customer.owner = undefined;
      customer.standing = "new";
    }
    await office.cardTellsTruth(customer);
    const answered = await Promise.all([one, two].map((by) => office.pressesCard(by, customer, buttons.claim)));
    const owners = [one, two].filter((_, at) => answered[at] === heard.claimed);
    insist(
      owners.length <= 1,
      `${owners.map(({ first_name }) => first_name).join(" and ")} were told that it is theirs`,
    );
    const card = await office.sees("an owner on the card", () => office.cardsOf(customer).find(({ owner }) => owner));
    // After a crash nobody need have heard of it; the card tells.
    customer.owner = owners[0] ?? [one, two].find(({ first_name }) => first_name === card.owner);
    customer.standing = "in-hand";
    await office.cardTellsTruth(customer);
    if (dice.between(1, 2) === 1) await answers(office, customer, customer.owner ?? one);
    return undefined;
  },
};

/** Closed by one, opened again by another or by the customer. */
const close: Errand = {
  name: "closing",
  async run(office, customer, dice) {
    await office.writesAndIsSeen(customer);
    const [one, two] = office.some(2, dice);
    await office.pressesCard(one, customer, buttons.close);
    customer.standing = "closed";
    await office.cardTellsTruth(customer);
    const next = dice.between(1, 3);
    if (next === 1) return undefined;
    if (next === 2) await office.writesAndIsSeen(customer);
    else {
      await office.pressesCard(two ?? one, customer, buttons.reopen);
      // Closed is answered for.
      customer.standing = "waiting";
    }
    await office.cardTellsTruth(customer);
    return undefined;
  },
};

/** Put off for an hour: it comes back with the customer's next SMS, by a press, or after lunch by itself. */
const snooze: Errand = {
  name: "snooze",
  async run(office, customer, dice) {
    const n = await office.writesAndIsSeen(customer);
    const [one, two] = office.some(2, dice);
    const before = customer.standing;
    await office.pressesCard(one, customer, buttons.snooze);
    customer.standing = "snoozed";
    await office.cardTellsTruth(customer);
    const next = dice.between(1, 4);
    if (next === 1) {
      await office.writesAndIsSeen(customer);
    } else if (next === 2) {
      await office.pressesCard(two ?? one, customer, buttons.unsnooze);
      customer.standing = before;
    } else {
      return async () => {
        const isBack = (text: string) => text.startsWith(told.back) && text.includes(`sms-${customer.n}-${n}`);
        await office.sees(`customer ${customer.n} to come back with SMS ${n}`, () =>
          remindersOf(office, customer).find(({ text }) => isBack(text) || text.includes(told.backInList)),
        );
        customer.standing = before;
        await office.cardTellsTruth(customer, { atLast: true });
      };
    }
    await office.cardTellsTruth(customer);
    return undefined;
  },
};

/** What a blocked customer writes is not shown, and unblocking tells how much that was. */
const block: Errand = {
  name: "blocking",
  async run(office, customer, dice) {
    await office.writesAndIsSeen(customer);
    const [one, two] = office.some(2, dice);
    const before = customer.standing;
    await office.pressesCard(one, customer, buttons.block);
    customer.standing = "blocked";
    await office.cardTellsTruth(customer);
    const written = [await office.writes(customer), await office.writes(customer)];
    await office.rest(1000);
    const answer = await office.pressesCard(two ?? one, customer, buttons.unblock);
    customer.standing = before;
    await office.cardTellsTruth(customer);
    const shown = written.filter((n) => office.witness.hasShown(customer.n, n));
    // A press that was cut off by a crash is answered as one that came late.
    if (!answer.startsWith(heard.unblocked)) return undefined;
    const came = /نیامده/.test(answer) ? 0 : numberIn(answer.slice(heard.unblocked.length));
    insist(came + shown.length === written.length, `${came} of ${written.length} told, ${shown.length} shown`);
    return undefined;
  },
};

/** A name stands on the card and on the topic. */
const naming: Errand = {
  name: "naming",
  async run(office, customer, dice) {
    await office.writesAndIsSeen(customer);
    const [by] = office.some(1, dice);
    const topic = office.topicOf(customer);
    const { group } = office.world;
    const name = `${dice.pick(["مریم", "حسین", "زهرا", "علی"])} ${dice.between(100, 999)}`;
    office.notes.commands += 1;
    const { id } = group.say(by, `/name ${name}`, { topic });
    customer.name = name;
    await office.sees(`an answer to /name ${name}`, () =>
      group.messages(topic).find(({ replyTo, text }) => replyTo === id && text.startsWith(told.named)),
    );
    await office.cardTellsTruth(customer);
    await office.sees(`a topic named ${name}`, () =>
      group.topics().find((one) => one.id === topic && one.name.includes(name)),
    );
    return undefined;
  },
};

/** Nobody answers; the desk is reminded. */
const forgotten: Errand = {
  name: "a customer who waits",
  async run(office, customer, dice) {
    // Each wait is told of once.
    await office.writesAndIsSeen(customer);
    await answers(office, customer, office.some(1, dice)[0]);
    // An older one is taken back when a newer one comes.
    const newest = () => remindersOf(office, customer).at(-1)?.id ?? 0;
    const before = newest();
    await office.writesAndIsSeen(customer);
    await office.sees(`a reminder of customer ${customer.n}`, () => newest() > before);
    await answers(office, customer, office.some(1, dice)[0]);
    return undefined;
  },
};

/** In their topic; where many are due at once, in one message that lists them. */
function remindersOf({ world, talk, topicOf }: Office, customer: Customer): readonly SeenMessage[] {
  const topic = topicOf(customer);
  const who = customer.name ?? talk.numberOf(customer.n);
  const isListed = (text: string) =>
    text.includes(told.list) && [text, digitsIn(text)].some((one) => one.includes(who));
  return world.group
    .messages()
    .filter(({ from, text }) => from.isBot && (text.startsWith(told.reminder) || text.startsWith(told.back)))
    .filter(({ topicId, text }) => topicId === topic || isListed(text));
}

export const handling: readonly Errand[] = [claim, close, snooze, block, naming, forgotten];

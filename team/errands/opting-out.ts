import type { Office } from "../office.ts";
import type { Customer } from "../sight.ts";
import { automatic, buttons, told } from "../words.ts";
import { answers, type Errand, insist } from "./errand.ts";

/** «لغو» is confirmed once, answers then ask first, and «شروع» returns. */
const word: Errand = {
  name: "opting out",
  async run(office, customer, dice) {
    await office.writesAndIsSeen(customer);
    await answers(office, customer, office.some(1, dice)[0]);
    if (!customer.isOut) await optsOut(office, customer, dice.pick(["لغو", "لغو۱۱", "STOP"]) ?? "");
    await asksFirst(office, customer, dice.between(1, 2) === 1 ? "send" : "stop", office.some(1, dice)[0]);
    if (dice.between(1, 4) > 1) await returns(office, customer);
    return undefined;
  },
};

/** A bare ۱۱ of somebody whom this line never told anything is a guess: a person says what it means. */
const bare: Errand = {
  name: "a bare 11",
  needs: "untold",
  async run(office, customer, dice) {
    await office.writesAndIsSeen(customer);
    await answers(office, customer, office.some(1, dice)[0]);
    const [by] = office.some(1, dice);
    const { group } = office.world;
    const seen = () =>
      group.messages(office.topicOf(customer)).findLast(({ buttons: all }) => all.flat().includes(buttons.optOut));
    await office.sends(customer, "۱۱");
    const post = await office.sees("the button to opt out", seen);
    await office.cardTellsTruth(customer);
    if (dice.between(1, 3) === 1) {
      await answers(office, customer, by);
      return undefined;
    }
    await isSettled(office, customer, "optedOut", () => office.presses(by, post.id, buttons.optOut));
    customer.standing = "waiting";
    await office.cardTellsTruth(customer);
    await returns(office, customer);
    return undefined;
  },
};

/** It is settled by its confirmation: who waited before still does, and nobody else. */
export async function optsOut(office: Office, customer: Customer, text: string): Promise<void> {
  const { standing } = customer;
  await isSettled(office, customer, "optedOut", () => office.sends(customer, text));
  customer.standing = standing;
  await office.cardTellsTruth(customer);
}

async function returns(office: Office, customer: Customer): Promise<void> {
  const { standing } = customer;
  await isSettled(office, customer, "returned", () => office.sends(customer, "شروع"));
  customer.standing = standing;
}

/** The thread tells of it, and what they get is noted for the judge. */
export async function isSettled(
  office: Office,
  customer: Customer,
  kind: "optedOut" | "returned",
  act: () => Promise<unknown>,
): Promise<void> {
  const { notes, world, now } = office;
  const messages = () => world.group.messages(office.topicOf(customer));
  const toldOf = () => messages().filter(({ text }) => text.includes(told[kind])).length;
  const before = toldOf();
  notes.confirmations.push({ customer: customer.n, text: automatic[kind], at: performance.now() });
  const isOut = kind === "optedOut";
  const last = notes.optOuts.findLast((one) => one.customer === customer.n);
  if (!isOut && last) last.to = now();
  await act();
  customer.wasTold = true;
  await office.sees(`${told[kind]} in the topic of customer ${customer.n}`, () => toldOf() > before);
  customer.isOut = isOut;
  if (isOut) notes.optOuts.push({ customer: customer.n, from: now(), to: Number.POSITIVE_INFINITY });
}

async function asksFirst(
  office: Office,
  customer: Customer,
  wish: "send" | "stop",
  by: Customer["owner"],
): Promise<void> {
  if (!by) return;
  const saying = office.says(by, customer, (name) => `با این همه، ${name}`);
  const sign = await office.settles(saying, () => wish);
  insist(saying.asked[0] === "opted-out", `${saying.name} went to somebody who opted out, asked: ${saying.asked}`);
  office.noteAnswer(customer, by, sign);
  await office.cardTellsTruth(customer);
}

export const optingOut: readonly Errand[] = [word, bare];

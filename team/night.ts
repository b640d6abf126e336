import { setTimeout as pause } from "node:timers/promises";
import type { Chance } from "../crash/chance.ts";
import type { Errand } from "./errands/errand.ts";
import { isSettled, optsOut } from "./errands/opting-out.ts";
import type { Customers } from "./half-day.ts";
import type { Lives } from "./lives.ts";
import { automatic } from "./words.ts";

const dayMs = 24 * 60 * 60_000;
/** The hours of a desk that has been open for an hour, and is for so long from now on, every day. */
export function hoursFrom(now: number, openMs: number) {
  const tehran = new Intl.DateTimeFormat("en-GB", { timeZone: "Asia/Tehran", hour: "2-digit", minute: "2-digit" });
  const spell = (at: number) => tehran.format(new Date(at));
  return { hours: { "sat-fri": `${spell(now - dayMs / 24)}-${spell(now + openMs)}` }, away: automatic.away };
}

/** Who writes while the desk is closed is told so, once; who has opted out is not. */
const lateWriter: Errand = {
  name: "a customer at night",
  async run(office, customer, dice) {
    const { notes, world } = office;
    const from = performance.now();
    if (customer.isOut) await office.writesAndIsSeen(customer);
    else {
      notes.confirmations.push({ customer: customer.n, text: automatic.away, at: from });
      await office.writesAndIsSeen(customer);
      customer.wasTold = true;
      if (dice.between(1, 2) === 1) await office.writesAndIsSeen(customer);
      await office.sees(`«${automatic.away}» in the topic of customer ${customer.n}`, () =>
        world.group.messages(office.topicOf(customer)).some(({ text }) => text.includes(automatic.away)),
      );
    }
    await office.cardTellsTruth(customer);
    return undefined;
  },
};

const noMore: Errand = {
  name: "no more advertisements",
  async run(office, customer) {
    await office.writesAndIsSeen(customer);
    await optsOut(office, customer, "لغو ۱۱");
    return undefined;
  },
};

/** «لغو» after an advertisement, which may be a bare ۱۱ then, and counts by itself. */
const afterCampaign: Errand = {
  name: "a bare 11 after a campaign",
  async run(office, customer) {
    if (customer.isOut) return undefined;
    await office.writesAndIsSeen(customer);
    const { standing } = customer;
    await optsOut(office, customer, "۱۱");
    await isSettled(office, customer, "returned", () => office.sends(customer, "۱۲"));
    customer.standing = standing;
    await optsOut(office, customer, "لغو۱۱");
    return undefined;
  },
};

/** Before the campaign some opt out, so that it may not come to them. */
export async function beforeCampaign(customers: Customers, dice: Chance): Promise<void> {
  for (const customer of stillThere(customers)) await customers.see(noMore, customer, dice);
}

/** Before the desk closes others have had enough. */
export async function evening(customers: Customers, dice: Chance): Promise<void> {
  for (const customer of stillThere(customers)) await customers.see(afterCampaign, customer, dice);
}

const stillThere = ({ free }: Customers) => [...free].filter(({ isOut }) => !isOut).slice(0, 2);

export async function night(customers: Customers, lives: Lives, dice: Chance): Promise<void> {
  const writers = [...customers.free].slice(0, 8);
  const all = Promise.all(writers.map((customer) => customers.see(lateWriter, customer, dice.branch())));
  await pause(dice.between(1500, 4000));
  await lives.kill();
  lives.start();
  await all;
}

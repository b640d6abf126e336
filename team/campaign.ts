import type { Chance } from "../crash/chance.ts";
import { type Figure, none } from "../crash/judge.ts";
import { toHandsetNumber } from "../src/sandbox/number.ts";
import { insist } from "./errands/errand.ts";
import type { Customers } from "./half-day.ts";
import type { Lives } from "./lives.ts";
import type { Office } from "./office.ts";
import { Missed } from "./sight.ts";
import { buttons, numberIn, told } from "./words.ts";

/** Every SMS of the campaign has it in its text. */
export const campaign = "campaign-1";
/** Beside the customers, who are on the list, too. */
const strangers = 500;
/** A call of a panel takes a while, so that a kill falls between two of them. */
const callMs = 700;

/** What was planned, and what the end told. */
export interface Campaign {
  readonly judge: () => readonly Figure[];
}

/** One sends an advertisement to everybody, and the bridge is killed twice in the middle. */
export async function runCampaign(office: Office, customers: Customers, lives: Lives, dice: Chance): Promise<Campaign> {
  const { world, talk, notes } = office;
  const { group, asanak } = world;
  const out = new Set([...customers.free].filter(({ isOut }) => isOut).map(({ n }) => talk.numberOf(n)));
  const people = [...customers.free].map(({ n }) => talk.numberOf(n));
  const others = Array.from({ length: strangers }, (_, at) => `0935${String(at).padStart(7, "0")}`);
  const list = [...people, ...others];
  const wanted = new Set(list.filter((number) => !out.has(number)));
  const sent = () => asanak.ledger.filter(({ text }) => text.includes(campaign));
  let end = "";

  try {
    const [by] = office.some(1, dice);
    notes.commands += 1;
    const content = ["شماره,نام", ...list.map((number) => `${number},دوست`)].join("\n");
    const file = { name: "list.csv", content, type: "text/csv" };
    const { id } = group.say(by, `/bulk {نام} عزیز، امروز ارزان‌تر است (${campaign}). لغو۱۱`, { file });
    const plan = await office.sees("the plan of the campaign", () =>
      group.messages().find(({ replyTo, from, buttons: all }) => from.isBot && replyTo === id && all.length > 0),
    );
    insist(numberIn(plan.text) === wanted.size, `${plan.text}, and ${wanted.size} are to get it`);
    const heal = asanak.network.fault({ kind: "delay", ms: callMs, match: ({ path }) => path.endsWith("sendsms") });
    await office.presses(by, plan.id, buttons.sendCampaign);
    for (const least of [1, strangers / 2]) {
      await office.sees(`${least} SMS of the campaign`, () => sent().length >= least);
      await lives.kill();
      lives.start();
    }
    heal();
    const last = await office.sees("the end of the campaign", () => {
      const message = group.message(plan.id);
      return message?.text.includes(told.campaignDone) ? message : undefined;
    });
    end = last.text;
  } catch (error) {
    if (!(error instanceof Missed)) throw error;
    notes.troubles.push({ errand: "the campaign", what: error.message });
  }
  for (const customer of customers.free) customer.wasTold = true;

  return { judge };

  function judge(): readonly Figure[] {
    const got = sent().map(({ receiver }) => toHandsetNumber(receiver));
    const receivers = new Set(got);
    const doubts = told.campaignUncertain.exec(end)?.[1];
    const uncertain = doubts === undefined ? 0 : numberIn(doubts);
    const reported = numberIn(end.slice(end.indexOf(told.campaignDone) + told.campaignDone.length));
    const missing = [...wanted].filter((number) => !receivers.has(number));
    const isHonest = reported <= receivers.size && receivers.size <= reported + uncertain;
    const isWhole = reported + uncertain === wanted.size;
    return [
      none(
        "SMS of a campaign, killed twice in the middle, that came twice",
        got.filter((number, at) => got.indexOf(number) !== at),
        `${got.length} of ${wanted.size}`,
      ),
      none(
        "of these to whom nobody wanted to send",
        [...receivers].filter((number) => !wanted.has(number)),
        `${out.size} opted out`,
      ),
      none(
        "receivers it did not come to, and it was not uncertain",
        missing.length > uncertain ? missing : [],
        `${missing.length} without, ${uncertain} uncertain`,
      ),
      none("ends of campaigns that tell otherwise", isHonest && isWhole ? [] : [end], `«${end.replace(/\n/g, " ")}»`),
    ];
  }
}

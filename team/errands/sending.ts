import type { Saying } from "../notes.ts";
import { type Office, sent } from "../office.ts";
import type { Customer } from "../sight.ts";
import { buttons, told } from "../words.ts";
import { type AfterLunch, type Errand, insist, mostly } from "./errand.ts";

const minuteMs = 60_000;

/** An SMS for in a minute: sent now, changed and cancelled, or left alone, so that it leaves at its time, over lunch at the latest. */
const later: Errand = {
  name: "later",
  async run(office, customer, dice) {
    await office.writesAndIsSeen(customer);
    const { group } = office.world;
    const [by, other] = office.some(2, dice);
    const saying = office.says(by, customer, (name) => `سفارش شما ${name}`, { command: "/later +1m" });
    const mark = await office.sees(`the time of ${saying.name}`, () => {
      const found = office.markOf(saying);
      return found?.message.buttons.flat().includes(buttons.cancel) || office.questionOf(saying) ? found : undefined;
    });
    const { date } = group.message(saying.messageId) ?? { date: 0 };
    const next = office.questionOf(saying) ? 4 : dice.between(1, 4);
    if (next === 1) {
      await office.presses(by, mark.message.id, buttons.sendNow);
      office.noteAnswer(customer, by, await office.settles(saying, () => "send"));
    } else if (next === 2) {
      saying.texts.push(`سفارش تازه‌ی شما ${saying.name}`);
      group.edit(saying.messageId, `/later فردا ۹ صبح ${saying.texts[1]}`);
      await office.sees(`the change of ${saying.name}`, () => office.markOf(saying)?.message.text.includes("تازه"));
      saying.wish = "stop";
      await cancelFromList(saying);
    } else if (next === 3) {
      saying.wish = "stop";
      await office.presses(other ?? by, mark.message.id, buttons.cancel);
      await office.settles(saying, () => "stop");
    } else return leaves(saying, date * 1000 + minuteMs);
    await office.cardTellsTruth(customer);
    return undefined;

    async function cancelFromList(of: Saying): Promise<void> {
      office.notes.commands += 1;
      const { id } = group.say(other ?? by, "/later", { topic: office.topicOf(customer) });
      const list = await office.sees("the list of what waits", () =>
        group.messages(office.topicOf(customer)).find(({ replyTo, from }) => from.isBot && replyTo === id),
      );
      insist(list.buttons.flat().join() === buttons.cancelFirst, `the list has ${list.buttons.flat().join()}`);
      await office.presses(by, list.id, buttons.cancelFirst);
      await office.settles(of, () => "stop");
    }

    async function leaves(of: Saying, at: number): Promise<AfterLunch> {
      of.notBefore = at;
      return async () => {
        await office.sees(`${of.name} to leave at its time`, () => {
          const now = office.markOf(of);
          return now && (now.sign !== "⏳" || office.questionOf(of));
        });
        const sign = await office.settles(of, () => "stop");
        office.noteAnswer(customer, by, sign);
        await office.cardTellsTruth(customer);
      };
    }
  },
};

/** `/send` to somebody who never wrote asks once; what leaves stands in their topic, and the next one asks no more. */
const stranger: Errand = {
  name: "a number that never wrote",
  async run(office, _customer, dice) {
    const [by] = office.some(1, dice);
    const customer = newcomer(office);
    const send = (text: string) =>
      office.says(by, customer, (name) => `${office.talk.numberOf(customer.n)} ${text} ${name}`, {
        command: "/send",
        topic: undefined,
      });
    const first = send("سفارش شما رسید");
    const sign = await office.settles(first, mostly(dice));
    insist(first.asked[0] === "first", `${first.name} went to somebody who never wrote, and nobody was asked`);
    if (!sent.has(sign)) return undefined;
    await isEchoed(first);
    const second = send("فردا می‌رسد");
    await office.settles(second, mostly(dice));
    insist(!second.asked.includes("first"), `${second.name} was asked about again`);
    return undefined;

    async function isEchoed({ name }: Saying): Promise<void> {
      if (office.markOf(first)?.sign === "⚠") return;
      await office.sees(`${name} in its topic`, () =>
        office.world.group
          .messages()
          .find(
            ({ from, topicId, text }) => from.isBot && topicId && text.startsWith(told.echo) && text.includes(name),
          ),
      );
    }
  },
};

export function newcomer({ talk }: Pick<Office, "talk">): Customer {
  const n = talk.newCustomer();
  return { n, owner: undefined, standing: "new", name: undefined, isOut: false, wasTold: false, answeredAt: 0 };
}

export const sending: readonly Errand[] = [later, stranger];

import type { Chance } from "../../crash/chance.ts";
import type { User } from "../../src/sandbox/telegram/types.ts";
import type { Office } from "../office.ts";
import { type Customer, Missed } from "../sight.ts";
import type { Question } from "../words.ts";

/**
 * One piece of office work with one customer, whom nobody else sees to meanwhile; it leaves them in a state that is known. What it
 * gives back is done after lunch. Throws `Missed` where something does not come to be as it must.
 */
export interface Errand {
  readonly name: string;
  /** It needs somebody whom the bridge has never told anything by itself, or who may be answered and was not just now. */
  readonly needs?: "untold" | "rested";
  run(office: Office, customer: Customer, dice: Chance): Promise<AfterLunch | undefined>;
}

export type AfterLunch = () => Promise<void>;

/** Throws what somebody sees and should not. */
export function insist(isSo: boolean, what: string): void {
  if (!isSo) throw new Missed(what);
}

/** An answer that its writer wants to leave, whatever is asked; the card tells of it. */
export async function answers(office: Office, customer: Customer, by: User): Promise<void> {
  const saying = office.says(by, customer, (name) => `چشم ${name}`);
  office.noteAnswer(customer, by, await office.settles(saying, () => "send"));
  await office.cardTellsTruth(customer);
}

/** People say yes to two of three questions. */
export const mostly = (dice: Chance) => (_: Question) => (dice.between(1, 3) > 1 ? "send" : "stop");

import type { TakenSms } from "../src/sandbox/panels.ts";
import { answersIn, type Said, type Talk } from "./talk.ts";
import type { Repeat, Witness } from "./witness.ts";
import type { World } from "./world.ts";

/** One line of the verdict. */
export interface Figure {
  readonly figure: string;
  readonly measured: string;
  readonly bar: string;
  readonly isHeld: boolean;
  /** The first few that broke it, for whoever looks into it. */
  readonly broken?: readonly string[];
}

/** A process of the bridge, from its start to the start of the next; milliseconds of this process. */
export interface Span {
  readonly name: string;
  readonly from: number;
  /** Whether it was ended in the middle of its work. */
  readonly isKilled: boolean;
}

export interface Evidence {
  readonly world: World;
  readonly talk: Talk;
  readonly witness: Witness;
  readonly spans: readonly Span[];
}

const uncertain = "⚠";
const taken: ReadonlySet<string> = new Set(["✓", "✓✓"]);

/** The panels' ledgers, by the name of the answer; what has none stands under its text. */
function ledgerOf(world: World): ReadonlyMap<string, readonly TakenSms[]> {
  const ledger = new Map<string, TakenSms[]>();
  for (const { simulator } of world.panels) {
    for (const sms of simulator.ledger) {
      const name = answersIn(sms.text)[0] ?? sms.text;
      ledger.set(name, [...(ledger.get(name) ?? []), sms]);
    }
  }
  return ledger;
}

/** What still has to happen: SMS that are not shown, and answers of which nobody can say yet what became of them. */
export function outstanding({ talk, witness }: Pick<Evidence, "talk" | "witness">): string[] {
  const hidden = [...talk.written].flatMap(([customer, list]) =>
    list.filter(({ isTaken }, at) => isTaken && !witness.hasShown(customer, at + 1)).map(({ text }) => text),
  );
  const open = allSaid(talk).filter(({ messageId }) => {
    const sign = signUnder(messageId, witness);
    return sign === undefined || sign === "⏳" || sign === "✓";
  });
  return [...hidden, ...open.map(({ name }) => name)];
}

/** Compares what went in with what came out, on both sides. */
export function judge(evidence: Evidence): Figure[] {
  const { world, talk, witness } = evidence;
  const ledger = ledgerOf(world);
  const said = allSaid(talk);
  const texts = new Set(said.flatMap((one) => one.texts));
  const everything = [...ledger.values()].flat();
  const written = [...talk.written.values()].flat();
  const promised = written.filter(({ isTaken }) => isTaken);

  const lost = [...talk.written].flatMap(([customer, list]) =>
    list.filter(({ isTaken }, at) => isTaken && !witness.hasShown(customer, at + 1)).map(({ text }) => text),
  );
  const misplaced = [...talk.written.keys()]
    .filter((customer) => !isRising(witness.shownOf(customer)))
    .map((customer) => `customer ${customer}: ${witness.shownOf(customer).join(" ")}`);
  const presses = said.reduce((sum, one) => sum + one.presses, 0);
  const doubled = said.filter((one) => countOf(one, ledger) > 1 + one.presses);
  const unasked = everything.filter(({ text }) => !texts.has(text)).map(({ text }) => text);
  const unsettled = said.filter((one) => !isSettled(one, witness, ledger)).map((one) => describe(one, witness, ledger));
  const inDoubt = said.filter(({ messageId }) => signUnder(messageId, witness) === uncertain);
  const overtaken = [...talk.said].filter(([, list]) => !isInOrder(list, ledger)).map(([customer]) => `to ${customer}`);

  return [
    none("SMS lost", lost, `${promised.length} taken`),
    none("threads in which SMS stand out of order", misplaced, `${talk.written.size} threads`),
    none(
      "SMS sent twice, and nobody asked for it",
      doubled.map((one) => describe(one, witness, ledger)),
      `${everything.length} sent, ${presses} times asked`,
    ),
    none("SMS sent that nobody asked for", unasked, ""),
    none("answers neither sent once nor uncertain", unsettled, `${said.length} given, ${inDoubt.length} uncertain`),
    none("threads in which answers left out of order", overtaken, `${talk.said.size} threads`),
    ...repeats(evidence.witness.repeated(), evidence.spans),
    none(
      "calls that the Bot API does not know",
      world.telegram.violations.map(({ method }) => method),
      "",
    ),
  ];
}

/** Shown twice: counted for the process that had shown it and did not live to note it. */
export function repeats(repeated: readonly Repeat[], spans: readonly Span[]): Figure[] {
  const counts = spans.flatMap(({ name, from, isKilled }, at) => {
    const until = spans[at + 1]?.from ?? Number.POSITIVE_INFINITY;
    const all = repeated.filter(({ before }) => before.at >= from && before.at < until);
    const tell = ({ before, again }: Repeat) =>
      `${before.text}: ${before.messageId} after ${Math.round(before.at - from)} ms, ${again.messageId} after ${Math.round(again.at - from)} ms`;
    const words = `${name}, a life of ${Math.round(until - from)} ms: ${all.map(tell).join("; ")}`;
    return all.length === 0 ? [] : [{ isKilled, count: all.length, words }];
  });
  const afterKills = counts.filter(({ isKilled }) => isKilled);
  const most = Math.max(0, ...afterKills.map(({ count }) => count));
  const whole = counts.filter(({ isKilled }) => !isKilled).map(({ words }) => words);
  return [
    {
      figure: "posts shown twice in a chat after one kill",
      measured: `at most ${most} (${afterKills.length} kills of ${spans.filter(({ isKilled }) => isKilled).length})`,
      bar: "≤ 1",
      isHeld: most <= 1,
      broken: afterKills.filter(({ count }) => count > 1).map(({ words }) => words),
    },
    none("posts shown twice without a kill", whole, ""),
  ];
}

/** Whether the mark says that nobody knows; one that a person had sent again meanwhile says what came of that. */
export function isInDoubt(name: string, talk: Talk, witness: Witness): boolean {
  const said = allSaid(talk).find((one) => one.name === name);
  return said !== undefined && (said.presses > 0 || signUnder(said.messageId, witness) === uncertain);
}

export function none(figure: string, broken: readonly string[], of: string): Figure {
  const measured = of === "" ? String(broken.length) : `${broken.length} (${of})`;
  return { figure, measured, bar: "0", isHeld: broken.length === 0, broken: broken.slice(0, 10) };
}

function allSaid(talk: Talk): readonly Said[] {
  return [...talk.said.values()].flat();
}

/** A tick stands for exactly one SMS and a warning for one at most, and for one more each time that somebody pressed. */
function isSettled(said: Said, witness: Witness, ledger: ReadonlyMap<string, readonly TakenSms[]>): boolean {
  const sign = signUnder(said.messageId, witness);
  const count = countOf(said, ledger);
  if (sign === undefined || count > 1 + said.presses) return false;
  return taken.has(sign) ? count >= 1 : sign === uncertain;
}

function describe(said: Said, witness: Witness, ledger: ReadonlyMap<string, readonly TakenSms[]>): string {
  const { name, messageId, presses } = said;
  return `${name}: marked ${signUnder(messageId, witness)}, ${countOf(said, ledger)} at the panel, pressed ${presses} times`;
}

function countOf({ name }: Said, ledger: ReadonlyMap<string, readonly TakenSms[]>): number {
  return ledger.get(name)?.length ?? 0;
}

function signUnder(messageId: number | undefined, witness: Witness): string | undefined {
  return messageId === undefined ? undefined : witness.markUnder(messageId)?.sign;
}

/** Those of one customer that left, by when they did. What somebody had sent again went behind the others. */
function isInOrder(list: readonly Said[], ledger: ReadonlyMap<string, readonly TakenSms[]>): boolean {
  const left = list.filter(({ presses }) => presses === 0).flatMap(({ name }) => ledger.get(name) ?? []);
  return isRising(left.map(({ id }) => BigInt(id)));
}

function isRising(values: readonly (number | bigint)[]): boolean {
  return values.every((value, at) => at === 0 || value > (values[at - 1] ?? value));
}

import { type Figure, none, repeats, type Span } from "../crash/judge.ts";
import { answersIn } from "../crash/talk.ts";
import type { Repeat } from "../crash/witness.ts";
import { toHandsetNumber } from "../src/sandbox/number.ts";
import type { TakenSms } from "../src/sandbox/panels.ts";
import { groupBy } from "../src/support/group-by.ts";
import { campaign } from "./campaign.ts";
import type { Saying } from "./notes.ts";
import type { Office } from "./office.ts";
import { type Customer, untruthIn } from "./sight.ts";
import { automatic, told } from "./words.ts";

/** Holds what each person did and saw against the panel's ledger. */
export function judge(office: Office, customers: readonly Customer[], spans: readonly Span[]): Figure[] {
  const { world, notes, talk, witness } = office;
  const { ledger } = world.asanak;
  const copies = groupBy(ledger, ({ text }) => answersIn(text)[0] ?? text);
  const copiesOf = ({ name }: Saying) => copies.get(name) ?? [];
  const signOf = (saying: Saying) => office.markOf(saying)?.sign ?? "no mark";
  const describe = (saying: Saying) =>
    `${saying.name} of ${saying.by}, to ${saying.wish}: ${signOf(saying)}, ${copiesOf(saying).length} at the panel`;

  const meant = notes.sayings.filter(({ wish }) => wish === "send");
  const stopped = notes.sayings.filter(({ wish }) => wish === "stop");
  const late = stopped.filter((saying) => copiesOf(saying).length === 1 && signOf(saying) !== "⊘");
  const names = new Set(notes.sayings.map(({ name }) => name));
  const confirmations = Object.values(automatic);
  const isAutomatic = ({ text }: TakenSms) => confirmations.some((one) => text.startsWith(one));
  const written = [...talk.written].flatMap(([customer, all]) => all.map((_, at) => ({ customer, n: at + 1 })));
  const promised = written.filter(({ customer, n }) => !notes.unseen.has(`${customer}/${n}`));

  return [
    none(
      "what somebody waited for in vain",
      notes.troubles.map(({ errand, what }) => `${errand}: ${what}`),
      "",
    ),
    none(
      "answers that were meant, and are neither there once nor uncertain",
      meant.filter((saying) => !isThereOnce(signOf(saying), copiesOf(saying).length)).map(describe),
      `${meant.length} answers, ${meant.filter((saying) => signOf(saying) === "⚠").length} uncertain`,
    ),
    none(
      "answers that left although they were dropped, undone or cancelled",
      stopped.filter((saying) => !late.includes(saying) && copiesOf(saying).length > 0).map(describe),
      `${stopped.length} stopped`,
    ),
    few("of these stopped too late, as their marks say", late.map(describe), stopped.length),
    none(
      "answers that left with another text than was written last, or to another number",
      notes.sayings.filter((saying) => !isAsWritten(saying)).map(describe),
      "",
    ),
    none(
      "answers for later that left before their time",
      notes.sayings
        .filter(({ notBefore }) => notBefore !== undefined)
        .filter(isEarly)
        .map(describe),
      `${notes.sayings.filter(({ notBefore }) => notBefore !== undefined).length} for later`,
    ),
    none(
      "asides of operators that became SMS",
      notes.asides.filter((aside) => ledger.some(({ text }) => text.includes(aside))),
      `${notes.asides.length} asides`,
    ),
    none(
      "SMS that nobody asked for",
      ledger
        .filter((sms) => !isAutomatic(sms) && !sms.text.includes(campaign))
        .filter(({ text }) => !answersIn(text).some((name) => names.has(name)))
        .map(({ text }) => text),
      `${ledger.length} SMS`,
    ),
    none(
      "customers who were told by itself twice what is told once, or not at all without a kill",
      unconfirmed(),
      `${notes.confirmations.length} opt-outs, returns and nights`,
    ),
    none("automatic SMS to customers who had opted out", intruding(), `${notes.optOuts.length} opt-outs`),
    none(
      "SMS of customers that are not shown",
      promised.filter(({ customer, n }) => !witness.hasShown(customer, n)).map(({ customer, n }) => `${customer}/${n}`),
      `${promised.length} written`,
    ),
    none(
      "threads in which SMS stand out of order",
      talkers()
        .filter((n) => !isRising(witness.shownOf(n)))
        .map(String),
      "",
    ),
    none("cards that do not tell the truth in the end", liesOf(office, customers), `${customers.length} cards`),
    ...repeats(
      witness.repeated().filter((repeat) => !repeat.before.text.startsWith(told.reminder) && !isWrittenAgain(repeat)),
      spans,
    ),
    none(
      "calls that the Bot API does not know",
      world.telegram.violations.map(({ method }) => method),
      "",
    ),
  ];

  /** A word that means something, like «شروع», may be written by a customer more than once. */
  function isWrittenAgain({ before, again }: Repeat): boolean {
    const topic = world.group.message(again.messageId)?.topicId;
    return notes.written.some(
      ({ customer, text, at }) =>
        again.text.split("\n")[0] === text && witness.topicOf(customer) === topic && before.at < at && at < again.at,
    );
  }

  /** One that leaves while somebody edits it may have the text before; then they are told. */
  function isAsWritten(saying: Saying): boolean {
    const [first, ...others] = copiesOf(saying);
    if (!first) return true;
    const isTold = world.group
      .messages()
      .some(({ replyTo, text }) => replyTo === saying.messageId && text.startsWith(told.editLate));
    const allowed = isTold ? saying.texts : saying.texts.slice(-1);
    const number = talk.numberOf(saying.customer);
    return [first, ...others].every(
      ({ text, receiver }) => allowed.some((one) => one.endsWith(text)) && toHandsetNumber(receiver) === number,
    );
  }

  function isEarly(saying: Saying): boolean {
    return saying.asked.length === 0 && copiesOf(saying).some(({ at }) => at < (saying.notBefore ?? 0));
  }

  /** One that was on its way to the panel when the bridge was killed is uncertain, and nobody is asked about it. */
  function unconfirmed(): string[] {
    const wanted = groupBy(notes.confirmations, ({ customer, text }) => `${talk.numberOf(customer)}: ${text}`);
    const got = groupBy(ledger.filter(isAutomatic), ({ receiver, text }) => {
      return `${toHandsetNumber(receiver)}: ${confirmations.find((one) => text.startsWith(one))}`;
    });
    return [...new Set([...wanted.keys(), ...got.keys()])].flatMap((key) => {
      const times = wanted.get(key) ?? [];
      const copies = got.get(key)?.length ?? 0;
      const doubtful = times.filter(({ at }) => isCutOff(at)).length;
      return copies > times.length || copies < times.length - doubtful ? [`${key} ${copies} of ${times.length}`] : [];
    });
  }

  function isCutOff(at: number): boolean {
    return spans.some(({ isKilled }, index) => {
      const end = spans[index + 1]?.from;
      return isKilled && end !== undefined && end > at && end < at + cutOffMs;
    });
  }

  function intruding(): string[] {
    return notes.optOuts.flatMap(({ customer, from, to }) =>
      ledger
        .filter(({ receiver, at }) => toHandsetNumber(receiver) === talk.numberOf(customer) && at > from && at < to)
        .filter(({ text }) => answersIn(text).length === 0 && !text.startsWith(automatic.optedOut))
        .map(({ text }) => `${customer}: ${text}`),
    );
  }

  function talkers(): number[] {
    return [...talk.written.keys()].filter((n) => witness.topicOf(n) !== undefined);
  }
}

/** What cards say that is not so, when all has come to rest. */
export function liesOf(office: Office, customers: readonly Customer[]): string[] {
  return customers.flatMap((customer) => {
    const card = office.cardsOf(customer).at(-1);
    const lie = card ? untruthIn(card, customer, { atLast: true }) : "there is no card";
    return lie === undefined ? [] : [`customer ${customer.n}: ${lie}`];
  });
}

/** A confirmation has left after so long, on a slow machine, too. */
const cutOffMs = 20_000;

function isThereOnce(sign: string, copies: number): boolean {
  return sign === "⚠" ? copies <= 1 : (sign === "✓✓" || sign === "✓") && copies === 1;
}

function few(figure: string, late: readonly string[], of: number): Figure {
  const bar = "less than half";
  const isHeld = late.length === 0 || late.length < of / 2;
  return { figure, measured: `${late.length} of ${of}`, bar, isHeld, broken: late.slice(0, 10) };
}

function isRising(values: readonly number[]): boolean {
  return values.every((value, at) => at === 0 || value > (values[at - 1] ?? value));
}

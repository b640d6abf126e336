import { z } from "zod";
import { toHandsetNumber } from "../number.ts";
import { dayIn, hourIn, writeTime } from "../tehran.ts";
import type { Timers } from "../timers.ts";
import type { Account } from "./account.ts";
import { AsanakRefusal, refusals, statuses } from "./codes.ts";
import type { AcceptedSms, Ledger } from "./ledger.ts";

export interface MethodDeps {
  readonly account: Account;
  readonly ledger: Ledger;
  readonly timers: Timers;
}

type Fields = Readonly<Record<string, unknown>>;
export type AsanakMethod = (fields: Fields, deps: MethodDeps) => unknown;

const mostPerCall = 100;
const word = z.union([z.string(), z.number()]).transform(String);
/** A list joined by `-` or `,`, or a JSON array. */
const list = z.union([z.array(word), word.transform((joined) => joined.split(/[,-]/))]);
const flag = z.union([z.literal(["0", "1"]), z.literal([0, 1])]).transform(Number);
const row = z.object({ source: word, destination: word, message: z.string(), send_to_blacklist: flag.default(1) });
const parsedJson = z.preprocess((value) => (typeof value === "string" ? JSON.parse(value) : value), z.unknown());

/** The methods of v2rest; each gives the `data` of its answer or throws `AsanakRefusal`. */
export const asanakMethods: Readonly<Record<string, AsanakMethod>> = {
  sendsms(fields, deps) {
    const sent = parse(row.extend({ destination: list }), fields);
    if (sent.destination.length > mostPerCall) throw badInput("destination: at most 100");
    const line = deps.account.requireLine(sent.source, requireText(sent.message), hourIn(deps.timers.now()));
    const receivers = requireReceivers(sent.destination, sent.send_to_blacklist === 1, deps.account);
    deps.account.charge(
      receivers.map(() => sent.message),
      dayIn(deps.timers.now()),
    );
    return receivers.map((receiver) =>
      idOf(deps.ledger.accept({ line, receiver, text: sent.message, method: "sendsms" })),
    );
  },

  p2psendsms(fields, deps) {
    const rows = parse(z.object({ data: parsedJson.pipe(z.array(row).min(1)) }), fields).data;
    if (rows.length > mostPerCall) throw badInput("data: at most 100");
    const checked = rows.map((sent) => {
      const line = deps.account.requireLine(sent.source, requireText(sent.message), hourIn(deps.timers.now()));
      return { ...sent, line, canReceive: receives(sent.destination, sent.send_to_blacklist === 1, deps.account) };
    });
    if (checked.every(({ canReceive }) => canReceive === "invalid")) throw badDestinations(rows);
    const good = checked.filter(({ canReceive }) => canReceive === "yes");
    if (good.length === 0) throw new AsanakRefusal(refusals.blacklisted);
    deps.account.charge(
      good.map(({ message }) => message),
      dayIn(deps.timers.now()),
    );
    return good.map(({ line, destination, message }) => {
      const sms = deps.ledger.accept({ line, receiver: destination, text: message, method: "p2psendsms" });
      return { messageId: idOf(sms), source: line, destination };
    });
  },

  template(fields, deps) {
    const shape = z.object({
      template_id: word,
      destination: word,
      parameters: parsedJson.pipe(z.record(z.string(), word)),
    });
    const sent = parse(shape, fields);
    const template = deps.account.templates.find(({ id }) => String(id) === sent.template_id);
    if (!template || template.isActive === false) throw new AsanakRefusal(refusals.badTemplate);
    const text = template.text.replace(/\{\{(\w+)\}\}/g, (_all, name: string) => {
      const value = sent.parameters[name];
      if (value === undefined) throw badInput(`parameters.${name} is required`);
      return value;
    });
    const [receiver = ""] = requireReceivers([sent.destination], true, deps.account);
    deps.account.charge([text], dayIn(deps.timers.now()));
    const line = deps.account.lines[0] ?? "";
    return [idOf(deps.ledger.accept({ line, receiver, text, method: "template" }))];
  },

  msgstatus(fields, { ledger }) {
    const { msgid } = parse(z.object({ msgid: list }), fields);
    if (msgid.length > mostPerCall) throw badInput("msgid: at most 100");
    return msgid.map((id) => {
      const progress = ledger.progressOf(id);
      return {
        MsgID: id,
        Status: String(progress?.status ?? statuses.notFound),
        SendTime: writeTime(progress?.sentAt),
        DeliverTime: writeTime(progress?.deliveredAt),
      };
    });
  },

  getcredit: (_fields, { account }) => ({ credit: account.credit }),
  getrialcredit: (_fields, { account }) => ({ credit: account.rialCredit }),
  templatelist: (_fields, { account }) =>
    account.templates.map(({ id, text, isActive = true }) => ({ id, template: text, status: isActive ? 1 : 0 })),
};

function parse<S extends z.ZodType>(shape: S, fields: Fields): z.output<S> {
  try {
    return shape.parse(fields);
  } catch (error) {
    throw badInput(error instanceof z.ZodError ? (error.issues[0]?.path.join(".") ?? "body") : "body");
  }
}

function badInput(what: string): AsanakRefusal {
  return new AsanakRefusal({ ...refusals.badInput, message: `${refusals.badInput.message} ${what}` });
}

function requireText(text: string): string {
  if (text === "") throw badInput("message is required");
  return text;
}

/** Bad and blacklisted numbers are left out; the call is refused only where none is left. */
function requireReceivers(written: readonly string[], blacklistToo: boolean, account: Account): string[] {
  const judged = written.map((number) => ({ number, verdict: receives(number, blacklistToo, account) }));
  if (judged.every(({ verdict }) => verdict === "invalid")) throw badDestinations(written);
  const good = judged.filter(({ verdict }) => verdict === "yes").map(({ number }) => number);
  if (good.length === 0) throw new AsanakRefusal(refusals.blacklisted);
  return good;
}

function receives(number: string, blacklistToo: boolean, account: Account): "yes" | "blacklisted" | "invalid" {
  // `09…` and `989…`, as the manual writes them; `+98…` is refused.
  if (!/^(?:0|98)9\d{9}$/.test(number)) return "invalid";
  return !blacklistToo && account.blacklist.has(toHandsetNumber(number)) ? "blacklisted" : "yes";
}

function badDestinations(all: readonly unknown[]): AsanakRefusal {
  return new AsanakRefusal(refusals.badDestination, { Invalids: all.map((_, index) => `${index}Invalid`) });
}

/** Ids leave as JSON numbers. */
function idOf(sms: AcceptedSms): number {
  return Number(sms.id);
}

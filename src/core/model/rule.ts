import type { DeskId } from "./ids.ts";
import type { Inbound } from "./message.ts";
import { foldNumber } from "./phone.ts";
import { parseSenderPattern } from "./sender-pattern.ts";
import { parseTextPattern } from "./text-pattern.ts";

/** What a desk does by itself with certain SMS, as the configuration has it. Conditions that are absent hold for every SMS. */
export interface RuleSettings {
  /** See `parseSenderPattern`; of several, any. */
  readonly sender?: string | readonly string[] | undefined;
  /** See `parseTextPattern`. */
  readonly pattern?: string | undefined;
  /** The line it was sent to. */
  readonly line?: string | undefined;
  readonly desk?: DeskId | undefined;
  readonly topic?: string | undefined;
  readonly silent?: boolean | undefined;
  readonly drop?: boolean | undefined;
  readonly maskCodesAfterSeconds?: number | undefined;
}

/** Where an SMS goes instead of the topic of its sender, and how. */
export interface Route {
  readonly desk?: DeskId;
  /** The name of a topic that it shares with others. */
  readonly topic?: string;
  readonly silent?: true;
  /** Kept and counted, and not shown. */
  readonly dropped?: true;
  /** One-time codes are hidden so long after they were shown. */
  readonly hideCodesAfterMs?: number;
}

export interface Rule {
  matches(sms: RoutedSms): boolean;
  readonly route: Route;
}

type RoutedSms = Pick<Inbound, "line" | "peer" | "text">;

/** Throws `SyntaxError` where the pattern cannot be read. */
export function createRule(settings: RuleSettings): Rule {
  const { sender, pattern, line, desk, topic, silent, drop, maskCodesAfterSeconds } = settings;
  const senders = [sender ?? []].flat().map(parseSenderPattern);
  const isMeant = pattern === undefined ? undefined : parseTextPattern(pattern);
  const ownLine = line === undefined ? undefined : foldNumber(line);
  return {
    matches: (sms) =>
      (ownLine === undefined || sms.line === ownLine) &&
      (senders.length === 0 || senders.some((isSender) => isSender(sms.peer))) &&
      (isMeant === undefined || isMeant(sms.text)),
    route: {
      ...(desk === undefined ? {} : { desk }),
      ...(topic === undefined ? {} : { topic }),
      ...(silent ? { silent } : {}),
      ...(drop ? { dropped: drop } : {}),
      ...(maskCodesAfterSeconds === undefined ? {} : { hideCodesAfterMs: 1000 * maskCodesAfterSeconds }),
    },
  };
}

/** The first rule that fits decides, alone. */
export function findRoute(rules: readonly Rule[], sms: RoutedSms): Route | undefined {
  return rules.find((rule) => rule.matches(sms))?.route;
}

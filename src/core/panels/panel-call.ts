import { settleAll } from "../../support/settle-all.ts";
import type { Events } from "../events.ts";
import type { MessageId } from "../model/ids.ts";
import type { NamedTemplateUse, Outbound } from "../model/message.ts";
import { refuse, take } from "../outbox/attempt.ts";
import type { Ledger } from "../outbox/ledger.ts";
import { createPersist } from "../persist.ts";
import type { Clock } from "../ports/clock.ts";
import type { Log } from "../ports/log.ts";
import { ProviderError } from "../ports/provider-error.ts";
import type { SendReceipt, SmsProvider } from "../ports/sms-provider.ts";
import type { Registry } from "../registry.ts";
import { askingOf } from "../reports/doubts.ts";
import { firstAskAt, receiptOf } from "../reports/reports.ts";
import { createAsk } from "./ask.ts";
import { isEarly, isOfTheMessage, type NextStep, nextStep } from "./failover.ts";
import type { Health } from "./health.ts";

export interface CallDeps {
  readonly ledger: Ledger;
  readonly registry: Registry;
  readonly health: Health;
  readonly clock: Clock;
  readonly events: Events;
  readonly log: Log;
  /** In [0, 1), for jitter. */
  readonly random: () => number;
}

/** Messages that leave in one call: of one line, and where they are several, plain texts at one time. */
export type CallMessages = readonly [Outbound, ...Outbound[]];

export interface CallOutcome {
  /** `silent`: nobody knows what the panel did, for it did not say; `unreached`: it was not asked. */
  readonly end: "answered" | "silent" | "unreached";
  /** One of these was refused, and which of them the panel does not say. All of them wait again. */
  readonly toSplit: readonly MessageId[];
}

/** Hands claimed messages to their panel and commits what came of each. Throws only what a damaged record throws. */
export type Call = (messages: CallMessages, provider: SmsProvider, signal: AbortSignal) => Promise<CallOutcome>;

export function createCall(deps: CallDeps): Call {
  const { ledger, registry, clock, log, random } = deps;
  const ask = createAsk(deps);
  const persist = createPersist(deps);

  async function commitReceipt(messages: CallMessages, provider: SmsProvider, answer: SendReceipt): Promise<void> {
    const at = clock.now();
    const takeOne = (message: Outbound, place: number) => {
      const receipt = receiptOf(message, provider, { ...answer, ids: [answer.ids[place]] }, at);
      const reportDue = firstAskAt(message, provider.reports, receipt);
      return persist(() => ledger.move(message.id, (current) => take(current, receipt, reportDue)));
    };
    await settleAll(messages.map(takeOne));
    log.info({ ...named(messages), provider: provider.id }, "sms taken by the panel");
  }

  async function commitFailure(messages: CallMessages, error: ProviderError, isSplit: boolean): Promise<void> {
    const now = clock.now();
    // What leaves together comes back together.
    const chance = random();
    const stepOf = (message: Outbound): NextStep => {
      if (isSplit) return { do: "split" };
      const asking = askingOf(message, registry.providerOfLine(message.line), now);
      const facts = { fallbacks: registry.fallbacksOf(message), now, random: () => chance };
      return nextStep(error, message, asking ? { ...facts, asking } : facts);
    };
    const refuseOne = (message: Outbound) => {
      const step = stepOf(message);
      return persist(() => ledger.move(message.id, (current) => refuse(current, message.attempt, error, step, now)));
    };
    await settleAll(messages.map(refuseOne));
    const { code, certain } = error;
    // Of the panel's own words only the first: some panels repeat what they were sent.
    const vendor = error.vendor?.split(" ")[0]?.slice(0, 20);
    log.warn({ ...named(messages), code, vendor, certain, step: stepOf(messages[0]).do }, "sms not taken");
  }

  /** The panel's receipt, or why there is none. */
  async function send(
    messages: CallMessages,
    provider: SmsProvider,
    signal: AbortSignal,
  ): Promise<{ outcome: SendReceipt | ProviderError; end: CallOutcome["end"] }> {
    const now = clock.now();
    let hasAnswered = false;
    const outcome = await ask({ provider: provider.id, call: "send" }, async () => {
      for (const message of messages) requireFresh(message, now);
      const [only, ...others] = messages;
      const receipt = await (others.length === 0
        ? hand(only, provider, signal)
        : handTogether(messages, provider, signal));
      hasAnswered = true;
      return requireOneEach(receipt, messages.length);
    });
    return { outcome, end: hasAnswered || !(outcome instanceof ProviderError) ? "answered" : endOf(outcome) };
  }

  /** One text to all, at a time that is still to come or now; or each its own. */
  function handTogether(messages: CallMessages, provider: SmsProvider, signal: AbortSignal): Promise<SendReceipt> {
    const [{ line, text, sendAt }] = messages;
    if (messages.some((message) => message.text !== text)) {
      if (!provider.batch)
        throw new ProviderError("unsupported", "this panel takes one text a call", { certain: true });
      return provider.batch.send(messages, signal);
    }
    const peers = messages.map(({ peer }) => peer);
    if (sendAt === undefined || !messages.some(isEarly)) return provider.send({ line, peers, text }, signal);
    if (!provider.schedule) throw new ProviderError("unsupported", "this panel keeps no SMS", { certain: true });
    return provider.schedule.send({ line, peers, text, at: sendAt }, signal);
  }

  /** A template goes its own way at the panel. */
  function hand(message: Outbound, provider: SmsProvider, signal: AbortSignal): Promise<SendReceipt> {
    const { line, peer, template } = message;
    if (!template) return handTogether([message], provider, signal);
    const settings = registry.findTemplate(template.name, provider.id);
    if (!provider.templates || settings === undefined) {
      throw new ProviderError("bad-template", "this panel has no such template", { certain: true });
    }
    const values = inOrderOf(provider.templates.valuesOf(settings), template);
    return provider.templates.send({ line, peer, template: settings, values }, signal);
  }

  return async (messages, provider, signal) => {
    const { outcome, end } = await send(messages, provider, signal);
    if (!(outcome instanceof ProviderError)) {
      await commitReceipt(messages, provider, outcome);
      return { end, toSplit: [] };
    }
    const isSplit = concernsSome(messages, outcome);
    await commitFailure(messages, outcome, isSplit);
    return { end, toSplit: isSplit ? messages.map(({ id }) => id) : [] };
  };
}

function endOf({ certain, code }: ProviderError): CallOutcome["end"] {
  if (!certain) return "silent";
  return code === "unreachable" || code === "interrupted" ? "unreached" : "answered";
}

/** A refusal of a receiver, or of one of several texts, which does not say which; one text is refused for all alike. */
function concernsSome(messages: CallMessages, error: ProviderError): boolean {
  if (messages.length === 1 || !isOfTheMessage(error)) return false;
  return error.code !== "rejected" || messages.some(({ text }) => text !== messages[0].text);
}

/** For the log. */
function named(messages: CallMessages) {
  const [{ id, attempt }, ...others] = messages;
  return { messageId: id, attempt, ...(others.length > 0 ? { receivers: messages.length } : {}) };
}

/** The panel that takes over may want the values in another order. */
function inOrderOf(names: readonly string[], { names: given, values }: NamedTemplateUse): readonly string[] {
  return names.map((name) => {
    const value = values[given.indexOf(name)];
    if (value !== undefined) return value;
    throw new ProviderError("bad-template", "the template wants another value here", { certain: true });
  });
}

/** Another number of ids than of receivers says nothing of any of them. */
function requireOneEach(receipt: SendReceipt, receivers: number): SendReceipt {
  if (receipt.ids.length === receivers) return receipt;
  throw new ProviderError("bad-reply", `${receipt.ids.length} ids for ${receivers} receivers`, { certain: false });
}

/** A process that was frozen after its claim must not send now what was wanted then. */
function requireFresh(message: Outbound, now: number): void {
  if (now < (message.due ?? now)) return;
  throw new ProviderError("interrupted", "the claim had run out before the call", { certain: true });
}

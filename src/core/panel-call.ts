import { createAsk } from "./ask.ts";
import { refuse, take } from "./attempt.ts";
import { askingOf } from "./doubts.ts";
import type { Events } from "./events.ts";
import { isEarly, nextStep } from "./failover.ts";
import type { Health } from "./health.ts";
import type { Ledger } from "./ledger.ts";
import type { NamedTemplateUse, Outbound } from "./model/message.ts";
import { createPersist } from "./persist.ts";
import type { Clock } from "./ports/clock.ts";
import type { Log } from "./ports/log.ts";
import { ProviderError } from "./ports/provider-error.ts";
import type { SendReceipt, SmsProvider } from "./ports/sms-provider.ts";
import type { Registry } from "./registry.ts";
import { firstAskAt, receiptOf } from "./reports.ts";

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

/** Hands one claimed message to its panel and commits what came of it. Throws only what a damaged record throws. */
export type Call = (message: Outbound, provider: SmsProvider, signal: AbortSignal) => Promise<void>;

export function createCall(deps: CallDeps): Call {
  const { ledger, registry, clock, log, random } = deps;
  const ask = createAsk(deps);
  const persist = createPersist(deps);

  async function commitReceipt(message: Outbound, provider: SmsProvider, answer: SendReceipt): Promise<void> {
    const at = clock.now();
    const receipt = receiptOf(message, provider, answer, at);
    const reportDue = firstAskAt(message, provider.reports, receipt);
    await persist(() => ledger.move(message.id, (current) => take(current, receipt, reportDue)));
    log.info({ messageId: message.id, provider: provider.id, attempt: message.attempt }, "sms taken by the panel");
  }

  async function commitFailure(message: Outbound, error: ProviderError): Promise<void> {
    const now = clock.now();
    const asking = askingOf(message, registry.providerOfLine(message.line), now);
    const facts = { fallbacks: registry.fallbacksOf(message), now, random };
    const step = nextStep(error, message, asking ? { ...facts, asking } : facts);
    await persist(() => ledger.move(message.id, (current) => refuse(current, message.attempt, error, step, now)));
    const { code, certain } = error;
    // Of the panel's own words only the first: some panels repeat what they were sent.
    const vendor = error.vendor?.split(" ")[0]?.slice(0, 20);
    log.warn(
      { messageId: message.id, attempt: message.attempt, code, vendor, certain, step: step.do },
      "sms not taken",
    );
  }

  /** The panel's receipt, or why there is none. */
  function send(message: Outbound, provider: SmsProvider, signal: AbortSignal): Promise<SendReceipt | ProviderError> {
    const now = clock.now();
    return ask({ provider: provider.id, call: "send" }, async () => {
      requireFresh(message, now);
      return requireOne(await hand(message, provider, signal));
    });
  }

  /** Through the panel's way for such a message: a template, a time that is still to come, or a plain text. */
  function hand(message: Outbound, provider: SmsProvider, signal: AbortSignal): Promise<SendReceipt> {
    const { line, peer, text, template, sendAt } = message;
    if (template) {
      const settings = registry.findTemplate(template.name, provider.id);
      if (!provider.templates || settings === undefined) {
        throw new ProviderError("bad-template", "this panel has no such template", { certain: true });
      }
      const values = inOrderOf(provider.templates.valuesOf(settings), template);
      return provider.templates.send({ line, peer, template: settings, values }, signal);
    }
    if (sendAt !== undefined && isEarly(message)) {
      if (!provider.schedule) throw new ProviderError("unsupported", "this panel keeps no SMS", { certain: true });
      return provider.schedule.send({ line, peers: [peer], text, at: sendAt }, signal);
    }
    return provider.send({ line, peers: [peer], text }, signal);
  }

  return async (message, provider, signal) => {
    const outcome = await send(message, provider, signal);
    if (outcome instanceof ProviderError) await commitFailure(message, outcome);
    else await commitReceipt(message, provider, outcome);
  };
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
function requireOne(receipt: SendReceipt): SendReceipt {
  if (receipt.ids.length === 1) return receipt;
  throw new ProviderError("bad-reply", `${receipt.ids.length} ids for one receiver`, { certain: false });
}

/** A process that was frozen after its claim must not send now what was wanted then. */
function requireFresh(message: Outbound, now: number): void {
  if (now < (message.due ?? now)) return;
  throw new ProviderError("interrupted", "the claim had run out before the call", { certain: true });
}

import { settleAll } from "../../support/settle-all.ts";
import { slices } from "../../support/slices.ts";
import type { Events } from "../events.ts";
import { createLoop } from "../loop.ts";
import type { MessageId } from "../model/ids.ts";
import type { Outbound } from "../model/message.ts";
import { type Asking, isAsked, stopAsking, take } from "../outbox/attempt.ts";
import type { Ledger } from "../outbox/ledger.ts";
import { everything } from "../pages.ts";
import { createAsk } from "../panels/ask.ts";
import type { Health } from "../panels/health.ts";
import { createPersist } from "../persist.ts";
import type { Clock } from "../ports/clock.ts";
import type { Log } from "../ports/log.ts";
import { ProviderError } from "../ports/provider-error.ts";
import type { SentList, SentSms, SmsProvider } from "../ports/sms-provider.ts";
import type { Records } from "../records.ts";
import type { Registry } from "../registry.ts";
import { type Listed, proofOf, sortListed } from "./proof.ts";
import { firstAskAt, receiptOf } from "./reports.ts";

const firstAskMs = 2000;
const pauseMs = 8000;
const askedForMs = 60_000;
const idleMs = 15_000;
const faultMs = 2000;
const atOnce = 100;

/** How a send that got no answer is looked into; `undefined` where the panel cannot tell, or nobody knows what its text became. */
export function askingOf(message: Outbound, provider: SmsProvider | undefined, now: number): Asking | undefined {
  if (!provider?.sentList || message.template) return undefined;
  return { due: now + firstAskMs, askUntil: now + askedForMs };
}

/**
 * Asks panels that can tell what became of SMS whose answer was lost. Only what its list of sent SMS proves is believed
 * (`proofOf`); what it cannot prove within a minute is asked of an operator. Nothing is ever sent from here.
 */
export interface Doubts {
  /** Learns what was left in doubt. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

export interface DoubtsDeps {
  readonly records: Records;
  readonly ledger: Ledger;
  readonly registry: Registry;
  readonly health: Health;
  readonly clock: Clock;
  readonly events: Events;
  readonly log: Log;
}

interface Doubt {
  readonly line: string;
  at: number;
}

export function createDoubts(deps: DoubtsDeps): Doubts {
  const { records, ledger, registry, clock, log } = deps;
  const askPanel = createAsk(deps);
  const breakOff = new AbortController();
  const doubts = new Map<MessageId, Doubt>();
  /** One question at a time for each line, so that a slow panel holds up no other. */
  const asking = new Map<string, Promise<void>>();
  const persist = createPersist(deps);

  const loop = createLoop({ clock, pass, onError: (error) => log.error({ err: error }, "pass over doubts failed") });
  ledger.watch((message) => {
    if (follow(message)) loop.wake();
  });

  function follow(message: Outbound): boolean {
    if (!isAsked(message) || message.due === undefined) doubts.delete(message.id);
    else doubts.set(message.id, { line: message.line, at: message.due });
    return doubts.has(message.id);
  }

  async function pass(): Promise<number> {
    const now = clock.now();
    let waitMs = idleMs;
    for (const { line, at } of doubts.values()) {
      if (asking.has(line)) continue;
      if (at > now) waitMs = Math.min(waitMs, at - now);
      else ask(line, now);
    }
    return waitMs;
  }

  function ask(line: string, now: number): void {
    const due = [...doubts].filter(([, doubt]) => doubt.line === line && doubt.at <= now);
    const work = settle(
      line,
      due.map(([id]) => id),
    )
      .catch((error: unknown) => {
        log.error({ err: error }, "doubts not settled");
        for (const [, doubt] of due) doubt.at = clock.now() + faultMs;
        return giveUpLate(due.map(([id]) => id));
      })
      .catch((error: unknown) => log.error({ err: error }, "doubts not given to an operator"))
      .finally(() => {
        asking.delete(line);
        loop.wake();
      });
    asking.set(line, work);
  }

  async function settle(line: string, ids: readonly MessageId[]): Promise<void> {
    const provider = registry.providerOfLine(line);
    const answer = provider?.sentList ? await readSent(provider, provider.sentList, line) : "cannot";
    if (breakOff.signal.aborted) return;
    const listed = answer === "cannot" ? answer : sortListed(answer);
    const settleOne = async (id: MessageId) => {
      const message = await ledger.find(id);
      if (!message || !isAsked(message)) doubts.delete(id);
      else if (listed === "cannot" || !provider) await giveToOperator(message);
      else await weigh(message, provider, listed);
    };
    // Many at once share their commits; a call to many receivers leaves many doubts.
    for (const some of slices(ids, atOnce)) await settleAll(some.map(settleOne));
  }

  /** Whatever we stumble over, nobody waits for longer than was said. */
  async function giveUpLate(ids: readonly MessageId[]): Promise<void> {
    const now = clock.now();
    for (const id of ids) {
      await ledger.move(id, (current) => (now >= (current.askUntil ?? 0) ? stopAsking(current) : undefined));
    }
  }

  async function weigh(message: Outbound, provider: SmsProvider, listed: Listed): Promise<void> {
    const now = clock.now();
    const proof = await proofOf(message, listed, { records, registry, provider: provider.id });
    if (proof === undefined) {
      if (now >= (message.askUntil ?? 0)) return giveToOperator(message);
      const due = Math.min(now + pauseMs, message.askUntil ?? now);
      await persist(() => ledger.move(message.id, (current) => (isAsked(current) ? { ...current, due } : undefined)));
      return;
    }
    const receipt = receiptOf(message, provider, { ids: [proof.id] }, now);
    const reportDue = firstAskAt(message, provider.reports, receipt);
    await persist(() => ledger.move(message.id, (current) => take(current, receipt, reportDue)));
    log.info({ messageId: message.id, provider: provider.id, attempt: message.attempt }, "sms found among those sent");
  }

  async function giveToOperator(message: Outbound): Promise<void> {
    await persist(() => ledger.move(message.id, stopAsking));
    log.warn({ messageId: message.id, attempt: message.attempt }, "panel could not tell whether it took the sms");
  }

  /** An empty list where the panel did not answer, so that it is asked again; `cannot` where asking is of no use. */
  async function readSent(provider: SmsProvider, list: SentList, line: string): Promise<readonly SentSms[] | "cannot"> {
    const { signal } = breakOff;
    const answer = await askPanel({ provider: provider.id, call: "sent-list", signal }, () => list.read(line, signal));
    if (!(answer instanceof ProviderError)) return answer;
    return answer.code === "unsupported" ? "cannot" : [];
  }

  return {
    async start() {
      for (const message of await records.outbound.range("due", { limit: everything })) follow(message);
      loop.start();
    },
    async stop() {
      breakOff.abort();
      await loop.stop();
      await Promise.all(asking.values());
    },
  };
}

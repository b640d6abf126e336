import { createKeyedQueue } from "../../support/keyed-queue.ts";
import type { ConversationBook } from "../conversations/book.ts";
import { createLoop } from "../loop.ts";
import { type DeskId, hashKey, type MessageId } from "../model/ids.ts";
import { type Inbound, mayHaveLeft } from "../model/message.ts";
import { type OptOutWord, parseOptOutWord, type WordEffect } from "../model/opt-out.ts";
import { everything } from "../pages.ts";
import { createPersist } from "../persist.ts";
import type { Clock } from "../ports/clock.ts";
import type { Log } from "../ports/log.ts";
import type { Records } from "../records.ts";
import type { Registry } from "../registry.ts";
import type { SendAutomatic } from "./automatic.ts";
import { type OptOuts, saidAt } from "./opt-outs.ts";

/** How often the store is searched for SMS that another process brought. */
const lookMs = 5000;
const meantMs = 30 * 24 * 60 * 60_000;
/** More of a thread's messages than this are not looked through. */
const mostLookedAt = 200;

/**
 * Acts on SMS that are nothing but «لغو» or «شروع». Such an SMS is due work (`wordDue`) from its commit on, and every step is
 * safe to repeat: the confirmation, which has its key from the SMS; then the opt-out itself; then what came of it, on the SMS,
 * so that its post can tell.
 */
export interface OptOutWords {
  /** Acts on what was left. */
  start(): Promise<void>;
  /** The SMS as it stands afterwards; as it was, where its record cannot be read. Waits for a store that is away. */
  take(message: Inbound): Promise<Inbound>;
  /** An operator of this desk says that a bare number meant it. `same`: they are out already. */
  optOut(id: MessageId, desk: DeskId): Promise<{ outcome: "done" | "same" | "unknown"; message?: Inbound }>;
  stop(): Promise<void>;
}

export function createOptOutWords(deps: {
  readonly records: Records;
  readonly optOuts: OptOuts;
  readonly conversations: Pick<ConversationBook, "seenTo">;
  readonly registry: Registry;
  readonly sendAutomatic: SendAutomatic;
  readonly clock: Clock;
  readonly log: Log;
}): OptOutWords {
  const { records, optOuts, conversations, registry, sendAutomatic, clock, log } = deps;
  const persist = createPersist(deps);
  /** Two words of one customer count in the order in which they came. */
  const inTurn = createKeyedQueue();
  const loop = createLoop({
    clock,
    pass,
    onError: (error) => log.error({ err: error }, "opt-outs were not looked for"),
  });

  async function effectOf(message: Inbound, word: OptOutWord): Promise<WordEffect | undefined> {
    const { line, peer } = message;
    const known = await optOuts.find(line, peer);
    const isOut = known?.outSince !== undefined;
    if (known && known.saidAt > saidAt(message)) return undefined;
    if (word.wants === "back" && !isOut) return known?.saidAt === saidAt(message) ? "returned" : undefined;
    if (word.isBare && (word.wants === "back" || !isOut) && !(await wasAddressed(message))) {
      return word.wants === "out" ? "asks" : undefined;
    }
    return word.wants === "out" ? "opted-out" : "returned";
  }

  /** Whether this line has lately sent them what ends in «لغو۱۱». */
  async function wasAddressed({ thread, line }: Inbound): Promise<boolean> {
    const sent = await records.outbound.range("thread", { equal: [thread], reverse: true, limit: mostLookedAt });
    const since = clock.now() - meantMs;
    return sent.some(
      (one) => one.line === line && one.lane !== "answer" && (one.claimedAt ?? 0) > since && mayHaveLeft(one),
    );
  }

  /** The confirmation comes first: after a crash between the two it is there under its key, and afterwards nothing asks for it. */
  async function apply(message: Inbound, wants: OptOutWord["wants"], at: number): Promise<void> {
    const { id, line, peer, desk } = message;
    const isNews = (await optOuts.isOut(line, peer)) !== (wants === "out");
    const text = registry.findRules(desk)?.confirmations?.[wants];
    if (isNews && text !== undefined) {
      const outcome = await sendAutomatic({
        id: hashKey("opt-out", id, wants),
        answers: message,
        text,
        evenOptedOut: true,
      });
      if (outcome !== "sent") log.info({ messageId: id, outcome }, "opt-out was not confirmed by sms");
    }
    await optOuts.set(line, peer, { wants, at });
  }

  async function act(message: Inbound): Promise<Inbound> {
    const word = parseOptOutWord(message.text);
    const effect = word && (await effectOf(message, word));
    if (word && effect && effect !== "asks") await apply(message, word.wants, saidAt(message));
    const settled = await records.inbound.update(message.id, (current) => current && withEffect(current, effect));
    return settled ?? message;
  }

  async function take(message: Inbound): Promise<Inbound> {
    try {
      return await inTurn(`${message.line}/${message.peer}`, () => persist(() => act(message)));
    } catch (error) {
      log.error({ err: error, messageId: message.id }, "opt-out could not be read");
      return message;
    }
  }

  async function takeLeft(): Promise<void> {
    const left = await records.inbound.range("wordDue", { limit: everything });
    for (const message of left.toSorted((a, b) => a.seq - b.seq)) await take(message);
  }

  async function pass(): Promise<number> {
    await takeLeft();
    return lookMs;
  }

  return {
    take,
    async start() {
      await takeLeft();
      loop.start();
    },
    async optOut(id, desk) {
      const message = await records.inbound.get(id);
      if (message?.desk !== desk || message.swept !== undefined) return { outcome: "unknown" };
      return inTurn(`${message.line}/${message.peer}`, async () => {
        const known = await optOuts.find(message.line, message.peer);
        const isOut = known?.outSince !== undefined;
        // By the customer's clock, which ours may be ahead of: their next word must be the newer one.
        if (!isOut) await apply(message, "out", Math.max(saidAt(message), known?.saidAt ?? 0));
        await conversations.seenTo(message);
        return { outcome: isOut ? "same" : "done", message };
      });
    },
    stop: () => loop.stop(),
  };
}

function withEffect({ wordDue: _, ...rest }: Inbound, effect: WordEffect | undefined): Inbound {
  return effect === undefined ? rest : { ...rest, word: effect };
}

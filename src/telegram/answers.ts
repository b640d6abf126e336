import { z } from "zod";
import { createLoop } from "../core/loop.ts";
import { type DeskId, hashKey } from "../core/model/ids.ts";
import { createPersist } from "../core/persist.ts";
import type { Clock } from "../core/ports/clock.ts";
import type { Log } from "../core/ports/log.ts";
import type { Collection, CollectionSpec, Store } from "../core/ports/store.ts";
import { failureOf } from "./calls/errors.ts";
import type { DeskChat, Manner } from "./chat/chat.ts";
import { splitRendered } from "./texts/split.ts";
import type { Rendered } from "./types.ts";

/** The operator's message that is answered. */
export interface Answered {
  readonly messageId: number;
  readonly topicId?: number;
}

/** An answer to an operator's message or command. `due` is there until it has been said. */
interface AnswerRecord extends Answered {
  readonly id: string;
  readonly desk: DeskId;
  readonly what: Rendered;
  readonly at: number;
  readonly due?: number;
}

const generalId = 1;
const keptMs = 24 * 60 * 60_000;
const pauseMs = 5000;
const patienceMs = 60 * 60_000;
const pageSize = 100;

const shape = z.object({
  id: z.string(),
  desk: z.string(),
  messageId: z.number(),
  topicId: z.number().exactOptional(),
  what: z.custom<Rendered>((value) => z.looseObject({ text: z.string() }).safeParse(value).success),
  at: z.number(),
  due: z.number().exactOptional(),
});

const spec: CollectionSpec<AnswerRecord> = {
  name: "answers",
  indexes: { due: ["due"] },
  parse: (value) => shape.parse(value),
};

/**
 * What the bot answers. An answer is stored before its update is confirmed, so that "this went to nobody" is neither lost nor
 * said again when the update comes a second time; then it is said when the chat's turn has come.
 */
export interface Answers {
  /** Resolves once it is on disk. The same words to the same message are said once. */
  answer(desk: DeskId, to: Answered, what: Rendered): Promise<void>;
  start(): void;
  stop(): Promise<void>;
}

export async function openAnswers(deps: {
  store: Store;
  chatOf: (desk: DeskId) => DeskChat | undefined;
  clock: Clock;
  log: Log;
}): Promise<Answers> {
  const { chatOf, clock, log } = deps;
  const records: Collection<AnswerRecord> = await deps.store.collection(spec);
  const persist = createPersist(deps);
  const saying = new Map<string, Promise<void>>();
  const loop = createLoop({
    clock,
    pass,
    onError: (error) => log.error({ err: error }, "answers pass failed"),
  });

  async function pass(): Promise<number> {
    for (const record of await records.range("due", { to: clock.now(), limit: pageSize })) {
      if (saying.has(record.id)) continue;
      const work = sayIfDue(record)
        .catch((error: unknown) => tryLater(record, error))
        .finally(() => saying.delete(record.id));
      saying.set(record.id, work);
    }
    return pauseMs;
  }

  /** What was being said while the list was read may have been said since. */
  async function sayIfDue({ id }: AnswerRecord): Promise<void> {
    const current = await records.get(id);
    if (current?.due !== undefined && current.due <= clock.now()) await say(current);
  }

  async function say(record: AnswerRecord): Promise<void> {
    const chat = chatOf(record.desk);
    const parts = splitRendered(record.what);
    for (const [index, part] of parts.entries()) {
      const isLast = index === parts.length - 1;
      const commit = isLast ? { commit: () => settle(record) } : {};
      await sayPart(chat, part, { priority: "answer", ...commit, ...placeFor(record, index) });
    }
    if (chat === undefined || parts.length === 0) await settle(record);
  }

  /** Where the message or its topic is gone meanwhile, it is said without either. */
  async function sayPart(chat: DeskChat | undefined, part: Rendered, manner: Manner): Promise<void> {
    try {
      await chat?.send(part, manner);
    } catch (error) {
      const { problem } = failureOf(error);
      if (problem !== "reply-gone" && problem !== "topic-gone") throw error;
      const { topic: _topic, replyTo: _replyTo, ...anywhere } = manner;
      await chat?.send(part, anywhere);
    }
  }

  async function settle({ id }: AnswerRecord): Promise<void> {
    await persist(() => records.update(id, (current) => current && said(current)));
  }

  async function tryLater(record: AnswerRecord, error: unknown): Promise<void> {
    const { problem, description } = failureOf(error);
    log.warn({ desk: record.desk, reason: description }, "answer not said");
    const isPassing = problem === "unreachable" || problem === "rate-limited";
    if (!isPassing || clock.now() - record.at > patienceMs) return settle(record);
    const due = clock.now() + pauseMs;
    await persist(() => records.update(record.id, (current) => current && { ...current, due }));
  }

  return {
    async answer(desk, to, what) {
      const at = clock.now();
      // A desk that moves finds messages with the same numbers in its new chat.
      const id = hashKey(desk, chatOf(desk)?.id() ?? "", String(to.messageId), what.text);
      await records.create(id, { ...to, id, desk, what, at, due: at }, { expiresAt: at + keptMs });
      loop.wake();
    },
    start: () => loop.start(),
    async stop() {
      await loop.stop();
      await Promise.all(saying.values());
    },
  };
}

/** General is spoken to without an id; as topic 1 Telegram does not know it. */
function placeFor({ messageId, topicId }: AnswerRecord, index: number): Pick<Manner, "replyTo" | "topic"> {
  return {
    ...(index === 0 ? { replyTo: messageId } : {}),
    ...(topicId === undefined || topicId === generalId ? {} : { topic: String(topicId) }),
  };
}

function said(record: AnswerRecord): AnswerRecord {
  const { due: _, ...rest } = record;
  return rest;
}

import type { Api } from "grammy";
import { createLoop } from "../../core/loop.ts";
import type { ThreadId } from "../../core/model/thread.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { Log } from "../../core/ports/log.ts";
import { failureOf } from "../calls/errors.ts";
import type { DeskChat } from "../chat/chat.ts";
import { partsOfPlace } from "../types.ts";
import type { TopicRecord } from "./topic-record.ts";
import type { Topics } from "./topics.ts";

const busyMs = 2000;
const restMs = 30_000;
const refusedMs = 60 * 60_000;

/**
 * Pins the cards of topics, last of all: to Telegram a pin is a message, so it waits until the chat is quiet. What a process
 * leaves unpinned is pinned after the next SMS of its thread.
 */
export interface Pins {
  /** An SMS was shown in this topic; its card may stand there by now. */
  want(topic: TopicRecord): void;
  /** A right may have been given. */
  resume(): void;
  start(): void;
  /** Resolves when nothing is being pinned any more. */
  stop(): Promise<void>;
}

export interface PinsDeps {
  readonly api: Api;
  readonly chat: DeskChat;
  readonly topics: Topics;
  readonly clock: Clock;
  readonly log: Log;
}

export function createPins(deps: PinsDeps): Pins {
  const { api, chat, topics, clock, log } = deps;
  const wanted = new Set<ThreadId>();
  /** The bot may not pin here, as far as we know. */
  let refusedUntil = 0;

  const loop = createLoop({ clock, pass, onError: (error) => log.error({ err: error }, "pins failed") });

  async function pass(): Promise<number | undefined> {
    for (const thread of wanted) {
      if (!chat.isQuiet()) return busyMs;
      if (!(await pin(thread))) return restMs;
      wanted.delete(thread);
    }
    return undefined;
  }

  /** Whether that is settled. */
  async function pin(thread: ThreadId): Promise<boolean> {
    const topic = await topics.find(thread);
    if (topic?.cardPost === undefined || topic.pinned !== undefined || clock.now() < refusedUntil) return true;
    const { messageId } = partsOfPlace(topic.cardPost);
    try {
      await chat.call({ kind: "message", priority: "tick" }, (id) =>
        api.pinChatMessage(id, messageId, { disable_notification: true }),
      );
    } catch (error) {
      const { problem, description } = failureOf(error);
      if (problem === "unreachable" || problem === "rate-limited") return false;
      log.info({ reason: description }, "card was not pinned");
      if (problem === "no-right") {
        // It is pinned after an SMS that comes once the right is there.
        refusedUntil = clock.now() + refusedMs;
        return true;
      }
    }
    await topics.keepPin(topic);
    return true;
  }

  return {
    want(topic) {
      if (topic.pinned !== undefined || clock.now() < refusedUntil) return;
      wanted.add(topic.thread);
      loop.wake();
    },
    resume() {
      refusedUntil = 0;
    },
    start: () => loop.start(),
    stop: () => loop.stop(),
  };
}

import type { Context } from "grammy";
import type { Bridge } from "../core/bridge.ts";
import type { DeskId, MessageId } from "../core/model/ids.ts";
import type { Operator } from "../core/model/message.ts";
import type { Clock } from "../core/ports/clock.ts";
import type { Log } from "../core/ports/log.ts";
import type { Download } from "./calls/download.ts";
import type { BotMemory } from "./memory.ts";
import type { Language, Rendered, TelegramDesk, TelegramDesks, Texts } from "./types.ts";

/** What a desk's panels can do beyond sending; a command that needs it is offered only there. */
export type Capability = "credit" | "template" | "contact";

/** What every handler works with. */
export interface Handling {
  readonly bridge: Bridge;
  readonly desks: TelegramDesks;
  readonly memory: BotMemory;
  readonly capabilities: Readonly<Record<DeskId, readonly Capability[]>>;
  /** IANA name: the times that people write and see are of it. */
  readonly timeZone: string;
  /** For chats that are no desk. */
  readonly texts: Readonly<Record<Language, Texts>>;
  /** Spells a moment for people. */
  readonly spellTime: Readonly<Record<Language, (at: number) => string>>;
  /** The same for a spreadsheet. */
  readonly stamp: Readonly<Record<Language, (at: number) => string>>;
  /**
   * The text of a message that surely was handled before an edit of it; empty where only that is known. `undefined`: its edit
   * may have overtaken it.
   */
  handledText(id: MessageId): string | undefined;
  /** Makes the pairing codes; never shown. */
  readonly token: string;
  /** Gets files that people sent; without it none are taken. */
  readonly download?: Download;
  readonly clock: Clock;
  readonly log: Log;
}

/** An operator at work in a desk's chat. */
export interface Scene {
  readonly desk: TelegramDesk;
  readonly operator: Operator;
  /** The text of the message as it last was: an edit that overtook it counts. Empty where there is none. */
  readonly text: string;
}

/** Any update. `scene` is there once the guard has seen that an operator of a desk wrote it. */
export type BotContext = Context & {
  /**
   * When this update was first read, epoch milliseconds; the same when its handler is tried again. Where our clock is ahead of
   * Telegram's, by which messages are dated, it is by that one.
   */
  readAt?: number;
  scene?: Scene;
};

/** An update behind the guard. */
export type DeskContext = BotContext & { scene: Scene };

/** Answers under the operator's message, in its topic. Resolves once the answer is on disk. */
export async function answer(ctx: DeskContext, what: Rendered): Promise<void> {
  const message = ctx.msg;
  if (message) await answerIn(ctx.scene.desk, message, what);
}

/** The same, where there is no operator to speak of. */
export function answerIn(
  desk: TelegramDesk,
  message: { message_id: number; message_thread_id?: number | undefined; is_topic_message?: boolean | undefined },
  what: Rendered,
): Promise<void> {
  const topic = message.is_topic_message ? message.message_thread_id : undefined;
  return desk.answer({ messageId: message.message_id, ...(topic === undefined ? {} : { topicId: topic }) }, what);
}

/** Lets a promise run by itself; a failure is logged. */
export function watch(log: Log, what: string, work: Promise<unknown>): void {
  work.catch((error: unknown) =>
    log.warn({ what, reason: error instanceof Error ? error.message : "unknown" }, "side work failed"),
  );
}

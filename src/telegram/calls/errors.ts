import { GrammyError, HttpError } from "grammy";
import { DeskError } from "../../core/ports/desk.ts";
import { StoreError } from "../../core/ports/store.ts";

/** What an answer of the Bot API means for us. */
export type TelegramProblem =
  /** The topic does not exist any more, or was archived with its forum. */
  | "topic-gone"
  | "topic-closed"
  /** The chat has no topics. */
  | "not-a-forum"
  /** It already is as we want it. */
  | "not-modified"
  /** The message to edit or to react to is gone, or is not ours to edit. */
  | "message-gone"
  /** The message to reply to is gone, or in another topic. */
  | "reply-gone"
  /** The chat takes no reactions, or not this one. */
  | "reaction-refused"
  /** A text that Telegram sees as empty. */
  | "empty-text"
  | "no-right"
  /** The group has become a supergroup with another id. */
  | "migrated"
  /** We are not in the chat, or there is no such chat. */
  | "not-there"
  | "bad-token"
  /** Another instance reads the same bot's updates. */
  | "conflict"
  | "rate-limited"
  | "unreachable"
  | "refused";

/** A failed call, read once. `description` is Telegram's own text. */
export interface TelegramFailure {
  readonly problem: TelegramProblem;
  readonly description: string;
  /** With `no-right`: the administrator right to give, as the Bot API names it. */
  readonly right?: string;
  /** With `migrated`, where Telegram told it. */
  readonly migratedTo?: string;
  /** With `rate-limited`. */
  readonly retryAfterMs?: number;
}

type Row = readonly [code: number, text: RegExp, problem: TelegramProblem, right?: string];

/**
 * Telegram's error texts, from the source of the Bot API server (telegram-bot-api/Client.cpp) and of TDLib. The first row
 * that fits counts. A 403 whose text is all capitals reaches us as a 400.
 */
export const telegramErrors: readonly Row[] = [
  [400, /message thread not found|TOPIC_DELETED|TOPIC_ID_INVALID|MESSAGE_THREAD_INVALID/i, "topic-gone"],
  [400, /TOPIC_CLOSED/i, "topic-closed"],
  [400, /the chat is not a forum|CHANNEL_FORUM_MISSING|BOT_FORUM_CREATE_FORBIDDEN/i, "not-a-forum"],
  [400, /message is not modified|MESSAGE_NOT_MODIFIED|TOPIC_NOT_MODIFIED/i, "not-modified"],
  [
    400,
    /message to be replied not found|repl(?:y|ied) message not found|message to reply not found|REPLY_MESSAGE_ID_INVALID/i,
    "reply-gone",
  ],
  [
    400,
    /message to (?:edit|react|delete) not found|message not found|message can't be (?:edited|deleted)|MESSAGE_ID_INVALID/i,
    "message-gone",
  ],
  [400, /REACTION_INVALID|REACTIONS_TOO_MANY|REACTION_EMPTY|REACTIONS? (?:is|are) not allowed/i, "reaction-refused"],
  [400, /message text is empty|text must be non-empty|MESSAGE_EMPTY/i, "empty-text"],
  [400, /not enough rights to (?:\w+ )?(?:a |the |chat )*topics?/i, "no-right", "can_manage_topics"],
  [400, /not enough rights to (?:manage )?pin/i, "no-right", "can_pin_messages"],
  [
    400,
    /not enough rights|no rights to send|CHAT_WRITE_FORBIDDEN|CHAT_SEND_\w+_FORBIDDEN|CHAT_RESTRICTED|need administrator rights/i,
    "no-right",
    "can_send_messages",
  ],
  [400, /CHAT_ADMIN_REQUIRED/i, "no-right", "can_manage_topics"],
  [400, /upgraded to a supergroup/i, "migrated"],
  [
    400,
    /chat not found|PEER_ID_INVALID|CHANNEL_PRIVATE|CHANNEL_INVALID|USER_IS_BLOCKED|INPUT_USER_DEACTIVATED/i,
    "not-there",
  ],
  [403, /not enough rights|no rights to send/i, "no-right", "can_send_messages"],
  [403, /upgraded to a supergroup/i, "migrated"],
  [403, /./, "not-there"],
  [401, /./, "bad-token"],
  [404, /./, "bad-token"],
  [409, /./, "conflict"],
  [429, /./, "rate-limited"],
];

/** Telegram took a message for a topic and put it elsewhere: the topic is gone, though nothing said so. */
export class TopicLostError extends Error {
  override name = "TopicLostError";

  constructor(topicId: string) {
    super(`a message for topic ${topicId} arrived outside it`);
  }
}

/** Reads whatever a call to the Bot API threw. */
export function failureOf(error: unknown): TelegramFailure {
  if (error instanceof TopicLostError) return { problem: "topic-gone", description: error.message };
  if (!(error instanceof GrammyError)) {
    return { problem: "unreachable", description: causeOf(error) };
  }
  const { error_code: code, description, parameters } = error;
  if (parameters.migrate_to_chat_id !== undefined) {
    return { problem: "migrated", description, migratedTo: String(parameters.migrate_to_chat_id) };
  }
  if (parameters.retry_after !== undefined) {
    return { problem: "rate-limited", description, retryAfterMs: parameters.retry_after * 1000 };
  }
  if (code >= 500) return { problem: "unreachable", description };
  const row = telegramErrors.find(([rowCode, text]) => rowCode === code && text.test(description));
  if (!row) return { problem: "refused", description };
  const [, , problem, right] = row;
  return { problem, description, ...(right === undefined ? {} : { right }) };
}

const deskCodes: Readonly<Record<TelegramProblem, DeskError["code"]>> = {
  // A person can mend these in the chat, so core goes on trying.
  "topic-gone": "not-ready",
  "topic-closed": "not-ready",
  "not-a-forum": "not-ready",
  "no-right": "not-ready",
  "not-there": "not-ready",
  "bad-token": "not-ready",
  migrated: "unreachable",
  conflict: "unreachable",
  unreachable: "unreachable",
  "rate-limited": "rate-limited",
  "not-modified": "refused",
  "message-gone": "refused",
  "reply-gone": "refused",
  "reaction-refused": "refused",
  "empty-text": "refused",
  refused: "refused",
};

/** What core is told. An error that already is one stays as it is; what neither Telegram nor the store threw is a fault of ours. */
export function toDeskError(error: unknown): DeskError {
  if (error instanceof DeskError) return error;
  if (error instanceof StoreError) return new DeskError("unreachable", error.message, { cause: error });
  if (!(error instanceof GrammyError || error instanceof HttpError || error instanceof TopicLostError)) {
    return new DeskError("refused", String(error), { cause: error });
  }
  const { problem, description, retryAfterMs } = failureOf(error);
  return new DeskError(deskCodes[problem], `Telegram: ${description}`, {
    cause: error,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });
}

function causeOf(error: unknown): string {
  const inner = error instanceof Error && "error" in error ? error.error : error;
  return inner instanceof Error ? inner.message : String(inner);
}

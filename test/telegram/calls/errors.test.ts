import { GrammyError, HttpError } from "grammy";
import { describe, expect, it } from "vitest";
import { DeskError } from "../../../src/core/ports/desk.ts";
import { StoreError } from "../../../src/core/ports/store.ts";
import { TransportError } from "../../../src/telegram/calls/api.ts";
import {
  failureOf,
  type TelegramProblem,
  TopicLostError,
  telegramErrors,
  toDeskError,
} from "../../../src/telegram/calls/errors.ts";

function answered(code: number, description: string, parameters = {}): GrammyError {
  return new GrammyError("Call failed", { ok: false, error_code: code, description, parameters }, "sendMessage", {});
}

/** What the Bot API server says, and what it means. */
const answers: readonly (readonly [number, string, TelegramProblem, DeskError["code"], string?])[] = [
  [400, "Bad Request: message thread not found", "topic-gone", "not-ready"],
  [400, "Bad Request: TOPIC_DELETED", "topic-gone", "not-ready"],
  [400, "Bad Request: TOPIC_ID_INVALID", "topic-gone", "not-ready"],
  [400, "Bad Request: TOPIC_CLOSED", "topic-closed", "not-ready"],
  [400, "Bad Request: the chat is not a forum", "not-a-forum", "not-ready"],
  [400, "Bad Request: CHANNEL_FORUM_MISSING", "not-a-forum", "not-ready"],
  [400, "Bad Request: BOT_FORUM_CREATE_FORBIDDEN", "not-a-forum", "not-ready"],
  [
    400,
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message",
    "not-modified",
    "refused",
  ],
  [400, "Bad Request: TOPIC_NOT_MODIFIED", "not-modified", "refused"],
  [400, "Bad Request: message to be replied not found", "reply-gone", "refused"],
  [400, "Bad Request: replied message not found", "reply-gone", "refused"],
  [400, "Bad Request: message to edit not found", "message-gone", "refused"],
  [400, "Bad Request: message can't be edited", "message-gone", "refused"],
  [400, "Bad Request: message to react not found", "message-gone", "refused"],
  [400, "Bad Request: MESSAGE_ID_INVALID", "message-gone", "refused"],
  [400, "Bad Request: REACTION_INVALID", "reaction-refused", "refused"],
  [400, "Bad Request: REACTIONS_TOO_MANY", "reaction-refused", "refused"],
  [400, "Bad Request: message text is empty", "empty-text", "refused"],
  [400, "Bad Request: text must be non-empty", "empty-text", "refused"],
  [400, "Bad Request: not enough rights to create a topic", "no-right", "not-ready", "can_manage_topics"],
  [400, "Bad Request: not enough rights to reopen the topic", "no-right", "not-ready", "can_manage_topics"],
  [400, "Bad Request: not enough rights to manage chat topics", "no-right", "not-ready", "can_manage_topics"],
  [400, "Bad Request: CHAT_ADMIN_REQUIRED", "no-right", "not-ready", "can_manage_topics"],
  [
    400,
    "Bad Request: not enough rights to manage pinned messages in the chat",
    "no-right",
    "not-ready",
    "can_pin_messages",
  ],
  [
    400,
    "Bad Request: not enough rights to send text messages to the chat",
    "no-right",
    "not-ready",
    "can_send_messages",
  ],
  [400, "Bad Request: have no rights to send a message", "no-right", "not-ready", "can_send_messages"],
  [400, "Bad Request: CHAT_WRITE_FORBIDDEN", "no-right", "not-ready", "can_send_messages"],
  [400, "Bad Request: CHAT_SEND_PLAIN_FORBIDDEN", "no-right", "not-ready", "can_send_messages"],
  [403, "Forbidden: not enough rights to send text messages to the chat", "no-right", "not-ready", "can_send_messages"],
  [400, "Bad Request: group chat was upgraded to a supergroup chat", "migrated", "unreachable"],
  [403, "Forbidden: the group chat was upgraded to a supergroup chat", "migrated", "unreachable"],
  [400, "Bad Request: chat not found", "not-there", "not-ready"],
  [400, "Bad Request: PEER_ID_INVALID", "not-there", "not-ready"],
  [403, "Forbidden: bot was blocked by the user", "not-there", "not-ready"],
  [403, "Forbidden: user is deactivated", "not-there", "not-ready"],
  [403, "Forbidden: bot was kicked from the supergroup chat", "not-there", "not-ready"],
  [403, "Forbidden: bot is not a member of the supergroup chat", "not-there", "not-ready"],
  [403, "Forbidden: the group chat was deleted", "not-there", "not-ready"],
  [401, "Unauthorized", "bad-token", "not-ready"],
  [404, "Not Found", "bad-token", "not-ready"],
  [409, "Conflict: terminated by other getUpdates request", "conflict", "unreachable"],
  [429, "Too Many Requests: retry after 5", "rate-limited", "rate-limited"],
  [500, "Internal Server Error", "unreachable", "unreachable"],
  [502, "Bad Gateway", "unreachable", "unreachable"],
  [400, "Bad Request: something Telegram says tomorrow", "refused", "refused"],
];

describe("an answer of the Bot API", () => {
  it.each(answers.map((answer) => ({ answer })))("$answer.0 $answer.1 is $answer.2", ({ answer }) => {
    const [code, description, problem, deskCode, right] = answer;
    const error = answered(code, description);
    expect(failureOf(error)).toEqual({ problem, description, ...(right ? { right } : {}) });
    expect(toDeskError(error)).toMatchObject({ name: "DeskError", code: deskCode });
    expect(toDeskError(error).message).toContain(description);
  });

  it("has an example here for every row of the table", () => {
    const used = new Set(
      answers.map(([code, text]) =>
        telegramErrors.find(([rowCode, pattern]) => rowCode === code && pattern.test(text)),
      ),
    );
    expect(telegramErrors.filter((row) => !used.has(row))).toEqual([]);
  });

  it("tells how long to wait and where the group went", () => {
    expect(failureOf(answered(429, "Too Many Requests", { retry_after: 7 }))).toMatchObject({ retryAfterMs: 7000 });
    expect(toDeskError(answered(429, "Too Many Requests", { retry_after: 7 }))).toMatchObject({ retryAfterMs: 7000 });
    expect(failureOf(answered(400, "Bad Request", { migrate_to_chat_id: -1007 }))).toMatchObject({
      problem: "migrated",
      migratedTo: "-1007",
    });
  });
});

describe("other failures", () => {
  it("are told from one another: no connection, no store, and a fault of ours", () => {
    const cut = new HttpError("Network request failed", new TransportError("ECONNRESET", "cut"));
    expect(toDeskError(cut)).toMatchObject({ code: "unreachable", message: "Telegram: cut" });
    expect(toDeskError(new StoreError("unavailable", "disk"))).toMatchObject({ code: "unreachable" });
    expect(toDeskError(new TopicLostError("7"))).toMatchObject({ code: "not-ready" });
    expect(toDeskError(new TypeError("x is undefined"))).toMatchObject({ code: "refused" });
  });

  it("that already are what core expects stay as they are", () => {
    const error = new DeskError("not-ready", "no chat");
    expect(toDeskError(error)).toBe(error);
  });
});

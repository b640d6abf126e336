import type { Message } from "grammy/types";
import type { Bridge, Draft } from "../core/bridge.ts";
import type { DeskId } from "../core/model/ids.ts";
import { cleanText } from "../core/model/text.ts";
import type { ThreadId } from "../core/model/thread.ts";
import { parseSlash } from "./commands.ts";
import type { Scene } from "./context.ts";
import { draftId, draftIdAt, repliedTo, repliesToBot, topicOf } from "./message.ts";
import { parseSend } from "./send-command.ts";
import { type DeskSettings, placeOf, type TelegramDesk } from "./types.ts";

/** Whose thread a message in a desk's chat belongs to, or why to nobody's. */
export type Target =
  | { readonly kind: "thread"; readonly thread: ThreadId }
  /** In a topic that shows no thread. */
  | { readonly kind: "topic-unknown" }
  /** In reply to something of ours that is no post. */
  | { readonly kind: "reply-unknown" }
  /** In General, or in a chat without topics, and not in reply to us. */
  | { readonly kind: "elsewhere" };

/** Finds the thread by the topic, else by the post or the mark that the message replies to, wherever it stands. */
export async function findTarget(
  at: { bridge: Pick<Bridge, "inbound" | "outbound">; desk: TelegramDesk; bot: number },
  message: Message,
): Promise<Target> {
  const { desk, bot } = at;
  const topic = topicOf(message);
  // Whether it stands in a topic is told by a field that may be left out; whether the topic is ours, the store knows.
  const within = message.message_thread_id;
  const shown = within === undefined ? undefined : await desk.threadOfTopic(String(within));
  if (shown !== undefined) return { kind: "thread", thread: shown };
  const reply = repliedTo(message);
  const answered = reply && (await findAnswered(at, reply.message_id, repliesToBot(message, bot)));
  if (answered?.desk === desk.id) return { kind: "thread", thread: answered.thread };
  if (repliesToBot(message, bot)) return { kind: "reply-unknown" };
  // In `replies` layout topics are the group's own affair.
  return { kind: topic === undefined || desk.settings.layout === "replies" ? "elsewhere" : "topic-unknown" };
}

/** The SMS that was posted, or is marked, by this message of ours; or that this message of an operator became. */
async function findAnswered(
  { bridge, desk }: Pick<Parameters<typeof findTarget>[0], "bridge" | "desk">,
  messageId: number,
  isOurs: boolean,
): Promise<{ desk: DeskId; thread: ThreadId } | undefined> {
  const find = async () => {
    const place = await desk.postOf(messageId);
    return (
      (await bridge.inbound.findByPost(place)) ??
      (await bridge.outbound.findByMark(place)) ??
      (await bridge.outbound.find(draftIdAt(place)))
    );
  };
  const found = await find();
  if (found !== undefined || !isOurs) return found;
  await desk.settled();
  return find();
}

/**
 * The part of a text that is meant for the customer by the desk's rule, clean; `undefined` where it is talk among operators
 * or nothing is left of it.
 */
export function meantText(
  sends: DeskSettings["sends"],
  written: { message: Message; text: string; bot: number },
): string | undefined {
  const { message, text, bot } = written;
  if (text.startsWith("/")) return undefined;
  if (sends === "replies" && !repliesToBot(message, bot)) return undefined;
  if (sends === "prefix" && !text.startsWith(".")) return undefined;
  const clean = cleanText(sends === "prefix" ? text.slice(1) : text).trim();
  return clean === "" ? undefined : clean;
}

/** How a text asks to be sent: as an answer to a customer, by `/send` to a number, or not at all. */
export function sendingForm(
  sends: DeskSettings["sends"],
  written: { message: Message; text: string; bot: { id: number; username: string } },
): "answer" | "send" | undefined {
  const { message, text, bot } = written;
  const slash = parseSlash(text, bot.username);
  if (!slash) return meantText(sends, { message, text, bot: bot.id }) === undefined ? undefined : "answer";
  const isSend = slash.kind === "command" && slash.name === "send" && !message.forward_origin;
  return isSend && parseSend(slash.args).kind === "send" ? "send" : undefined;
}

/** The draft that a message becomes. `readAt` and `now` are epoch milliseconds; how old it is counts from when it was first read. */
export function draftFrom(
  scene: Pick<Scene, "desk" | "operator">,
  message: Message,
  what: { thread: ThreadId; text: string; line?: string; readAt: number; now: number },
): Draft {
  const hold = holdFor(scene.desk.settings, message, what);
  return {
    id: draftId(message),
    thread: what.thread,
    text: what.text,
    ...(what.line === undefined ? {} : { line: what.line }),
    origin: placeOf(message.chat.id, message.message_id),
    by: scene.operator,
    ...(hold ? { hold } : {}),
  };
}

function holdFor(
  settings: DeskSettings,
  message: Message,
  times: { readAt: number; now: number },
): Draft["hold"] | undefined {
  if (message.forward_origin) return { why: "forward" };
  if (times.readAt - message.date * 1000 > settings.staleSeconds * 1000) return { why: "stale" };
  if (settings.undoSeconds > 0) return { why: "undo", untilMs: times.now + settings.undoSeconds * 1000 };
  return undefined;
}

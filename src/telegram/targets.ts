import type { Message } from "grammy/types";
import type { Bridge } from "../core/bridge.ts";
import type { DeskId } from "../core/model/ids.ts";
import type { Peer } from "../core/model/phone.ts";
import { partsOfThread, type ThreadId } from "../core/model/thread.ts";
import { draftIdAt, repliedTo, repliesToBot, topicOf } from "./message.ts";
import { isName } from "./texts/spell-peer.ts";
import type { TelegramDesk } from "./types.ts";

/** Whose thread a message in a desk's chat belongs to, or why to nobody's. */
export type Target =
  | { readonly kind: "thread"; readonly thread: ThreadId }
  /** In a topic that shows no thread. */
  | { readonly kind: "topic-unknown" }
  /** In a topic that many senders share, and not in reply to one of them. */
  | { readonly kind: "topic-shared" }
  /** In reply to something of ours that is no post. */
  | { readonly kind: "reply-unknown" }
  /** In General, or in a chat without topics, and not in reply to us. */
  | { readonly kind: "elsewhere" };

/** Where a message is read. `bot` is our own user id. */
export interface Where {
  readonly bridge: Pick<Bridge, "inbound" | "outbound">;
  readonly desk: TelegramDesk;
  readonly bot: number;
}

/** Finds the thread by the topic, else by the post or the mark that the message replies to, wherever it stands. */
export async function findTarget(at: Where, message: Message): Promise<Target> {
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
  if (within !== undefined && (await desk.isSharedTopic(String(within)))) return { kind: "topic-shared" };
  // In `replies` layout topics are the group's own affair.
  return { kind: topic === undefined || desk.settings.layout === "replies" ? "elsewhere" : "topic-unknown" };
}

/** For what is to be sent there: a sender that is a name gets nothing. */
export async function findReceiver(at: Where, message: Message): Promise<Target | { readonly kind: "card-name" }> {
  const target = await findTarget(at, message);
  const isNobody = target.kind === "thread" && isName(partsOfThread(target.thread).peer);
  return isNobody ? { kind: "card-name" } : target;
}

/** The number of the customer in whose thread a message stands, for commands that may leave it out. */
export async function findCustomer(at: Where, message: Message): Promise<Peer | undefined> {
  const receiver = await findReceiver(at, message);
  return receiver.kind === "thread" ? partsOfThread(receiver.thread).peer : undefined;
}

/** The SMS that was posted, or is marked, by this message of ours; or that this message of an operator became. */
async function findAnswered(
  { bridge, desk }: Pick<Where, "bridge" | "desk">,
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

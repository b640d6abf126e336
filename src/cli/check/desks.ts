import type { Config } from "../../config/resolve.ts";
import type { TelegramApi } from "../../telegram/api.ts";
import { failureOf } from "../../telegram/errors.ts";
import { type Finding, found } from "./finding.ts";
import type { DeskPlaces } from "./store.ts";

type Api = TelegramApi["api"];
type Bot = Awaited<ReturnType<Api["getMe"]>>;
type Member = Awaited<ReturnType<Api["getChatMember"]>>;
type Failure = ReturnType<typeof failureOf>;
export type Asked<T> = { readonly answer: T } | { readonly failure: Failure };

interface Desk {
  readonly id: string;
  readonly desk: Config["desks"][string];
  readonly place: DeskPlaces[string] | undefined;
}

const threadsAdvice =
  'switch topics in private chats on in @BotFather, under the bot\'s settings, or set layout to "replies"';

/** The chat of a desk, and what the bot may do there. */
export async function checkDesk(api: Api, me: Bot, desk: Desk): Promise<Finding[]> {
  const { id, place } = desk;
  if (place === undefined) {
    return [found("desk.unknown", id, `${id}: its chat stands in the store, which could not be read`)];
  }
  if ("chat" in place) return checkChat(api, me, { ...desk, chat: place.chat });
  const advice = `start the bridge and write /pair ${place.code} in the chat`;
  return [found("desk.not-paired", id, `${id}: not paired with a chat yet`, advice)];
}

export async function ask<T>(call: Promise<T>): Promise<Asked<T>> {
  try {
    return { answer: await call };
  } catch (error) {
    return { failure: failureOf(error) };
  }
}

async function checkChat(api: Api, me: Bot, { id, desk, chat }: Desk & { chat: string }): Promise<Finding[]> {
  const seen = await ask(api.getChat(chat));
  if ("failure" in seen) return [chatFault(id, seen.failure)];
  const { answer } = seen;
  if (answer.type === "private") {
    if (desk.layout === "topics" && !me.has_topics_enabled) {
      return [found("desk.no-topics", id, `${id}: the bot has no topics in private chats`, threadsAdvice)];
    }
    return [found("desk.ready", id, `${id}: the private chat with ${answer.first_name}`)];
  }
  if (answer.type === "channel") return [found("desk.is-channel", id, `${id}: ${chat} is a channel`)];
  const member = await ask(api.getChatMember(chat, me.id));
  if ("failure" in member) return [chatFault(id, member.failure)];
  const isForum = answer.type === "supergroup" && answer.is_forum === true;
  const maySend = answer.permissions?.can_send_messages ?? true;
  const fault = groupFault(id, desk, { me, isForum, maySend, member: member.answer });
  if (fault) return [fault];
  const kind = isForum ? "the forum" : "the group";
  return [found("desk.ready", id, `${id}: ${kind} "${answer.title}", with every right it needs`)];
}

/** The first thing that keeps the bot from its work; the others would be mended with it, or come to light then. */
function groupFault(
  id: string,
  desk: Desk["desk"],
  { me, isForum, maySend, member }: { me: Bot; isForum: boolean; maySend: boolean; member: Member },
): Finding | undefined {
  if (member.status === "left" || member.status === "kicked" || (member.status === "restricted" && !member.is_member)) {
    return found("desk.not-in-chat", id, `${id}: the bot is not in the group`, "add it");
  }
  if (desk.layout === "topics" && !isForum) return found("desk.no-topics", id, `${id}: the group has no topics`);
  const isAdministrator = member.status === "administrator";
  if (isForum && desk.layout !== "replies") {
    if (!isAdministrator) {
      return found(
        "desk.not-administrator",
        id,
        `${id}: the bot lacks the right "Manage topics": it is no administrator`,
      );
    }
    if (member.can_manage_topics) return undefined;
    return found("desk.no-topic-right", id, `${id}: the bot lacks the right "Manage topics"`);
  }
  const mayWrite = isAdministrator || (member.status === "restricted" ? member.can_send_messages : maySend);
  if (!mayWrite) {
    return found("desk.cannot-write", id, `${id}: the bot may not write in the group`);
  }
  if (isAdministrator || me.can_read_all_group_messages) return undefined;
  return found("desk.privacy-on", id, `${id}: the bot does not see what operators write: its privacy mode is on`);
}

function chatFault(id: string, { problem, description, migratedTo }: Failure): Finding {
  if (problem === "migrated") {
    const advice = `set desks.${id}.chat to ${migratedTo ?? "its new id"}`;
    return found("desk.migrated", id, `${id}: the group has become a supergroup`, advice);
  }
  if (problem === "not-there") {
    return found("desk.not-in-chat", id, `${id}: the bot is not in this chat, or there is none`);
  }
  return found("desk.refused", id, `${id}: ${description}`);
}

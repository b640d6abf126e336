import type { Config } from "../../config/resolve.ts";
import type { TelegramApi } from "../../telegram/calls/api.ts";
import { hasTopics, type Lack, lacksOf } from "../../telegram/chat/lacks.ts";
import { isInChat } from "../../telegram/chat/rights.ts";
import { ask, type Failure } from "./ask.ts";
import { type Finding, found } from "./finding.ts";
import type { DeskPlaces } from "./store.ts";

type Api = TelegramApi["api"];
type Bot = Awaited<ReturnType<Api["getMe"]>>;

interface Desk {
  readonly id: string;
  readonly desk: Config["desks"][string];
  readonly place: DeskPlaces[string] | undefined;
}

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

async function checkChat(api: Api, me: Bot, { id, desk, chat }: Desk & { chat: string }): Promise<Finding[]> {
  const seen = await ask(api.getChat(chat));
  if ("failure" in seen) return [chatFault(id, seen.failure)];
  const { answer } = seen;
  if (answer.type === "channel") return [found("desk.is-channel", id, `${id}: ${chat} is a channel`)];
  if (answer.type === "private") {
    const [lack] = lacksOf({ bot: me, chat: answer }, desk.layout);
    return [lack ? lacking(id, lack) : found("desk.ready", id, `${id}: the private chat with ${answer.first_name}`)];
  }
  const asked = await ask(api.getChatMember(chat, me.id));
  if ("failure" in asked) return [chatFault(id, asked.failure)];
  const { answer: member } = asked;
  if (!isInChat(member)) return [found("desk.not-in-chat", id, `${id}: the bot is not in the group`, "add it")];
  // The others would be mended with the first, or come to light then.
  const [lack] = lacksOf({ bot: me, chat: answer, member, permissions: answer.permissions }, desk.layout);
  if (lack) return [lacking(id, lack)];
  const kind = hasTopics(answer) ? "the forum" : "the group";
  return [found("desk.ready", id, `${id}: ${kind} "${answer.title}", with every right it needs`)];
}

function lacking(id: string, lack: Lack): Finding {
  switch (lack) {
    case "topics":
      return found("desk.no-topics", id, `${id}: the group has no topics`);
    case "threads": {
      const advice =
        'switch topics in private chats on in @BotFather, under the bot\'s settings, or set layout to "replies"';
      return found("desk.no-topics", id, `${id}: the bot has no topics in private chats`, advice);
    }
    case "administrator": {
      const what = `${id}: the bot lacks the right "Manage Topics": it is no administrator`;
      return found("desk.not-administrator", id, what);
    }
    case "manage-topics":
      return found("desk.no-topic-right", id, `${id}: the bot lacks the right "Manage Topics"`);
    case "write":
      return found("desk.cannot-write", id, `${id}: the bot may not write in the group`);
    case "read":
      return found("desk.privacy-on", id, `${id}: the bot does not see what operators write: its privacy mode is on`);
  }
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

import type { Config } from "../../config/resolve.ts";
import { createTelegramApi, type TelegramApi } from "../../telegram/api.ts";
import { failureOf } from "../../telegram/errors.ts";
import { bad, type Finding, good } from "./finding.ts";
import type { DeskPlaces } from "./store.ts";

const timeoutSeconds = 10;
type Api = TelegramApi["api"];
type Bot = Awaited<ReturnType<Api["getMe"]>>;
type Desk = Config["desks"][string];

/** The token, each desk's chat, and what the bot may do there. Writes nothing into any chat. */
export async function checkTelegram(
  config: Pick<Config, "telegram" | "desks">,
  places: DeskPlaces,
): Promise<Finding[]> {
  const { token, apiRoot, proxy } = config.telegram;
  const { api, close } = createTelegramApi({
    token,
    apiRoot,
    timeoutSeconds,
    ...(proxy === undefined ? {} : { proxy }),
  });
  try {
    const me = await ask(api.getMe());
    if ("failure" in me) return [tokenFault(me.failure)];
    const desks = await Promise.all(
      Object.entries(config.desks).map(async ([id, desk]) => {
        const place = places[id];
        if (place && "chat" in place) return checkChat(api, me.answer, { id, desk, chat: place.chat });
        const code = place && "code" in place ? place.code : "";
        return [bad(`${id}: not paired with a chat yet`, `start the bridge and write /pair ${code} in the chat`)];
      }),
    );
    return [good(`Telegram: the bot is @${me.answer.username}`), ...desks.flat()];
  } finally {
    await close();
  }
}

async function checkChat(
  api: Api,
  me: Bot,
  { id, desk, chat }: { id: string; desk: Desk; chat: string },
): Promise<Finding[]> {
  const found = await ask(api.getChat(chat));
  if ("failure" in found) return [chatFault(id, found.failure)];
  const { answer } = found;
  if (answer.type === "private") return [good(`${id}: the private chat with ${answer.first_name}`)];
  if (answer.type === "channel") return [bad(`${id}: ${chat} is a channel`, "a desk is a group or a private chat")];
  const member = await ask(api.getChatMember(chat, me.id));
  if ("failure" in member) return [chatFault(id, member.failure)];
  const isForum = answer.type === "supergroup" && answer.is_forum === true;
  const faults = groupFaults(id, desk, { me, isForum, member: member.answer });
  const kind = isForum ? "the forum" : "the group";
  return faults.length > 0 ? faults : [good(`${id}: ${kind} "${answer.title}", with every right it needs`)];
}

function groupFaults(
  id: string,
  desk: Desk,
  { me, isForum, member }: { me: Bot; isForum: boolean; member: Awaited<ReturnType<Api["getChatMember"]>> },
): Finding[] {
  if (member.status === "left" || member.status === "kicked")
    return [bad(`${id}: the bot is not in the group`, "add it")];
  if (desk.layout === "topics" && !isForum) {
    return [
      bad(`${id}: the group has no topics`, 'turn Topics on in the group\'s settings, or set layout to "replies"'),
    ];
  }
  const isAdministrator = member.status === "administrator";
  if (isForum && desk.layout !== "replies") {
    if (isAdministrator && member.can_manage_topics) return [];
    return [bad(`${id}: the bot lacks the right "Manage topics"`, "make it an administrator with this right")];
  }
  if (isAdministrator || me.can_read_all_group_messages) return [];
  return [bad(`${id}: the bot does not see what operators write`, "make it an administrator of the group")];
}

type Failure = ReturnType<typeof failureOf>;

async function ask<T>(call: Promise<T>): Promise<{ answer: T } | { failure: Failure }> {
  try {
    return { answer: await call };
  } catch (error) {
    return { failure: failureOf(error) };
  }
}

function tokenFault({ problem, description }: Failure): Finding {
  if (problem === "bad-token") return bad("Telegram: the token is refused", "take it from @BotFather again");
  if (problem === "unreachable") {
    return bad(
      `Telegram: cannot be reached (${description})`,
      "from inside Iran set telegram.proxy, or telegram.apiRoot to a relay",
    );
  }
  return bad(`Telegram: ${description}`);
}

function chatFault(id: string, { problem, description, migratedTo }: Failure): Finding {
  if (problem === "migrated") {
    return bad(`${id}: the group has become a supergroup`, `set desks.${id}.chat to ${migratedTo ?? "its new id"}`);
  }
  if (problem === "not-there")
    return bad(`${id}: the bot is not in this chat, or there is none`, "add the bot, or correct the id");
  return bad(`${id}: ${description}`);
}

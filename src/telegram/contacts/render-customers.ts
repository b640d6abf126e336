import type { Conversation } from "../../core/model/conversation.ts";
import { under } from "../texts/rich.ts";
import type { Rendered, TelegramDesk, Texts } from "../types.ts";

/** Lines of customers under a sentence, each a link to its topic where it has one. */
export async function listCustomers(
  desk: Pick<TelegramDesk, "texts" | "linkOf">,
  sentence: string,
  found: readonly Conversation[],
): Promise<Rendered> {
  const lines = await Promise.all(
    found.map(async (conversation) => linked(desk.texts.topicName(conversation), await desk.linkOf(conversation.id))),
  );
  return lines.reduce(under, { text: sentence });
}

/** What the card of a customer tells, where the card does not stand: with the way to the topic instead of its buttons. */
export function cardElsewhere(texts: Texts, conversation: Conversation, link: string | undefined): Rendered {
  const card = texts.customer(conversation);
  return link === undefined ? card : under(card, linked(texts.say("who-topic"), link));
}

function linked(text: string, url: string | undefined): Rendered {
  return url === undefined
    ? { text }
    : { text, entities: [{ type: "text_link", offset: 0, length: text.length, url }] };
}

import type { Conversation } from "../core/model/conversation.ts";
import { under } from "./rich.ts";
import type { Rendered, TelegramDesk, Texts } from "./types.ts";

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

/** The card of a customer where its buttons would not work: with the way to the topic instead. */
export function cardElsewhere(texts: Texts, conversation: Conversation, link: string | undefined): Rendered {
  const { keyboard: _, ...card } = texts.card(conversation);
  return link === undefined ? card : under(card, linked(texts.say("who-topic"), link));
}

function linked(text: string, url: string | undefined): Rendered {
  return url === undefined
    ? { text }
    : { text, entities: [{ type: "text_link", offset: 0, length: text.length, url }] };
}

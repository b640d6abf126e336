import type { Message } from "grammy/types";
import { cleanText } from "../../core/model/text.ts";
import { draftIdAt, repliedTo } from "../message.ts";
import type { Where } from "../targets.ts";
import { isBlank } from "../texts/split.ts";
import { placeOf } from "../types.ts";

/**
 * The text of the message that this one replies to, for keeping it: of an answer as the customer got it, whether its message or
 * its mark is replied to; of an SMS; of a note without its slashes. `undefined`: there is none, or no words in it.
 */
export async function textBehind({ bridge, desk, bot }: Where, message: Message): Promise<string | undefined> {
  const reply = repliedTo(message);
  if (!reply) return undefined;
  const place = placeOf(message.chat.id, reply.message_id);
  const sent = (await bridge.outbound.find(draftIdAt(place))) ?? (await bridge.outbound.findByMark(place));
  if (sent?.desk === desk.id && !sent.template) return sent.text;
  if (reply.from?.id === bot) {
    const sms = await bridge.inbound.findByPost(await desk.postOf(reply.message_id));
    return sms?.desk === desk.id ? wordsOf(sms.text) : undefined;
  }
  return wordsOf((reply.text ?? reply.caption ?? "").replace(/^\/\//, ""));
}

/** A command says nothing to a customer. */
function wordsOf(text: string): string | undefined {
  const clean = cleanText(text).trim();
  return isBlank(clean) || clean.startsWith("/") ? undefined : clean;
}

import { type Api, InputFile } from "grammy";
import type { DeskChat } from "../chat/chat.ts";

const generalId = 1;

/** Sends a file under the message that asked for it, when the chat's turn has come. */
export async function attach(
  { api, chat }: { readonly api: Api; readonly chat: DeskChat },
  { messageId, topicId }: { readonly messageId: number; readonly topicId?: number },
  { name, content }: { readonly name: string; readonly content: Buffer },
  caption: string,
): Promise<void> {
  await chat.call({ kind: "message", priority: "answer" }, (id) =>
    api.sendDocument(id, new InputFile(content, name), {
      caption,
      ...(topicId === undefined || topicId === generalId ? {} : { message_thread_id: topicId }),
      reply_parameters: { message_id: messageId, allow_sending_without_reply: true },
    }),
  );
}

import type { Message } from "./types.ts";
import type { ChatState } from "./world.ts";

/** A message as a person sees it on the screen. */
export interface SeenMessage {
  readonly id: number;
  readonly topicId: number | undefined;
  readonly from: { readonly id: number; readonly name: string; readonly isBot: boolean };
  /** Text or caption; empty where there is neither. */
  readonly text: string;
  /** A file that can be read as text. */
  readonly file: { readonly id: string; readonly name: string } | undefined;
  /** What somebody shares of their address book. */
  readonly contact: { readonly name: string; readonly number: string } | undefined;
  /** Above the text, the largest size of it. Of people's pictures there is nothing to see. */
  readonly picture: { readonly id: string; readonly width: number; readonly height: number } | undefined;
  readonly entities: NonNullable<Message["entities"]>;
  /** Labels of the inline buttons, row by row. */
  readonly buttons: readonly (readonly string[])[];
  /** What those of them copy that do nothing else. */
  readonly copies: readonly { readonly label: string; readonly text: string }[];
  readonly replyTo: number | undefined;
  readonly reactions: readonly string[];
  /** Who reacted, in the order of `reactions`. */
  readonly reactedBy: readonly number[];
  readonly isEdited: boolean;
  readonly isPinned: boolean;
  /** What a service message is about: `forum_topic_created`, `pinned_message`, … */
  readonly service: string | undefined;
  /** Seconds since the epoch. */
  readonly date: number;
  readonly raw: Message;
}

export function toSeen(state: ChatState, message: Message): SeenMessage {
  const { from, reply_to_message: replied } = message;
  const opensTopic = replied?.forum_topic_created !== undefined && replied.message_id === message.message_thread_id;
  return {
    id: message.message_id,
    topicId: message.is_topic_message ? message.message_thread_id : undefined,
    from: { id: from?.id ?? 0, name: from?.first_name ?? "", isBot: from?.is_bot ?? false },
    text: message.text ?? message.caption ?? "",
    file: message.document && { id: message.document.file_id, name: String(message.document.file_name ?? "") },
    contact: message.contact && { name: message.contact.first_name, number: message.contact.phone_number },
    picture: pictureOf(message),
    entities: message.entities ?? message.caption_entities ?? [],
    buttons: message.reply_markup?.inline_keyboard.map((row) => row.map(({ text }) => text)) ?? [],
    copies: (message.reply_markup?.inline_keyboard ?? [])
      .flat()
      .flatMap(({ text: label, copy_text }) => (copy_text ? [{ label, text: copy_text.text }] : [])),
    replyTo: opensTopic ? undefined : replied?.message_id,
    reactions: [...(state.reactions.get(message.message_id)?.values() ?? [])],
    reactedBy: [...(state.reactions.get(message.message_id)?.keys() ?? [])],
    isEdited: message.edit_date !== undefined,
    isPinned: state.pins.includes(message.message_id),
    service: Object.keys(message).find((key) => serviceFields.test(key)),
    date: message.date,
    raw: message,
  };
}

function pictureOf({ from, photo }: Message): SeenMessage["picture"] {
  const largest = photo?.at(-1);
  if (!largest || !from?.is_bot) return undefined;
  return { id: largest.file_id, width: largest.width, height: largest.height };
}

const serviceFields = /^(forum_topic_|pinned_message|new_chat_members|left_chat_member|migrate_)/;

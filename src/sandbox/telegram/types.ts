/** The part of Telegram's wire types that the simulator speaks, from the Bot API page; `undefined` never reaches the wire. */

export interface User {
  readonly id: number;
  readonly is_bot: boolean;
  readonly first_name: string;
  readonly last_name?: string | undefined;
  readonly username?: string | undefined;
  readonly language_code?: string | undefined;
}

export interface Chat {
  readonly id: number;
  readonly type: "private" | "group" | "supergroup" | "channel";
  readonly title?: string | undefined;
  readonly username?: string | undefined;
  readonly first_name?: string | undefined;
  readonly last_name?: string | undefined;
  readonly is_forum?: true | undefined;
}

export interface Entity {
  readonly type: string;
  readonly offset: number;
  readonly length: number;
  readonly [more: string]: unknown;
}

export interface Button {
  readonly text: string;
  readonly callback_data?: string | undefined;
  readonly url?: string | undefined;
  /** What a press puts into the clipboard; the bot hears nothing of it. */
  readonly copy_text?: { readonly text: string } | undefined;
  readonly [more: string]: unknown;
}

export interface Keyboard {
  readonly inline_keyboard: readonly (readonly Button[])[];
}

export interface Photo {
  readonly file_id: string;
  readonly width: number;
  readonly height: number;
  readonly [more: string]: unknown;
}

export interface Message {
  readonly message_id: number;
  readonly message_thread_id?: number | undefined;
  readonly is_topic_message?: true | undefined;
  readonly from?: User | undefined;
  readonly sender_chat?: Chat | undefined;
  readonly author_signature?: string | undefined;
  readonly date: number;
  readonly edit_date?: number | undefined;
  readonly chat: Chat;
  readonly via_bot?: User | undefined;
  readonly forward_origin?: object | undefined;
  readonly reply_to_message?: Message | undefined;
  readonly quote?: { text: string; position: number; is_manual?: true } | undefined;
  readonly text?: string | undefined;
  readonly entities?: readonly Entity[] | undefined;
  readonly caption?: string | undefined;
  readonly caption_entities?: readonly Entity[] | undefined;
  readonly photo?: readonly Photo[] | undefined;
  readonly document?: { readonly file_id: string; readonly [more: string]: unknown } | undefined;
  readonly sticker?: object | undefined;
  readonly voice?: object | undefined;
  readonly location?: object | undefined;
  readonly contact?: { readonly phone_number: string; readonly first_name: string } | undefined;
  readonly reply_markup?: Keyboard | undefined;
  readonly forum_topic_created?: { name: string; icon_color: number; icon_custom_emoji_id?: string | undefined };
  readonly forum_topic_edited?: { name?: string | undefined; icon_custom_emoji_id?: string | undefined };
  readonly forum_topic_closed?: Record<string, never>;
  readonly forum_topic_reopened?: Record<string, never>;
  readonly pinned_message?: Message | undefined;
  readonly new_chat_members?: readonly User[] | undefined;
  readonly left_chat_member?: User | undefined;
  readonly migrate_to_chat_id?: number | undefined;
  readonly migrate_from_chat_id?: number | undefined;
}

/** What a person or a bot puts into a message; the rest comes from where it stands. */
export type Content = Omit<Message, "message_id" | "date" | "chat" | "message_thread_id" | "is_topic_message">;

export interface CallbackQuery {
  readonly id: string;
  readonly from: User;
  readonly message: Message;
  readonly chat_instance: string;
  readonly data: string;
}

/** The kinds of update that the simulator makes, and what each carries. */
export interface Updates {
  message: Message;
  edited_message: Message;
  channel_post: Message;
  callback_query: CallbackQuery;
  message_reaction: object;
  my_chat_member: object;
}

export type UpdateKind = keyof Updates;
export type Update = { readonly update_id: number } & { readonly [K in UpdateKind]?: Updates[K] };

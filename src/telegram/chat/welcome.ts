import type { Chat } from "grammy/types";
import { layoutSeen } from "../message.ts";
import type { Rendered, TelegramDesk } from "../types.ts";
import { hasTopics, type Lack } from "./lacks.ts";

/** What the bot found in the chat of a desk, in words. */
export interface Found {
  readonly desk: TelegramDesk;
  readonly chat: Chat;
  readonly lacks: readonly Lack[];
  /** The bot's user name. */
  readonly bot: string;
}

/** After `/pair`: which desk is here, what the chat is and how one answers in it, and what the work here still lacks. */
export function renderWelcome(found: Found, facts: { isNew: boolean }): Rendered {
  const { desk, chat, lacks } = found;
  const { texts, settings } = desk;
  const layout = hasTopics(chat) ? layoutSeen(desk, chat) : "replies";
  const how = settings.sends === "all" ? `help-sends-all-${layout}` : `help-sends-${settings.sends}`;
  const mayHaveTopics = chat.type !== "private" && !hasTopics(chat) && settings.layout === "auto";
  return toText([
    texts.say(facts.isNew ? "pair-done" : "pair-again", { desk: desk.id }),
    texts.say(`pair-${kindOf(chat, layout)}`),
    texts.say(how),
    ...(mayHaveTopics ? [texts.say("pair-topics-hint")] : []),
    ...(facts.isNew ? [texts.say("pair-settings")] : []),
    ...(lacks.length > 0 ? ["", ...lackLines(found)] : []),
  ]);
}

/** After a right was given, or taken: what is lacking now. */
export function renderLacks(found: Found): Rendered {
  return toText(found.lacks.length > 0 ? lackLines(found) : [found.desk.texts.say("pair-complete")]);
}

/** What the bot still needs, a line each, below one that says so. */
export function lackLines({ desk: { texts }, lacks, bot }: Pick<Found, "desk" | "lacks" | "bot">): string[] {
  return [
    texts.say("pair-missing", { count: lacks.length }),
    ...lacks.map((lack) => `• ${texts.say(`pair-missing-${lack}`, { bot: `@${bot}` })}`),
  ];
}

function kindOf(chat: Chat, layout: "topics" | "replies"): "private" | "group" | "forum" | "general" {
  if (chat.type === "private") return "private";
  if (!hasTopics(chat)) return "group";
  return layout === "topics" ? "forum" : "general";
}

function toText(lines: readonly string[]): Rendered {
  return { text: lines.join("\n") };
}

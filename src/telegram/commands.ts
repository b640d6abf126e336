import type { Api } from "grammy";
import type { BotCommand } from "grammy/types";
import type { Log } from "../core/ports/log.ts";
import { type Capability, type Handling, watch } from "./context.ts";
import type { Language, TelegramDesk, Texts } from "./types.ts";

/** A text that begins with `/`. */
export type Slash =
  /** `//`: a note among operators. */
  | { readonly kind: "note" }
  /** Addressed to another bot. */
  | { readonly kind: "foreign" }
  /** `name` is in small letters, and empty where no word follows the slash. */
  | { readonly kind: "command"; readonly name: string; readonly args: string };

const form = /^\/([A-Za-z0-9_]*)(?:@([A-Za-z0-9_]+))?(?:\s+([\s\S]*))?$/;

/** Reads a text that begins with `/`; `undefined` for any other. `/send@OurBot` is ours, `/send@OtherBot` is not. */
export function parseSlash(text: string, botName: string): Slash | undefined {
  if (!text.startsWith("/")) return undefined;
  if (text.startsWith("//")) return { kind: "note" };
  const [, name = "", addressee, args = ""] = form.exec(text) ?? [];
  if (addressee !== undefined && addressee.toLowerCase() !== botName.toLowerCase()) return { kind: "foreign" };
  return { kind: "command", name: name.toLowerCase(), args: args.trim() };
}

/** In the order in which they are offered. What `needs` something exists only where a desk's panels can serve it. */
const all = [
  { name: "help" },
  { name: "send" },
  { name: "bulk" },
  { name: "later" },
  { name: "name" },
  { name: "who" },
  { name: "find" },
  { name: "canned" },
  { name: "template", needs: "template" },
  { name: "contact", needs: "contact" },
  { name: "block" },
  { name: "unblock" },
  { name: "status" },
  { name: "credit", needs: "credit" },
  { name: "desk" },
  { name: "log" },
  { name: "export" },
  { name: "forget" },
] as const satisfies readonly { name: string; needs?: Capability }[];

export type CommandName = (typeof all)[number]["name"];

/** The commands that can be served at a desk. */
export function commandsOf(deps: Pick<Handling, "capabilities">, desk: Pick<TelegramDesk, "id">): CommandName[] {
  const can: readonly Capability[] = deps.capabilities[desk.id] ?? [];
  return all.filter((command) => !("needs" in command) || can.includes(command.needs)).map(({ name }) => name);
}

/**
 * Tells Telegram which commands to offer, in Persian, in English and for everybody else, and apart for a desk that can do
 * more or less than the others. Harmless to repeat; a failure is only logged.
 */
export function offerCommands(api: Api, deps: Pick<Handling, "capabilities" | "desks" | "texts" | "log">): void {
  const { desks, texts, log } = deps;
  const lists = desks.all.map((desk) => commandsOf(deps, desk));
  const common = (lists[0] ?? commandsOf({ capabilities: {} }, { id: "" })).filter((name) =>
    lists.every((list) => list.includes(name)),
  );
  const mainLanguage = desks.all[0]?.settings.language ?? "fa";
  offer(api, log, common, { texts, otherwise: mainLanguage });
  for (const desk of desks.all) {
    const chat = desk.chatId();
    const own = commandsOf(deps, desk);
    if (chat === undefined || own.every((name) => common.includes(name))) continue;
    offer(api, log, own, { texts, otherwise: desk.settings.language, chat: Number(chat) });
  }
}

interface Offer {
  readonly texts: Readonly<Record<Language, Texts>>;
  readonly otherwise: Language;
  readonly chat?: number;
}

function offer(api: Api, log: Log, names: readonly CommandName[], to: Offer): void {
  const scope = to.chat === undefined ? {} : { scope: { type: "chat", chat_id: to.chat } as const };
  const list = (language: Language): BotCommand[] =>
    names.map((command) => ({ command, description: to.texts[language].say(`command-${command}`) }));
  watch(log, "setMyCommands", api.setMyCommands(list(to.otherwise), scope));
  watch(log, "setMyCommands", api.setMyCommands(list("fa"), { ...scope, language_code: "fa" }));
  watch(log, "setMyCommands", api.setMyCommands(list("en"), { ...scope, language_code: "en" }));
}

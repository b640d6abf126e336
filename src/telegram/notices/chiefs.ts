import type { Api } from "grammy";
import type { Once } from "../../core/notices/once.ts";
import type { Reminder } from "../../core/ports/desk.ts";
import type { Log } from "../../core/ports/log.ts";
import { createRecent } from "../../support/recent.ts";
import { failureOf, type TelegramProblem } from "../calls/errors.ts";
import type { Governor } from "../calls/governor.ts";
import { type DeskChat, sendOptions } from "../chat/chat.ts";
import type { DeskSettings, Rendered, Texts } from "../types.ts";

const saidAgainMs = 365 * 86_400_000;
const mostRemembered = 5000;

/** With these it is Telegram that is away, not the person. */
const passing: ReadonlySet<TelegramProblem> = new Set(["unreachable", "rate-limited", "bad-token"]);

/** Tells the chiefs of a desk in private, those who have started the bot; the others are told once, at the desk, how to. */
export interface Chiefs {
  /** Throws where Telegram is away; called again, it tells nobody twice, but for a process that died meanwhile. */
  tell(
    reminders: readonly Reminder[],
    render: (untold: readonly Reminder[], desk: string) => Promise<Rendered>,
  ): Promise<void>;
}

export function createChiefs(deps: {
  readonly api: Api;
  readonly governor: Governor;
  readonly chat: DeskChat;
  readonly once: Once;
  readonly settings: DeskSettings;
  readonly texts: Texts;
  readonly log: Log;
}): Chiefs {
  const { api, governor, chat, once, settings, texts, log } = deps;
  const told = createRecent<true>(mostRemembered);

  async function tellOne(chief: number, what: Rendered): Promise<void> {
    try {
      const call = () => api.sendMessage(chief, what.text, sendOptions(what, {}));
      await governor.run({ chat: String(chief), kind: "message", priority: "answer", call });
    } catch (error) {
      const { problem, description } = failureOf(error);
      if (passing.has(problem)) throw error;
      log.warn({ desk: settings.id, reason: description }, "a chief could not be told in private");
      if (await once.isFirst(`chief/${settings.id}/${chief}`, saidAgainMs)) await explain(chief);
    }
  }

  async function explain(chief: number): Promise<void> {
    const bot = await api.getMe();
    const text = texts.say("reminder-chief-start", { name: await nameOf(chief), bot: `@${bot.username}` });
    await chat.send({ text }, { priority: "answer" });
  }

  async function nameOf(chief: number): Promise<string> {
    try {
      return (await api.getChatMember(Number(chat.id()), chief)).user.first_name;
    } catch {
      return String(chief);
    }
  }

  return {
    async tell(reminders, render) {
      for (const chief of settings.chiefs) {
        // Who works in this chat alone has just read it.
        if (String(chief) === chat.id()) continue;
        const keyOf = ({ conversation }: Reminder) => `${chief}/${conversation.id}/${conversation.reminded?.at}`;
        const untold = reminders.filter((reminder) => !told.get(keyOf(reminder)));
        if (untold.length > 0) await tellOne(chief, await render(untold, settings.id));
        for (const reminder of untold) told.set(keyOf(reminder), true);
      }
    },
  };
}

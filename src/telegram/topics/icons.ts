import type { Api } from "grammy";
import type { Phase } from "../../core/model/conversation.ts";
import type { Log } from "../../core/ports/log.ts";
import { failureOf } from "../calls/errors.ts";

/** The signs of a topic, the best first: Telegram says which of them it has. */
const wanted: Readonly<Record<Phase, readonly string[]>> = {
  new: ["❗", "🔥", "💡"],
  "in-hand": ["👀", "📝", "📰"],
  waiting: ["💬", "🗣"],
  snoozed: ["📆", "🏖"],
  closed: ["✅", "🏁"],
  blocked: ["🎭", "🔞"],
};

/** The custom emoji that stands before the name of a topic. Only those of `getForumTopicIconStickers` may. */
export interface TopicIcons {
  /** `undefined` where there is none for it, or Telegram did not say. */
  of(phase: Phase): Promise<string | undefined>;
}

export function createTopicIcons({ api, log }: { api: Api; log: Log }): TopicIcons {
  let asking: Promise<ReadonlyMap<string, string>> | undefined;

  async function ask(): Promise<ReadonlyMap<string, string>> {
    const stickers = await api.getForumTopicIconStickers();
    return new Map(stickers.map(({ emoji = "", custom_emoji_id = "" }) => [bare(emoji), custom_emoji_id]));
  }

  return {
    async of(phase) {
      asking ??= ask();
      try {
        const known = await asking;
        const emoji = wanted[phase].find((one) => known.has(one));
        return emoji === undefined ? undefined : known.get(emoji);
      } catch (error) {
        // A sign is a courtesy: asked again next time.
        asking = undefined;
        log.warn({ reason: failureOf(error).description }, "topic icons are not known");
        return undefined;
      }
    },
  };
}

/** Some of them come with a mark that says "as a picture". */
function bare(emoji: string): string {
  return emoji.replaceAll("\ufe0f", "");
}

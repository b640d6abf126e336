import { z } from "zod";
import type { Config } from "../../config/resolve.ts";
import type { Clock } from "../../core/ports/clock.ts";
import { createTelegramApi } from "../../telegram/calls/api.ts";
import { ask, type Failure } from "./ask.ts";
import { checkClock } from "./clock.ts";
import { checkDesk } from "./desks.ts";
import { type Finding, found } from "./finding.ts";
import type { DeskPlaces } from "./store.ts";
import { checkWebhook, type WebhookFacts } from "./webhook.ts";

const timeoutSeconds = 10;
const bot = z.looseObject({ id: z.number(), username: z.string() });

export interface TelegramFacts {
  /** With it, the machine's clock is compared with Telegram's. */
  readonly clock?: Clock;
  /** Where updates are pushed. */
  readonly webhook?: WebhookFacts;
}

/** The token, each desk's chat, what the bot may do there, and how updates come. Writes nothing into any chat. */
export async function checkTelegram(
  config: Pick<Config, "telegram" | "desks">,
  places: DeskPlaces,
  { clock, webhook }: TelegramFacts = {},
): Promise<Finding[]> {
  const { token, apiRoot, proxy } = config.telegram;
  let skewMs: number | undefined;
  const { api, close } = createTelegramApi({
    token,
    apiRoot,
    timeoutSeconds,
    ...(proxy === undefined ? {} : { proxy }),
    ...(clock && {
      onAnswer: (date: string) => {
        skewMs ??= clock.now() - Date.parse(date);
      },
    }),
  });
  try {
    const me = await ask(api.getMe());
    const asked =
      "failure" in me
        ? [tokenFault(me.failure)]
        : bot.safeParse(me.answer).success
          ? await askOn(me.answer)
          : [noBot()];
    return [...asked, ...checkClock(skewMs)];
  } finally {
    await close();
  }

  async function askOn(me: Awaited<ReturnType<typeof api.getMe>>): Promise<Finding[]> {
    const [pushed, ...desks] = await Promise.all([
      webhook ? checkWebhook(api, { token, ...webhook }) : [],
      ...Object.entries(config.desks).map(([id, desk]) => checkDesk(api, me, { id, desk, place: places[id] })),
    ]);
    return [found("telegram.bot", "telegram", `Telegram: the bot is @${me.username}`), ...pushed, ...desks.flat()];
  }
}

/** Something answers in Telegram's way that is not Telegram: a relay that is none, a portal that wants a login. */
function noBot(): Finding {
  const text = "Telegram: what answers at telegram.apiRoot does not tell who the bot is";
  return found("telegram.unreachable", "telegram", text, "correct telegram.apiRoot, or leave it out");
}

function tokenFault({ problem, description }: Failure): Finding {
  if (problem === "bad-token") return found("telegram.bad-token", "telegram", "Telegram: the token is refused");
  if (problem === "unreachable") {
    return found("telegram.unreachable", "telegram", `Telegram: cannot be reached (${description})`);
  }
  return found("telegram.refused", "telegram", `Telegram: ${description}`);
}

import type { Clock } from "../../core/ports/clock.ts";
import type { TelegramApi } from "../../telegram/calls/api.ts";
import { webhookPath } from "../../telegram/updates/webhook.ts";
import { ask } from "./ask.ts";
import { type Finding, found } from "./finding.ts";

/** Telegram tells of its last failure for ever. That it comes again within this time is assumed; the Bot API names none. */
const recentMs = 60 * 60_000;

export interface WebhookFacts {
  readonly clock: Clock;
  readonly publicUrl: string;
  readonly isRunning: boolean | undefined;
}

/** Whether Telegram pushes to this bridge, and whether that works, as Telegram tells it. What it does not tell is no finding. */
export async function checkWebhook(
  api: TelegramApi["api"],
  { token, clock, publicUrl, isRunning }: WebhookFacts & { readonly token: string },
): Promise<Finding[]> {
  const asked = await ask(api.getWebhookInfo());
  if ("failure" in asked) return [];
  const {
    url = "",
    pending_update_count: waiting,
    last_error_message: error,
    last_error_date: failedAt,
  } = asked.answer;
  if (url !== `${publicUrl}${webhookPath(token)}`) return [elsewhere(url, isRunning)];
  const held = waiting === 1 ? "1 update waits" : `${waiting} updates wait`;
  const isFailing = failedAt !== undefined && clock.now() - failedAt * 1000 < recentMs;
  if (waiting > 0 && error !== undefined && isFailing) {
    return [found("telegram.webhook-failing", "telegram", `Telegram: its pushes fail (${error}), ${held}`)];
  }
  const rest = waiting > 0 ? `, ${held}` : "";
  return [found("telegram.webhook", "telegram", `Telegram: it pushes to ${publicUrl}${rest}`)];
}

/** Of an address that is not ours only the origin is told: what follows may be a secret. */
function elsewhere(url: string, isRunning: boolean | undefined): Finding {
  const where =
    url === "" ? "it pushes nowhere" : `it pushes to ${URL.canParse(url) ? new URL(url).origin : "elsewhere"}`;
  if (isRunning) return found("telegram.webhook-elsewhere", "telegram", `Telegram: ${where}, and not to this bridge`);
  return found(
    "telegram.webhook-later",
    "telegram",
    `Telegram: ${where} as yet; the bridge changes that when it starts`,
  );
}

import { type Config, inboxTokenOf } from "../../config/resolve.ts";
import { isLoopback } from "../../config/warnings.ts";
import { type Line, spellNumber } from "../../core/model/phone.ts";
import type { SmsProvider } from "../../core/ports/sms-provider.ts";
import { requireKind } from "../../providers/index.ts";
import { checkQuiet, type QuietFacts } from "./quiet.ts";
import { type Row, row } from "./table.ts";

/** How SMS come in from a panel: the URL that it must be told, and lines that nothing will ever come in from. */
export function checkInbox(
  config: Config,
  { id, kind, inbox }: SmsProvider,
  { lines, showsUrls, ...facts }: QuietFacts & { readonly lines: readonly Line[]; readonly showsUrls: boolean },
): Row[] {
  const token = config.providers[id] && inboxTokenOf(config.providers[id]);
  if (token !== undefined) return [hookOf(config, id, token, showsUrls), ...checkQuiet(id, facts)];
  const about = { provider: id, what: "inbox" };
  if (inbox === undefined && lines.length > 0) {
    const finding = `none: SMS to ${lines.map(spellNumber).join(", ")} do not come in`;
    const canPush = "inboxToken" in requireKind(kind).config.shape;
    const advice = `set providers.${id}.inboxToken and register the URL at the panel`;
    return [row("inbox.none", about, finding, canPush ? advice : undefined)];
  }
  if (inbox?.mode === "poll" && lines.length === 0) {
    const finding = inbox.scope === "line" ? "no line to ask for: nothing comes in" : "no line is named as its own";
    const advice = `name the lines of this account under lines, with "provider": "${id}"`;
    return [row("inbox.none", about, finding, advice)];
  }
  return [];
}

function hookOf({ server }: Config, id: string, token: string, showsUrls: boolean): Row {
  const about = { provider: id, what: "hook URL" };
  const path = `/hooks/${id}/${showsUrls ? token : "<inboxToken>"}`;
  if (server.publicUrl === undefined) {
    const finding = `the panel must call http://<this server>:${server.port}${path}`;
    const advice = isLoopback(server.host)
      ? `no panel reaches ${server.host}: put a reverse proxy before it, and set server.publicUrl to its address`
      : "set server.publicUrl to see the whole URL";
    return row("hook.url", about, finding, advice);
  }
  const hint = showsUrls ? undefined : "on a terminal, or with --show-urls, the whole URL is shown";
  const finding = `register this URL at the panel for incoming SMS: ${server.publicUrl}${path}`;
  return row("hook.url", about, finding, hint);
}

import { type Config, inboxTokenOf } from "../../config/resolve.ts";
import { type Line, spellNumber } from "../../core/model/phone.ts";
import type { SmsProvider } from "../../core/ports/sms-provider.ts";
import { requireKind } from "../../providers/index.ts";
import type { Row } from "./table.ts";

/** How SMS come in from a panel: the URL that it must be told, and lines that nothing will ever come in from. */
export function checkInbox(
  config: Config,
  { id, kind, inbox }: SmsProvider,
  { lines, showsUrls }: { readonly lines: readonly Line[]; readonly showsUrls: boolean },
): Row[] {
  const token = config.providers[id] && inboxTokenOf(config.providers[id]);
  if (token !== undefined) return [hookOf(config, id, token, showsUrls)];
  if (inbox === undefined && lines.length > 0) {
    const finding = `none: SMS to ${lines.map(spellNumber).join(", ")} do not come in`;
    const canPush = "inboxToken" in requireKind(kind).config.shape;
    const advice = `set providers.${id}.inboxToken and register the URL at the panel`;
    return [note(id, "inbox", finding, canPush ? advice : undefined)];
  }
  if (inbox?.mode === "poll" && lines.length === 0) {
    const finding = inbox.scope === "line" ? "no line to ask for: nothing comes in" : "no line is named as its own";
    return [note(id, "inbox", finding, `name the lines of this account under lines, with "provider": "${id}"`)];
  }
  return [];
}

function hookOf({ server }: Config, id: string, token: string, showsUrls: boolean): Row {
  const path = `/hooks/${id}/${showsUrls ? token : "<inboxToken>"}`;
  if (server.publicUrl === undefined) {
    const finding = `the panel must call http://<this server>:${server.port}${path}`;
    return note(id, "hook URL", finding, "set server.publicUrl to see the whole URL");
  }
  const hint = showsUrls ? undefined : "on a terminal, or with --show-urls, the whole URL is shown";
  return note(id, "hook URL", `register this URL at the panel for incoming SMS: ${server.publicUrl}${path}`, hint);
}

function note(provider: string, what: string, finding: string, advice?: string): Row {
  return { kind: "note", provider, what, finding, ...(advice === undefined ? {} : { advice }) };
}

import type { Unreadable } from "../../core/inbound/unreadable.ts";
import type { Redactor } from "../../support/redact.ts";
import { renderTime } from "../time.ts";
import { type Finding, found } from "./finding.ts";
import type { CheckDocument } from "./report.ts";
import { visibleLines } from "./visible.ts";

/** How much of what panels handed over nobody could read. */
export function checkUnreadable(kept: readonly Unreadable[], timeZone: string): Finding[] {
  const last = kept.at(-1);
  if (last === undefined) return [];
  const what = kept.length === 1 ? "1 call or answer of a panel" : `${kept.length} calls or answers of panels`;
  const when = `the last one of ${last.provider}, ${renderTime(last.at, timeZone)}`;
  const text = `${what} could not be read, ${when}`;
  return [found("inbox.unread", last.provider, text, "see them with `chapar check --show-unreadable`")];
}

/** The same for a program. */
export function listUnreadable(kept: readonly Unreadable[], redactor: Redactor): CheckDocument["unreadable"] {
  return kept.map(({ provider, at, raw }) => ({ provider, at: new Date(at).toISOString(), raw: redactor.text(raw) }));
}

/** What was kept, as it came. Texts of customers are in it. */
export function renderUnreadable(kept: readonly Unreadable[], timeZone: string): readonly string[] {
  return kept.flatMap(({ provider, at, raw }) => [
    "",
    `${provider}, ${renderTime(at, timeZone)}:`,
    // Set in, so that nothing in it can pass for a line of ours.
    ...visibleLines(raw).map((line) => `  ${line}`),
  ]);
}

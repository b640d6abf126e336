import type { Inbound } from "../core/model/message.ts";
import { spellNumber } from "../core/model/phone.ts";
import { withoutDirection } from "./direction.ts";
import type { Phrases } from "./i18n.ts";
import { below, italic, type Piece, rich, sayWithCode } from "./rich.ts";
import { isBlank } from "./split.ts";
import type { Rendered } from "./types.ts";

/**
 * An SMS as it is shown. Its text stands untouched and without any markup; what we add stands in lines of its own, above
 * it (who) and below it (which line).
 */
export function renderPost(
  phrases: Phrases,
  message: Inbound,
  facts: { header: boolean; previousLine?: string },
): Rendered {
  const body: (string | Piece)[] = [isBlank(message.text) ? italic(phrases.say("post-empty")) : message.text];
  const { previousLine } = facts;
  if (previousLine !== undefined && previousLine !== message.line) {
    const lines = { line: spellNumber(message.line), previous: spellNumber(previousLine) };
    body.push("\n\n", italic(phrases.say("post-line-changed", lines)));
  }
  const shown = rich(...body);
  if (!facts.header) return shown;
  const header = headerOf(phrases, message);
  const under = below(`${header.text}\n`, shown);
  return { text: under.text, entities: [...(header.entities ?? []), ...(under.entities ?? [])] };
}

function headerOf(phrases: Phrases, message: Inbound): Rendered {
  const number = withoutDirection(spellNumber(message.peer)).replace(/\s+/g, " ") || phrases.say("peer-unknown");
  return sayWithCode(phrases, "post-header", "number", { number, line: spellNumber(message.line) });
}

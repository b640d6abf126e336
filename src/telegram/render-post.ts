import type { Inbound } from "../core/model/message.ts";
import { spellNumber } from "../core/model/phone.ts";
import { withoutDirection } from "./direction.ts";
import type { Phrases, Words } from "./i18n.ts";
import { below, italic, type Piece, rich, sayWithCode } from "./rich.ts";
import { isBlank } from "./split.ts";
import type { Rendered } from "./types.ts";

/** Of an SMS that was brought from the past, when it came is news, unless that was just now. */
const oldMs = 60 * 60_000;

/**
 * An SMS as it is shown. Its text stands untouched and without any markup; what we add stands in lines of its own, above
 * it (who) and below it (which line, and of one from the past when it came).
 */
export function renderPost(
  words: Words,
  message: Inbound,
  facts: { header: boolean; previousLine?: string },
): Rendered {
  const body: (string | Piece)[] = [isBlank(message.text) ? italic(words.say("post-empty")) : message.text];
  const notes = notesOf(words, message, facts.previousLine);
  if (notes.length > 0) body.push("\n\n", italic(notes.join("\n")));
  const shown = rich(...body);
  if (!facts.header) return shown;
  const header = headerOf(words, message);
  const under = below(`${header.text}\n`, shown);
  return { text: under.text, entities: [...(header.entities ?? []), ...(under.entities ?? [])] };
}

function notesOf(words: Words, message: Inbound, previousLine: string | undefined): string[] {
  const { line, panelTime, at, past } = message;
  const notes: string[] = [];
  if (previousLine !== undefined && previousLine !== line) {
    notes.push(words.say("post-line-changed", { line: spellNumber(line), previous: spellNumber(previousLine) }));
  }
  if (past && panelTime !== undefined && at - panelTime > oldMs) {
    notes.push(words.say("post-time", { time: words.spellTime(panelTime, at) }));
  }
  return notes;
}

function headerOf(phrases: Phrases, message: Inbound): Rendered {
  const number = withoutDirection(spellNumber(message.peer)).replace(/\s+/g, " ") || phrases.say("peer-unknown");
  return sayWithCode(phrases, "post-header", "number", { number, line: spellNumber(message.line) });
}

import type { Inbound } from "../core/model/message.ts";
import { spellNumber } from "../core/model/phone.ts";
import { withoutDirection } from "./direction.ts";
import type { Phrases } from "./i18n.ts";
import { below, italic, type Piece, rich, sayWithCode } from "./rich.ts";
import { isBlank } from "./split.ts";
import type { Rendered } from "./types.ts";

/** An SMS that came this much later than the panel took it names its own time. */
const lateMs = 60 * 60_000;

export interface PostWords {
  readonly phrases: Phrases;
  readonly spellTime: (at: number) => string;
}

/**
 * An SMS as it is shown. Its text stands untouched and without any markup; what we add stands in lines of its own, above
 * it (who) and below it (which line, when).
 */
export function renderPost(
  words: PostWords,
  message: Inbound,
  facts: { header: boolean; previousLine?: string },
): Rendered {
  const { phrases } = words;
  const body: (string | Piece)[] = [isBlank(message.text) ? italic(phrases.say("post-empty")) : message.text];
  const notes = notesOf(words, message, facts.previousLine);
  if (notes.length > 0) body.push("\n\n", italic(notes.join("\n")));
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

function notesOf(words: PostWords, message: Inbound, previousLine: string | undefined): string[] {
  const { phrases, spellTime } = words;
  const notes: string[] = [];
  if (previousLine !== undefined && previousLine !== message.line) {
    const lines = { line: spellNumber(message.line), previous: spellNumber(previousLine) };
    notes.push(phrases.say("post-line-changed", lines));
  }
  if (message.panelTime !== undefined && message.at - message.panelTime >= lateMs) {
    notes.push(phrases.say("post-time", { time: spellTime(message.panelTime) }));
  }
  return notes;
}

import type { Mark } from "../../core/model/mark.ts";
import type { Outbound } from "../../core/model/message.ts";
import { meterOf } from "../../core/model/meter.ts";
import { spellNumber } from "../../core/model/phone.ts";
import type { Phrases } from "../texts/i18n.ts";

const mostNamed = 4;
/** In letters: a whole SMS of many parts, and room for the rest of the mark. */
const longestShown = 1500;

/** What a mark tells of length and line. */
export interface MeterWords {
  /** Beside the state: the line, and the parts where there are several. */
  readonly beside: readonly string[];
  /** Below it: what makes the text expensive, and how it was shortened. */
  readonly below: readonly string[];
}

/** `tellsLine`: the desk has several, and the mark says nothing of it yet. */
export function renderMeter(phrases: Phrases, message: Outbound, mark: Mark, tellsLine: boolean): MeterWords {
  if (!isTold(message, mark)) return { beside: [], below: [] };
  const meter = meterOf(message);
  const { parts = 1, cheaper } = meter ?? {};
  // The question about a long text, and what makes it long, both tell the parts.
  const tellsParts = parts > 1 && !cheaper && message.hold !== "long";
  const line = tellsLine ? [phrases.say("mark-on-line", { line: spellNumber(message.line) })] : [];
  const beside = [...line, ...(tellsParts ? [phrases.say("mark-parts", { parts })] : [])];
  const below: string[] = [];
  if (message.written !== undefined) below.push(phrases.say("mark-shortened", { text: cut(message.text) }));
  if (cheaper) {
    const { because } = cheaper;
    const chars = because.slice(0, mostNamed).map((char) => nameOf(phrases, char));
    const facts = { chars: [...new Set(chars)], parts, fewer: cheaper.parts };
    below.push(phrases.say(because.length === 0 ? "mark-wide" : "mark-expensive", facts));
  }
  return { beside, below };
}

/** Not of what will not be sent, nor of what nobody knows. */
function isTold({ state }: Outbound, { sign, actions }: Mark): boolean {
  return actions.includes("shorten") || (state !== "uncertain" && !["failed", "uncertain", "cancelled"].includes(sign));
}

function nameOf(phrases: Phrases, char: string): string {
  if (/[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/.test(char)) return phrases.say("char-space");
  if (char === "\t") return phrases.say("char-tab");
  return /\p{Cf}|\p{M}/u.test(char) ? phrases.say("char-invisible") : phrases.say("char", { char });
}

function cut(text: string): string {
  const letters = [...text];
  return letters.length <= longestShown ? text : `${letters.slice(0, longestShown - 1).join("")}…`;
}

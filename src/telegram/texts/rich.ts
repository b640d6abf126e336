import type { MessageEntity } from "grammy/types";
import type { Rendered, Texts } from "../types.ts";
import type { Facts } from "./i18n.ts";

/** A piece of text with its look. */
export interface Piece {
  readonly text: string;
  readonly style: "italic";
}

export const italic = (text: string): Piece => ({ text, style: "italic" });

/** Puts pieces in a row. Entities count UTF-16 units, as JavaScript does. */
export function rich(...pieces: readonly (string | Piece)[]): Rendered {
  let text = "";
  const entities: MessageEntity[] = [];
  for (const piece of pieces) {
    const isPlain = typeof piece === "string";
    const added = isPlain ? piece : piece.text;
    if (!isPlain && added.length > 0) entities.push({ type: piece.style, offset: text.length, length: added.length });
    text += added;
  }
  return entities.length > 0 ? { text, entities } : { text };
}

/**
 * A sentence in which one of its values can be copied by a tap. The entity covers the bare value, so that a direction
 * mark beside it is not copied.
 */
export function sayWithCode(texts: Pick<Texts, "say">, key: string, copied: string, facts: Facts): Rendered {
  const text = texts.say(key, facts);
  const value = String(facts[copied] ?? "");
  const offset = value === "" ? -1 : text.indexOf(value);
  return offset < 0 ? { text } : { text, entities: [{ type: "code", offset, length: value.length }] };
}

/** A sentence, and in lines of their own examples of what to type, each of which a tap copies. */
export function withExample(texts: Pick<Texts, "say">, sentence: string, ...examples: readonly string[]): Rendered {
  const lines = examples.map((example) => sayWithCode(texts, "example", "text", { text: example }));
  return lines.reduce(under, { text: sentence });
}

/** Puts one text under another, in a line of its own. */
export function under(above: Rendered, what: Rendered): Rendered {
  const { text, entities = [] } = below(`${above.text}\n`, what);
  const all = [...(above.entities ?? []), ...entities];
  return { text, ...(all.length > 0 ? { entities: all } : {}) };
}

/** Puts a text without a look above another. */
export function below(above: string, what: Rendered): Rendered {
  const entities = what.entities?.map((entity) => ({ ...entity, offset: entity.offset + above.length }));
  return { ...what, text: above + what.text, ...(entities ? { entities } : {}) };
}

import { make } from "./dom.ts";
import type { Message } from "./talks.ts";

const tags: Readonly<Record<string, "b" | "i" | "code" | "q">> = {
  bold: "b",
  italic: "i",
  code: "code",
  pre: "code",
  blockquote: "q",
  expandable_blockquote: "q",
};

/** The text with its outermost formats; numbers in code stand from left to right. */
export function formatted({ text, entities }: Pick<Message, "text" | "entities">): (HTMLElement | string)[] {
  const parts: (HTMLElement | string)[] = [];
  let at = 0;
  for (const { type, offset, length } of [...entities].sort((one, other) => one.offset - other.offset)) {
    const tag = tags[type];
    if (tag === undefined || offset < at) continue;
    const inner = make(tag, { textContent: text.slice(offset, offset + length) });
    if (tag === "code") inner.dir = "ltr";
    parts.push(text.slice(at, offset), inner);
    at = offset + length;
  }
  return [...parts, text.slice(at)];
}

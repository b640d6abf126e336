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

/** The text with its outermost formats; numbers in code stand from left to right. A link to a message of the group is followed by `onLink`. */
export function formatted(
  { text, entities }: Pick<Message, "text" | "entities">,
  onLink: (message: number) => void,
): (HTMLElement | string)[] {
  const parts: (HTMLElement | string)[] = [];
  let at = 0;
  for (const { type, offset, length, url } of [...entities].sort((one, other) => one.offset - other.offset)) {
    if (offset < at) continue;
    const inner = view(type, text.slice(offset, offset + length), url, onLink);
    if (!inner) continue;
    parts.push(text.slice(at, offset), inner);
    at = offset + length;
  }
  return [...parts, text.slice(at)];
}

function view(
  type: string,
  textContent: string,
  url: unknown,
  onLink: (message: number) => void,
): HTMLElement | undefined {
  if (type === "text_link" && typeof url === "string") return viewLink(textContent, url, onLink);
  const tag = tags[type];
  if (tag === undefined) return undefined;
  return make(tag, { textContent, ...(tag === "code" && { dir: "ltr" }) });
}

function viewLink(textContent: string, href: string, onLink: (message: number) => void): HTMLElement {
  const [, message] = /^https:\/\/t\.me\/c\/\d+\/(\d+)$/.exec(href) ?? [];
  const link = make("a", { href, textContent, target: "_blank", rel: "noreferrer" });
  link.addEventListener("click", (event) => {
    if (message === undefined) return;
    event.preventDefault();
    onLink(Number(message));
  });
  return link;
}

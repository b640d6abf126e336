import type { MessageEntity } from "grammy/types";
import type { Rendered } from "../types.ts";

/** What one Telegram message holds, in UTF-16 units. */
export const longestText = 4096;
/** How far back a cut looks for a space. */
const lookBack = 200;

/** What Telegram refuses as an empty text, by TDLib's is_empty_string: white space and what shows nothing at all. */
export function isBlank(text: string): boolean {
  return /^[\s\p{Cc}\p{Cf}\u2800\ufffc]*$/u.test(text);
}

/**
 * Cuts a text into messages of at most `longest` units: after a line or a word where there is one near, never within a
 * surrogate pair. Put together again the parts are the text, with its entities, but for parts that would be blank; the
 * keyboard stands under the last.
 */
export function splitRendered(whole: Rendered, longest = longestText): Rendered[] {
  if (whole.text.length <= longest) return [whole];
  const parts: Rendered[] = [];
  const silence = whole.isSilent ? { isSilent: true } : {};
  for (let start = 0; start < whole.text.length; ) {
    const end = cutOf(whole.text, start, longest);
    const entities = (whole.entities ?? []).flatMap((entity) => entityWithin(entity, start, end));
    const text = whole.text.slice(start, end);
    if (!isBlank(text)) parts.push({ text, ...(entities.length > 0 ? { entities } : {}), ...silence });
    start = end;
  }
  const last = parts.pop();
  return last ? [...parts, whole.keyboard ? { ...last, keyboard: whole.keyboard } : last] : [];
}

function cutOf(text: string, start: number, longest: number): number {
  const limit = start + longest;
  if (limit >= text.length) return text.length;
  const near = text.slice(Math.max(start + 1, limit - lookBack), limit);
  const back = Math.max(near.lastIndexOf("\n"), near.lastIndexOf(" "));
  if (back >= 0) return limit - near.length + back + 1;
  return isPair(text, limit) ? limit - 1 : limit;
}

function isPair(text: string, at: number): boolean {
  return /[\ud800-\udbff]/.test(text.charAt(at - 1)) && /[\udc00-\udfff]/.test(text.charAt(at));
}

function entityWithin(entity: MessageEntity, start: number, end: number): MessageEntity[] {
  const from = Math.max(entity.offset, start);
  const to = Math.min(entity.offset + entity.length, end);
  return to > from ? [{ ...entity, offset: from - start, length: to - from }] : [];
}

import type { Named } from "../cards/naming.ts";
import type { Rendered, Texts } from "../types.ts";
import type { RefusedContact } from "./contact-list.ts";

const mostShown = 10;

/** One answer for a whole list: how many were named, and what of it was of no use, with its lines. */
export function renderNamed(
  texts: Pick<Texts, "say">,
  counts: Readonly<Record<Named, number>>,
  refused: readonly RefusedContact[],
): Rendered {
  const kinds = ["named", "renamed", "same"] as const;
  const told = kinds
    .filter((kind) => counts[kind] > 0)
    .map((kind) => texts.say(`named-${kind}`, { count: counts[kind] }));
  const more = refused.length - mostShown;
  const lines = [
    ...(told.length > 0 ? told : [texts.say("named-nobody")]),
    ...(refused.length > 0 ? [texts.say("named-refused", { count: refused.length })] : []),
    ...refused
      .slice(0, mostShown)
      .map(({ line, why, written }) => texts.say(`named-refused-${why}`, { line, written: written || "–" })),
    ...(more > 0 ? [texts.say("named-refused-more", { count: more })] : []),
  ];
  return { text: lines.join("\n") };
}

/** The beginning of a text in one line, `longest` letters at most with its `…`. */
export function shorten(text: string, longest: number): string {
  const line = text.replace(/\s+/g, " ").trim();
  const letters = [...line];
  return letters.length <= longest ? line : `${letters.slice(0, longest - 1).join("")}…`;
}

/** The first `longest` letters of a text with its lines as they are, and a `…` where there are more. */
export function cutAfter(text: string, longest: number): string {
  const letters = [...text];
  return letters.length <= longest ? text : `${letters.slice(0, longest).join("")}…`;
}

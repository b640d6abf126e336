/** The known word that was probably meant: another way of writing it, or at most a third of its letters different. */
export function findNearest(written: string, known: readonly string[]): string | undefined {
  const plain = toPlain(written);
  const same = known.find((word) => toPlain(word) === plain);
  if (same !== undefined) return same;
  const ranked = known
    .map((word) => ({ word, distance: countEdits(plain, toPlain(word)) }))
    .filter(({ word, distance }) => distance <= Math.max(1, Math.floor(word.length / 3)))
    .sort((a, b) => a.distance - b.distance);
  return ranked[0]?.word;
}

/** `api_key`, `API-Key` and `apiKey` are one spelling. */
function toPlain(word: string): string {
  return word
    .slice(0, 64)
    .replace(/[_\-\s.]/g, "")
    .toLowerCase();
}

/** Levenshtein's distance. */
function countEdits(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...from].entries()) {
    const next = [i + 1];
    for (let j = 0; j < to.length; j += 1) {
      const replaced = (row[j] ?? 0) + (to[j] === letter ? 0 : 1);
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

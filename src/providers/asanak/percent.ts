/** Undoes `%XX` as UTF-8. A `%` that begins no `%XX` stays, bytes that are not UTF-8 become U+FFFD. */
export function decodePercent(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (run) => Buffer.from(run.replaceAll("%", ""), "hex").toString("utf8"));
}

/** Undoes a form's encoding, `+` included. `undefined` where the text is no valid one. */
export function decodeForm(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replace(/\+/g, " "));
  } catch {
    return undefined;
  }
}

/**
 * Cuts `a=1&b=2` into its pairs, undecoded. Where a sender forgot to encode, it keeps a text whole: `&` begins another pair only before
 * `name=`, and `?` only before one of the `known` names. A URL that already had a query gets such a second `?`.
 */
export function splitPairs(form: string, known: readonly string[]): [string, string][] {
  const separator = new RegExp(`&(?:amp;)?(?=[a-z_][\\w.-]*=)|\\?(?=(?:${known.join("|")})=)`, "gi");
  return form.split(separator).flatMap((pair): [string, string][] => {
    const cut = pair.indexOf("=");
    return cut < 0 ? [] : [[decodePercent(pair.slice(0, cut)), pair.slice(cut + 1).replace(/&$/, "")]];
  });
}

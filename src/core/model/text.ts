const gsmBasic = new Set(
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà",
);
const gsmExtended = new Set("\f^{}\\[~]|€");

/** How a text leaves as SMS. `units` are septets (`gsm7`) or UTF-16 units (`ucs2`); `left` is what still fits into the last part. */
export interface Segments {
  readonly encoding: "gsm7" | "ucs2";
  readonly units: number;
  readonly parts: number;
  readonly left: number;
}

/** Whether GSM-7 has this character. One that it has not makes every character of the SMS cost 16 bits instead of 7. */
export function isGsmChar(char: string): boolean {
  return gsmBasic.has(char) || gsmExtended.has(char);
}

/**
 * Counts the parts of a text: GSM-7 160 units alone and 153 in a chain, UCS-2 70 and 67.
 * Extension characters of GSM-7 cost two units; neither they nor a surrogate pair are cut in two at a boundary.
 */
export function countSegments(text: string): Segments {
  const isGsm = [...text].every(isGsmChar);
  const costs = [...text].map((char) => (isGsm ? (gsmExtended.has(char) ? 2 : 1) : char.length));
  const units = costs.reduce((sum, cost) => sum + cost, 0);
  const [alone, chained] = isGsm ? [160, 153] : [70, 67];
  const encoding = isGsm ? "gsm7" : "ucs2";
  if (units <= alone) return { encoding, units, parts: 1, left: alone - units };
  let parts = 1;
  let used = 0;
  for (const cost of costs) {
    if (used + cost > chained) {
      parts += 1;
      used = 0;
    }
    used += cost;
  }
  return { encoding, units, parts, left: chained - used };
}

/** Persian `۰۱۲` and Arabic `٠١٢` digits as ASCII; everything else untouched. For parsing only: a person's text is never changed. */
export function toAsciiDigits(text: string): string {
  return text.replace(/[\u06f0-\u06f9\u0660-\u0669]/g, (digit) => String((digit.codePointAt(0) ?? 0) & 0xf));
}

/** Removes what no wire can carry: control characters but tab and line feed, non-characters and lone surrogates. `\r\n` becomes `\n`. */
export function cleanText(text: string): string {
  return text
    .replace(/\r\n?/g, "\n")
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd")
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]/g, "");
}

const basic = /[\x20-\x5a\x5f\x61-\x7a\n\r£¥èéùìòÇØøÅåΔΦΓΛΩΠΨΣΘΞÆæßÉÄÖÑÜ§¿äöñüà¡¤]/;
const extended = /[\f^{}\\[\]~|€]/;

/**
 * How many SMS a text is, from GSM 03.38 and not from the bridge's own counting: 160 characters alone and 153 in a chain,
 * extension characters costing two; 70 and 67 as soon as one character is not in that alphabet.
 */
export function countParts(text: string): number {
  const costs = [...text].map((char) => (basic.test(char) ? 1 : extended.test(char) ? 2 : undefined));
  const isLatin = !costs.includes(undefined);
  const units = isLatin ? costs.reduce<number>((sum, cost) => sum + (cost ?? 0), 0) : text.length;
  const [alone, chained] = isLatin ? [160, 153] : [70, 67];
  return units <= alone ? 1 : Math.ceil(units / chained);
}

/**
 * One spelling for each number, so that `0912…`, `98912…`, `+98912…`, `912…` and Persian digits find the same handset.
 * Mobile numbers become `09…`, Tehran landlines `021…`; anything else keeps its digits, and a name, which has none, stays. Written apart from the bridge's own
 * folding on purpose: a misreading must not pass on both sides.
 */
export function toHandsetNumber(written: string): string {
  if (!/[0-9]/.test(latinDigits(written))) return written.trim();
  const digits = latinDigits(written).replace(/[^0-9]/g, "");
  const bare = digits
    .replace(/^00/, "")
    .replace(/^98(?=\d{10}$)/, "")
    .replace(/^0(?=\d{10}$)/, "");
  if (/^9\d{9}$/.test(bare) || /^[1-8]1\d{8}$/.test(bare)) return `0${bare}`;
  return digits;
}

/** The one among these numbers that `written` is a spelling of. */
export function findSpelled(numbers: Iterable<string>, written: string): string | undefined {
  const number = toHandsetNumber(written);
  return [...numbers].find((one) => toHandsetNumber(one) === number);
}

/** `989…` as panels print it, whatever the spelling was. */
export function toInternational(written: string): string {
  const number = toHandsetNumber(written);
  return number.startsWith("0") ? `98${number.slice(1)}` : number;
}

/** Persian and Arabic digits as ASCII ones. */
export function latinDigits(written: string): string {
  return written.replace(/[۰-۹٠-٩]/g, (digit) => String((digit.codePointAt(0) ?? 0) & 0xf));
}

/** ASCII digits as Persian ones. */
export function persianDigits(written: string): string {
  return written.replace(/[0-9]/g, (digit) => String.fromCodePoint(0x06f0 + Number(digit)));
}

/** Whether it is a mobile number in one of the usual spellings, without spaces between its digits. */
export function isMobile(written: string): boolean {
  return /^(?:\+98|0098|98|0)?9\d{9}$/.test(written.trim());
}

/** `30001001` and on: a service line that nobody has. */
export function freeServiceLine(taken: readonly string[]): string {
  for (let next = 30001001; ; next += 1) if (!taken.includes(String(next))) return String(next);
}

/** `09120000001` and on: the first that nobody has. */
export function freeNumber(taken: readonly string[]): string {
  for (let next = 1; ; next += 1) {
    const number = `0912${String(next).padStart(7, "0")}`;
    if (!taken.includes(number)) return number;
  }
}

import { toHandsetNumber } from "../number.ts";

/** How a customer's number stands in a message. */
export type NumberForm = "bare" | "0" | "98" | "+98" | "as written";

/** Mobile numbers in any of the usual spellings. The manual prints none; its sisters take all of these. */
export function isMobile(written: string): boolean {
  return /^(?:\+98|0098|98|0)?9\d{9}$/.test(written.trim());
}

/** Numbers that are no mobile one, such as a short code or a line, stay as they are. */
export function spell(written: string, form: NumberForm): string {
  const bare = toHandsetNumber(written).replace(/^0/, "");
  if (form === "as written" || !/^9\d{9}$/.test(bare)) return written;
  return form === "bare" ? bare : `${form}${bare}`;
}

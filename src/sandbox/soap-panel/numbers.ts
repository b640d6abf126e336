import { toHandsetNumber } from "../number.ts";

/** How a customer's number stands in a message. */
export type NumberForm = "bare" | "0" | "98" | "+98" | "as written";

/** Numbers that are no mobile one, such as a short code or a line, stay as they are. */
export function spell(written: string, form: NumberForm): string {
  const bare = toHandsetNumber(written).replace(/^0/, "");
  if (form === "as written" || !/^9\d{9}$/.test(bare)) return written;
  return form === "bare" ? bare : `${form}${bare}`;
}

import type { FailureCode } from "../../core/ports/provider-error.ts";
import type { Codes } from "./codes.ts";
import type { SendAnswer } from "./wire.ts";

/** What came of a send: the ids of its receivers, or why it failed. */
export type SendVerdict =
  | { readonly ids: readonly (string | undefined)[] }
  | { readonly code: FailureCode; readonly certain: boolean; readonly vendor: string };

/**
 * Reads the panel's three answers to a send together: its code, its ids and its statuses.
 *
 * An id of 0 is no id and is left out; fewer ids than receivers are then for core to judge. Where the panel says that it has sent
 * and there is no list of ids at all, it has named none. A status of 1 (a receiver who has blocked advertising) without an id
 * means that nothing was sent; with an id the panel has taken the SMS, and its report tells what becomes of it.
 */
export function judgeSend(answer: SendAnswer, receivers: number, codes: Codes): SendVerdict {
  if (answer.code === undefined) return doubt("no result");
  const told = codes.send(answer.code);
  if (!told) return doubt(String(answer.code));
  const { meaning, vendor } = told;
  const ids = answer.ids.filter(isId);

  switch (meaning) {
    case "uncertain":
      return doubt(vendor);
    case "sent":
    case "queued":
      if (ids.length > 0) return { ids };
      if (isBlocked(answer)) return { code: "blacklisted", certain: true, vendor: `${vendor}, status 1` };
      // In a sister of this panel 6 means that it is being updated, and only an id tells the two apart.
      if (meaning === "queued" || answer.ids.length > 0) return doubt(`${vendor}, without an id`);
      return { ids: Array.from({ length: receivers }, () => undefined) };
    default:
      // A refusal with an id says two things at once.
      return ids.length > 0 ? doubt(`${vendor}, with an id`) : { code: meaning, certain: true, vendor };
  }
}

function doubt(vendor: string): SendVerdict {
  return { code: "bad-reply", certain: false, vendor };
}

function isId(written: string): boolean {
  return /^\d*[1-9]\d*$/.test(written);
}

function isBlocked({ statuses }: SendAnswer): boolean {
  return statuses.length > 0 && statuses.every((status) => status === 1);
}

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
 * and names neither ids nor statuses, it has named none. A status of 1 means not sent, to a receiver who has blocked advertising:
 * where it stands for each receiver beside an id for each, be it 0, nothing was sent. With anything else nobody knows, for a panel
 * may as well repeat its result there.
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
      if (meaning === "sent" && isBlocked(answer, receivers)) return blocked(vendor);
      if (ids.length > 0) return { ids };
      // In a sister of this panel 6 means that it is being updated, and only an id tells the two apart.
      if (meaning === "queued") return doubt(`${vendor}, without an id`);
      if (answer.ids.length > 0 || answer.statuses.length > 0) return doubt(`${vendor}, without an id`);
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

function blocked(vendor: string): SendVerdict {
  return { code: "blacklisted", certain: true, vendor: `${vendor}, status 1` };
}

function isBlocked({ ids, statuses }: SendAnswer, receivers: number): boolean {
  const isFull = ids.length === receivers && statuses.length === receivers;
  return isFull && ids.every((id) => /^\d+$/.test(id)) && statuses.every((status) => status === 1);
}

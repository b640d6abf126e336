import { accessFaults, type FailureCode } from "../../core/ports/provider-error.ts";
import { requireCode } from "./codes.ts";
import { type Row, row } from "./table.ts";

/** What one question to a panel brought, and how it failed where it did. */
export interface Asked {
  readonly row: Row;
  readonly failure?: FailureCode;
}

/** With these the panel answers nothing, or nothing that can be read: what else was asked of it is not known. */
const shutting: ReadonlySet<FailureCode> = new Set([
  ...accessFaults,
  "unreachable",
  "no-answer",
  "interrupted",
  "rate-limited",
  "busy",
  "bad-request",
  "bad-reply",
]);

/** Of the rows of one panel those that say something of their own: one fault is told once, and what follows from it is not. */
export function oneFault(asked: readonly Asked[]): Row[] {
  const shut = asked.find((one) => isShut(one) && hasFailure(one, accessFaults)) ?? asked.find(isShut);
  const rows = shut ? besideOf(shut, asked) : withoutRepeats(asked);
  // A panel may answer a credit to a wrong login, too: that its service is open is what counts.
  const isOpen = asked.every(({ row: { what, kind } }) => what !== "access" || kind === "good");
  return isOpen ? rows : rows.filter(({ code }) => code !== "provider.login");
}

function isShut(one: Asked): boolean {
  return one.row.kind === "bad" && (one.row.what === "access" || hasFailure(one, shutting));
}

function hasFailure({ failure }: Asked, among: ReadonlySet<FailureCode>): boolean {
  return failure !== undefined && among.has(failure);
}

/** The fault itself, and what the panel still tells. */
function besideOf(shut: Asked, asked: readonly Asked[]): Row[] {
  return asked.flatMap((one) => {
    if (one === shut) return [withBestAdvice(shut, asked)];
    if (one.row.kind === "good") return [one.row];
    return one.row.code === "provider.no-credit" ? [row("provider.credit-in-doubt", one.row, one.row.finding)] : [];
  });
}

/** Of all that tell the same failure, the advice of the panel's own adapter. */
function withBestAdvice({ row: told, failure }: Asked, asked: readonly Asked[]): Row {
  const usual = requireCode(told.code).advice;
  const same = asked.filter((one) => failure !== undefined && one.failure === failure).map((one) => one.row.advice);
  const own = same.find((advice) => advice !== undefined && advice !== usual);
  return own === undefined ? told : { ...told, advice: own };
}

/** A fault of the account with which each line was answered is one. */
function withoutRepeats(asked: readonly Asked[]): Row[] {
  const seen = new Set<string>();
  return asked.flatMap(({ row: one, failure }) => {
    if (one.kind !== "bad" || failure === undefined) return [one];
    const key = failure === "bad-line" ? `${failure} ${one.what}` : failure;
    if (seen.has(key)) return [];
    seen.add(key);
    return [one];
  });
}

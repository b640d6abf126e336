import type { Imported, LeftOut } from "../core/keeping/importer.ts";

export interface ImportFacts {
  /** As people write it. */
  readonly line: string;
  readonly days: number;
  readonly shows: boolean;
  /** Whether a bridge runs on the store. */
  readonly hasBridge: boolean;
  /** Whether the panel was asked; else there is only what the bridge has kept. */
  readonly isListed: boolean;
}

const reasons: Readonly<Record<keyof LeftOut, string>> = {
  older: "older than that",
  nameless: "with neither an id nor a time, so that they cannot be told from those that are there",
  undated: "without a time that can be understood",
  unreadable: "that cannot be read",
  ofOtherLines: "of another line",
};

/** What an import came to, in lines. */
export function renderImported(imported: Imported, facts: ImportFacts): readonly string[] {
  const { line, days, isListed } = facts;
  const { fresh, known, gone, toShow, unread, leftOut } = imported;
  const deleted = gone === 0 ? "" : `, ${gone} of them deleted here before: they stay deleted`;
  const found = isListed
    ? `${fresh + known} SMS found, ${fresh} new, ${known} already known${deleted}`
    : "what the bridge has kept as seen; its panel was not asked, for it lists no past SMS";
  return [
    `${line}, the last ${days} ${days === 1 ? "day" : "days"}: ${found}`,
    toShow === 0 ? "none will be shown" : `${toShow} will be shown, ${whenShown(facts)}`,
    ...(unread === 0 ? [] : [`${unread} marked as unread at the panel`]),
    ...leftOutOf(leftOut),
  ];
}

function whenShown({ shows, hasBridge }: ImportFacts): string {
  // Kept as seen, they would never be.
  const why = shows ? "" : "for no bridge has looked since they came, ";
  return why + (hasBridge ? "by the bridge that runs" : "when a bridge runs; none runs now, so start it: chapar run");
}

function leftOutOf(leftOut: LeftOut): readonly string[] {
  return Object.entries(leftOut).flatMap(([reason, count]) => {
    const known = isReason(reason) ? reasons[reason] : reason;
    return count === 0 ? [] : [`left out: ${count} ${known}`];
  });
}

function isReason(reason: string): reason is keyof LeftOut {
  return Object.hasOwn(reasons, reason);
}

import { ownCodes } from "./code-table.ts";
import { panelFaults } from "./panel-faults.ts";

/** What stands behind a code, for docs/check.md and for whoever reads the finding. */
export interface CodeEntry {
  /** `bad` makes the exit code 2. */
  readonly kind: "good" | "bad" | "note";
  /** What it means, for the documents. */
  readonly says: string;
  /** What will not work. */
  readonly why?: string;
  /** What to do, where a finding does not say it more closely. */
  readonly advice?: string;
}

type PanelFault = keyof typeof panelFaults;
/** A line is told as a line, whoever says it. */
type OfPanel = Exclude<PanelFault, "bad-line">;
export type FindingCode = keyof typeof ownCodes | `provider.${OfPanel}`;

/** The code of a failure of a panel. */
export function codeOfFailure(failure: PanelFault): FindingCode {
  return failure === "bad-line" ? "line.not-active" : `provider.${failure}`;
}

/** Every code with what stands behind it, in the order in which they are documented. */
export const findingCodes: ReadonlyMap<string, CodeEntry> = new Map<string, CodeEntry>([
  ...Object.entries(ownCodes),
  ...Object.entries(panelFaults)
    .filter(([failure]) => failure !== "bad-line")
    .map(([failure, entry]) => [`provider.${failure}`, entry] as const),
]);

export function requireCode(code: FindingCode): CodeEntry {
  const entry = findingCodes.get(code);
  if (!entry) throw new TypeError(`no finding ${code}`);
  return entry;
}

import { type CodeEntry, type FindingCode, requireCode } from "./codes.ts";

/** One thing that was found: right, wrong, or worth knowing. May hold secrets until it is shown. */
export interface Finding {
  readonly kind: CodeEntry["kind"];
  readonly code: FindingCode;
  /** What it is about: a desk, a provider, a line, a file, or the path of a setting. */
  readonly subject: string;
  readonly text: string;
  /** Of what is bad: what will not work. */
  readonly why?: string;
  /** What to do about it. */
  readonly advice?: string;
}

const signs: Readonly<Record<Finding["kind"], string>> = { good: "✓", bad: "✗", note: "·" };

/** A finding with what its code brings along; `advice` where there is a closer one. */
export function found(code: FindingCode, subject: string, text: string, advice?: string): Finding {
  const { kind, why, advice: usual } = requireCode(code);
  const todo = advice ?? usual;
  return { kind, code, subject, text, ...(why !== undefined && { why }), ...(todo !== undefined && { advice: todo }) };
}

/** `✗ support: the bot is not in this chat` */
export function renderHead({ kind, text }: Pick<Finding, "kind" | "text">): string {
  return `${signs[kind]} ${text}`;
}

/** All of it in one line, without the why: `✗ support: the bot is not in this chat — add it to the group` */
export function renderFinding(finding: Finding): string {
  const head = renderHead(finding);
  return finding.advice === undefined ? head : `${head} — ${finding.advice}`;
}

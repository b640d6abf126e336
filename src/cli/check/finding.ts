/** One line of the answer: right, wrong, or worth knowing. May hold secrets until it is shown. */
export interface Finding {
  readonly kind: "good" | "bad" | "note";
  readonly text: string;
  /** What to do about it. */
  readonly advice?: string;
}

const signs: Readonly<Record<Finding["kind"], string>> = { good: "✓", bad: "✗", note: "·" };

/** `✗ support: the bot is not in this chat — add it to the group` */
export function renderFinding({ kind, text, advice }: Finding): string {
  return advice === undefined ? `${signs[kind]} ${text}` : `${signs[kind]} ${text} — ${advice}`;
}

export const good = (text: string): Finding => ({ kind: "good", text });
export const note = (text: string, advice?: string): Finding => withAdvice("note", text, advice);
export const bad = (text: string, advice?: string): Finding => withAdvice("bad", text, advice);

export function withAdvice(kind: Finding["kind"], text: string, advice: string | undefined): Finding {
  return { kind, text, ...(advice === undefined ? {} : { advice }) };
}

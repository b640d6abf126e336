import { z } from "zod";

/** What one started bridge, server or command wrote, and what may not stand in it. */
export const transcriptShape = z.object({
  test: z.string(),
  /** Logs and metrics: neither secrets nor what is somebody's. */
  logged: z.string(),
  /** What a person or a caller got to read: no secrets. */
  shown: z.string(),
  secrets: z.array(z.string()),
  /** Numbers in full and texts of SMS. */
  personal: z.array(z.string()),
});

export type TranscriptRecord = z.infer<typeof transcriptShape>;

/** A word so short stands anywhere. */
const shortest = 6;

/** Every secret in any transcript, and what is personal in the logs that it belongs to; one sentence each, which repeats none of them. */
export function findLeaks(records: readonly TranscriptRecord[]): string[] {
  const secrets = new Set(records.flatMap((record) => record.secrets).filter(({ length }) => length >= shortest));
  const spellings = [...secrets].flatMap((secret) => spellingsOf(secret).map((spelling) => ({ secret, spelling })));
  const leaks = records.flatMap(({ test, logged, shown, personal }) => {
    const found: string[] = [];
    for (const { secret, spelling } of spellings) {
      if (logged.includes(spelling)) found.push(`a log or metric of "${test}" holds ${hint(secret)}`);
      if (shown.includes(spelling)) found.push(`what "${test}" showed holds ${hint(secret)}`);
    }
    // The digits of a fraction, of which metrics are full, may read like anybody's number.
    const withoutFractions = logged.replaceAll(/\d*\.\d+/g, "");
    for (const one of new Set(personal)) {
      if (isTelling(one) && withoutFractions.includes(one))
        found.push(`a log of "${test}" holds somebody's ${hint(one)}`);
    }
    return found;
  });
  return [...new Set(leaks)];
}

function spellingsOf(secret: string): string[] {
  return [...new Set([secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)])];
}

/** Logs are in English: a word beyond ASCII is a person's, a short one in ASCII may be anybody's. */
function isTelling(text: string): boolean {
  return text.length >= 8 || (/[^\x00-\x7f]/.test(text) && text.length >= 3);
}

function hint(secret: string): string {
  return `"${secret.slice(0, 4)}…" (${secret.length} characters)`;
}

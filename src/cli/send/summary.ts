import type { Outbound } from "../../core/model/message.ts";
import { toNational } from "../../core/model/phone.ts";
import type { ExitCode } from "../io.ts";
import { lateVerdictOf, type Verdict } from "../verdict.ts";
import type { Letter } from "./letters.ts";

export interface Outcome {
  readonly message: Outbound;
  readonly verdict: Verdict;
}

export interface SummaryFacts {
  readonly letters: readonly Letter[];
  /** By id, where nothing changes it any more. */
  readonly settled: ReadonlyMap<string, Outcome>;
  /** How the others stood when nobody waited any longer. */
  readonly last: ReadonlyMap<string, Outbound>;
  readonly waitSeconds: number;
  /** Whether a running bridge goes on. */
  readonly isShared: boolean;
}

type Kind = "delivered" | "taken" | "scheduled" | "failed" | "uncertain" | "waiting";

/** In the order in which they are told; those with a heading are listed one by one. */
const kinds: readonly { readonly kind: Kind; readonly heading?: string }[] = [
  { kind: "delivered" },
  { kind: "taken" },
  { kind: "scheduled" },
  { kind: "failed", heading: "failed, certainly not sent:" },
  { kind: "uncertain", heading: "uncertain, do not repeat:" },
  { kind: "waiting", heading: "not settled in time:" },
];

/** What became of many SMS. Each line of a list can stand in a `--to-file`. */
export function renderSummary(facts: SummaryFacts): { code: ExitCode; lines: readonly string[] } {
  const { letters, settled } = facts;
  const told = letters.map((letter) => {
    const outcome = settled.get(letter.id);
    return outcome
      ? { letter, kind: kindOf(outcome), words: outcome.verdict.words }
      : { letter, kind: "waiting" as const, words: lateWords(letter, facts) };
  });
  const counts = kinds.flatMap(({ kind }) => {
    const count = told.filter((one) => one.kind === kind).length;
    return count === 0 ? [] : [`${count} ${kind}`];
  });
  const lists = kinds.flatMap(({ kind, heading }) => {
    const some = told.filter((one) => one.kind === kind);
    if (heading === undefined || some.length === 0) return [];
    return [heading, ...some.map(({ letter, words }) => `${writtenOf(letter)} # ${nameOf(letter)}${words}`)];
  });
  const has = (...wanted: Kind[]) => told.some(({ kind }) => wanted.includes(kind));
  const code = has("uncertain", "waiting") ? 3 : has("failed") ? 1 : 0;
  return { code, lines: [`${letters.length} SMS: ${counts.join(", ")}`, ...lists] };
}

function kindOf({ message, verdict }: Outcome): Kind {
  if (verdict.code === 1) return "failed";
  if (verdict.code !== 0) return "uncertain";
  if (message.state === "delivered") return "delivered";
  return verdict.words.startsWith("scheduled") ? "scheduled" : "taken";
}

function lateWords({ id }: Letter, { last, waitSeconds, isShared }: SummaryFacts): string {
  const message = last.get(id);
  if (message === undefined) return "not stored";
  const isWaiting = message.state === "queued" || message.state === "held";
  return isWaiting && !isShared ? "waits for another run" : lateVerdictOf(message, waitSeconds).words;
}

/** So that it can be read back: without its plus, a number from abroad is one at home, or none. */
export function writtenOf({ peer }: Pick<Letter, "peer">): string {
  return peer.startsWith("+98") ? toNational(peer) : peer;
}

function nameOf({ line }: Letter): string {
  return line === undefined ? "" : `line ${line}: `;
}

import { foldNumber, type Line } from "../../core/model/phone.ts";
import { createProvider, providerConfig } from "../../providers/index.ts";
import { telegramConfig } from "../../telegram/config.ts";
import type { Finding } from "../check/finding.ts";
import { type ProbeDeps, probe } from "../check/probes.ts";
import { type Row, renderTable } from "../check/table.ts";
import { checkTelegram } from "../check/telegram.ts";
import type { Section } from "./answers.ts";

/** What a test of some answers found. */
export interface Trial {
  readonly findings: readonly Finding[];
  /** Whether the answers can stand. An empty account is told, but no other answer would fill it. */
  readonly isGood: boolean;
  /** Whether it is the way there that fails, and not what was said at its end. */
  readonly isUnreached: boolean;
}

/** Asks Telegram who the bot is. */
export async function tryTelegram(telegram: Section): Promise<Trial> {
  const findings = await checkTelegram({ telegram: telegramConfig.parse(telegram), desks: {} }, {});
  const faults = findings.filter(({ kind }) => kind === "bad");
  return {
    findings,
    isGood: faults.length === 0,
    isUnreached: faults.some(({ text }) => text.includes("cannot be reached")),
  };
}

/** Logs in at the panel and looks at the line, if there is one already, without sending anything. */
export async function tryPanel(panel: Section, line: string | undefined, deps: ProbeDeps): Promise<Trial> {
  const settings = providerConfig.parse(panel);
  const provider = createProvider(settings.kind, settings, deps);
  const lines: Line[] = line === undefined ? [] : [foldNumber(line)];
  try {
    const rows = await probe(provider, lines, deps);
    const faults = rows.filter(({ kind, what }) => kind === "bad" && what !== "credit");
    return {
      findings: renderTable(rows),
      isGood: faults.length === 0,
      isUnreached: faults.some(isOfTheWay),
    };
  } finally {
    await provider.close();
  }
}

const ofTheWay = /^(unreachable|no-answer|interrupted|address-refused|bad-reply|busy)\b/;

function isOfTheWay({ finding }: Row): boolean {
  return ofTheWay.test(finding);
}

import { foldNumber, type Line } from "../../core/model/phone.ts";
import { createProvider, providerConfig } from "../../providers/index.ts";
import { telegramConfig } from "../../telegram/config.ts";
import type { FindingCode } from "../check/codes.ts";
import type { Finding } from "../check/finding.ts";
import { type ProbeDeps, probe } from "../check/probes.ts";
import { renderTable } from "../check/table.ts";
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

/** The way there fails with these, and not what was said at its end. */
const ofTheWay: ReadonlySet<FindingCode> = new Set([
  "telegram.unreachable",
  "provider.unreachable",
  "provider.no-answer",
  "provider.interrupted",
  "provider.address-refused",
  "provider.bad-reply",
  "provider.busy",
]);

/** Asks Telegram who the bot is. */
export async function tryTelegram(telegram: Section): Promise<Trial> {
  return trialOf(await checkTelegram({ telegram: telegramConfig.parse(telegram), desks: {} }, {}));
}

/** Logs in at the panel and looks at the line, if there is one already, without sending anything. */
export async function tryPanel(panel: Section, line: string | undefined, deps: ProbeDeps): Promise<Trial> {
  const settings = providerConfig.parse(panel);
  const provider = createProvider(settings.kind, settings, deps);
  const lines: Line[] = line === undefined ? [] : [foldNumber(line)];
  try {
    return trialOf(renderTable(await probe(provider, lines, deps)));
  } finally {
    await provider.close();
  }
}

function trialOf(findings: readonly Finding[]): Trial {
  const faults = findings.filter(({ kind, code }) => kind === "bad" && code !== "provider.no-credit");
  return { findings, isGood: faults.length === 0, isUnreached: faults.some(({ code }) => ofTheWay.has(code)) };
}

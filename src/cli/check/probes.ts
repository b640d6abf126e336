import { type Line, spellNumber } from "../../core/model/phone.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { Log } from "../../core/ports/log.ts";
import { type FailureCode, ProviderError } from "../../core/ports/provider-error.ts";
import type { Credit, CreditReading, SmsProvider, StatusFact } from "../../core/ports/sms-provider.ts";
import { sleep } from "../../support/sleep.ts";
import { codeOfFailure, type FindingCode } from "./codes.ts";
import { type Asked, oneFault } from "./one-fault.ts";
import { isAskedFailure } from "./panel-faults.ts";
import { type Row, row } from "./table.ts";

/** How long one question to a panel may take. */
const patienceMs = 15_000;
/** For a panel's adapter to say how far it came when its time was up. */
const lastWordMs = 500;

export interface ProbeDeps {
  readonly clock: Clock;
  readonly log: Log;
  /** Also reads what came in, which a panel may count as handing it over. */
  readonly readsInbox?: boolean;
  /** Default 15 s. */
  readonly patienceMs?: number;
}

/** What a panel tells of the account without sending anything. Never throws: each fault is a row, and what follows from it is none. */
export async function probe(provider: SmsProvider, lines: readonly Line[], deps: ProbeDeps): Promise<Row[]> {
  const { id, kind, credit, status } = provider;
  if (!credit && !status) {
    const finding = `a panel of kind ${kind} cannot be asked without sending`;
    return [row("provider.cannot-be-asked", { provider: id, what: "login" }, finding)];
  }
  const readInbox = deps.readsInbox ? status?.readInbox : undefined;
  const asked = await Promise.all([
    credit ? ask(id, "login", deps, (signal) => readCredit(id, credit, signal)) : [],
    status
      ? ask(id, "access", deps, async (signal) => {
          const facts = await status.read(lines, signal);
          // What reading it tells stands below.
          return factRows(id, readInbox ? facts.filter(({ aspect }) => aspect !== "inbox") : facts);
        })
      : [],
    readInbox ? ask(id, "inbox", deps, async (signal) => factRows(id, await readInbox(lines, signal))) : [],
  ]);
  return oneFault(asked.flat());
}

async function readCredit(provider: string, credit: CreditReading, signal: AbortSignal): Promise<Asked[]> {
  const credits = await credit.read(signal);
  const isEmpty = credits.length > 0 && credits.every(({ amount }) => amount <= 0);
  const finding = credits.map(renderCredit).join(", ") || "unknown";
  return [
    { row: row("provider.login", { provider, what: "login" }, "login works") },
    { row: row(isEmpty ? "provider.no-credit" : "provider.credit", { provider, what: "credit" }, finding) },
  ];
}

/** Where a fact tells of no failure. */
const factCodes: Readonly<Record<StatusFact["aspect"], Readonly<Record<StatusFact["outcome"], FindingCode>>>> = {
  access: { good: "provider.access", bad: "provider.account-closed", unknown: "provider.access-unknown" },
  line: { good: "line.usable", bad: "line.not-active", unknown: "line.unknown" },
  inbox: { good: "inbox.usable", bad: "inbox.unreadable", unknown: "inbox.unknown" },
  contract: { good: "contract.known", bad: "contract.unusable", unknown: "contract.differs" },
};

function factRows(provider: string, facts: readonly StatusFact[]): Asked[] {
  return facts.map(({ aspect, line, outcome, detail, advice, failure }) => {
    const isFault = outcome === "bad" && failure !== undefined && isAskedFailure(failure);
    const code = isFault ? codeOfFailure(failure) : factCodes[aspect][outcome];
    const spelled = line === undefined ? undefined : spellNumber(line);
    const about = { provider, what: spelled === undefined ? aspect : `${aspect} ${spelled}` };
    return {
      row: row(code, spelled === undefined ? about : { ...about, line: spelled }, detail, advice),
      ...(failure !== undefined && { failure }),
    };
  });
}

/** One question, with patience. */
async function ask(
  provider: string,
  what: string,
  deps: ProbeDeps,
  question: (signal: AbortSignal) => Promise<Asked[]>,
): Promise<Asked[]> {
  const { clock, log, patienceMs: forMs = patienceMs } = deps;
  const about = { provider, what };
  const silence = () => [failed(about, "no-answer", `no-answer within ${forMs / 1000} s`)];
  const patience = new AbortController();
  const answered = new AbortController();
  const stopTimer = clock.after(forMs, () => patience.abort());
  try {
    const late = sleep(clock, forMs + lastWordMs, answered.signal).then(() => "late" as const);
    // It ends with whichever is first; the other one may still fail.
    late.catch(() => undefined);
    const answer = question(patience.signal);
    answer.catch(() => undefined);
    const rows = await Promise.race([answer, late]);
    return rows === "late" ? silence() : rows;
  } catch (error) {
    if (patience.signal.aborted) return silence();
    log.warn({ err: error, provider, what }, "panel could not be checked");
    if (!(error instanceof ProviderError) || !isAskedFailure(error.code)) {
      return [{ row: row("provider.unexpected", about, "the question failed in an unexpected way") }];
    }
    return [failed(about, error.code, describe(error))];
  } finally {
    stopTimer();
    answered.abort();
  }
}

function failed(about: { provider: string; what: string }, failure: FailureCode, finding: string): Asked {
  const code = isAskedFailure(failure) ? codeOfFailure(failure) : "provider.unexpected";
  return { row: row(code, about, finding), failure };
}

function describe({ code, vendor, httpStatus }: ProviderError): string {
  if (code === "address-refused" && httpStatus === 403)
    return `${code}: a web page, HTTP 403, in place of the panel's answer`;
  return vendor === undefined ? code : `${code}, the panel says: ${vendor}`;
}

function renderCredit({ unit, amount }: Credit): string {
  return unit === "raw" ? String(amount) : `${amount} ${unit}`;
}

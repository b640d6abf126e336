import { type Line, spellNumber } from "../../core/model/phone.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { Log } from "../../core/ports/log.ts";
import { ProviderError } from "../../core/ports/provider-error.ts";
import type { Credit, CreditReading, SmsProvider, StatusFact } from "../../core/ports/sms-provider.ts";
import { sleep } from "../../support/sleep.ts";
import { adviceFor } from "./advice.ts";
import type { Finding } from "./finding.ts";
import type { Row } from "./table.ts";

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

const kinds: Readonly<Record<StatusFact["outcome"], Finding["kind"]>> = { good: "good", bad: "bad", unknown: "note" };

/** What a panel tells of the account without sending anything. Never throws: each fault is a row. */
export async function probe(provider: SmsProvider, lines: readonly Line[], deps: ProbeDeps): Promise<Row[]> {
  const { id, kind, credit, status } = provider;
  if (!credit && !status) {
    const finding = `a panel of kind ${kind} cannot be asked without sending`;
    return [{ kind: "note", provider: id, what: "login", finding }];
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
  return belowAccess(asked.flat());
}

/** A panel that also answers a credit to a wrong login says so where it is asked for access: that counts first. */
function belowAccess(rows: Row[]): Row[] {
  const access = rows.filter(({ what }) => what === "access");
  if (access.every(({ kind }) => kind === "good")) return rows;
  const told = rows.filter(({ what, kind }) => what !== "login" || kind !== "good");
  const isShut = access.some(({ kind }) => kind === "bad");
  return told.map((one) => (isShut && one.what === "credit" ? row("note", one.provider, one.what, one.finding) : one));
}

async function readCredit(provider: string, credit: CreditReading, signal: AbortSignal): Promise<Row[]> {
  const credits = await credit.read(signal);
  const isEmpty = credits.length > 0 && credits.every(({ amount }) => amount <= 0);
  const finding = credits.map(renderCredit).join(", ") || "unknown";
  return [
    { kind: "good", provider, what: "login", finding: "login works" },
    row(isEmpty ? "bad" : "good", provider, "credit", finding, isEmpty ? adviceFor("no-credit") : undefined),
  ];
}

function factRows(provider: string, facts: readonly StatusFact[]): Row[] {
  return facts.map(({ aspect, line, outcome, detail, advice }) =>
    row(
      kinds[outcome],
      provider,
      line === undefined ? aspect : `${aspect} ${spellNumber(line)}`,
      detail,
      advice ?? (outcome === "bad" ? usualAdvice[aspect] : undefined),
    ),
  );
}

/** Where what to do follows from the aspect. */
const usualAdvice: Readonly<Record<StatusFact["aspect"], string | undefined>> = {
  access: adviceFor("account-closed"),
  line: adviceFor("bad-line"),
  inbox: "ask the panel's support whether the web service may read incoming SMS",
  contract: "the panel speaks otherwise than we know it: open an issue with what stands here",
};

/** One question, with patience. */
async function ask(
  provider: string,
  what: string,
  deps: ProbeDeps,
  question: (signal: AbortSignal) => Promise<Row[]>,
): Promise<Row[]> {
  const { clock, log, patienceMs: forMs = patienceMs } = deps;
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
    return rows === "late" ? [silence(provider, what, forMs)] : rows;
  } catch (error) {
    if (patience.signal.aborted) return [silence(provider, what, forMs)];
    log.warn({ err: error, provider, what }, "panel could not be checked");
    if (!(error instanceof ProviderError))
      return [row("bad", provider, what, "the question failed in an unexpected way")];
    const vendor = error.vendor === undefined ? "" : `, the panel says: ${error.vendor}`;
    const kind = error.code === "unsupported" ? "note" : "bad";
    return [row(kind, provider, what, `${error.code}${vendor}`, adviceFor(error.code))];
  } finally {
    stopTimer();
    answered.abort();
  }
}

function silence(provider: string, what: string, forMs: number): Row {
  return row("bad", provider, what, `no-answer within ${forMs / 1000} s`, adviceFor("no-answer"));
}

function row(kind: Row["kind"], provider: string, what: string, finding: string, advice?: string): Row {
  return { kind, provider, what, finding, ...(advice === undefined ? {} : { advice }) };
}

function renderCredit({ unit, amount }: Credit): string {
  return unit === "raw" ? String(amount) : `${amount} ${unit}`;
}

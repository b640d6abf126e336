import { backoffMs } from "../../support/backoff.ts";
import type { Events, ProviderCall } from "../events.ts";
import { createLoop, type Loop } from "../loop.ts";
import type { DeskId, ProviderId } from "../model/ids.ts";
import type { Line } from "../model/phone.ts";
import type { ToldMemory } from "../notices/told.ts";
import { createAsk } from "../panels/ask.ts";
import type { Health, HealthArea } from "../panels/health.ts";
import type { Notice } from "../ports/desk.ts";
import { accessFaults, type FailureCode, ProviderError } from "../ports/provider-error.ts";
import type { Registry } from "../registry.ts";
import { createConfirming } from "./confirming.ts";
import { type AnswerDeps, type Outcome, openPollAnswers, type PollAnswers, type PolledInbox } from "./poll-answers.ts";
import type { Question } from "./poll-memory.ts";

/** Where something was new there may be more: some panels hand out a page at a time. */
const soonMs = 500;
const catchUpMs = 5 * 60_000;
const hourMs = 3_600_000;
/** Fewer SMS than this may well all be new within one interval, and none be hidden. */
const smallestWindow = 10;

const passing = { firstMs: 2000, maxMs: 60_000 };
const lasting = { firstMs: 30_000, maxMs: 5 * 60_000 };
/** The panel may have handed something over that never came here. */
const cutOff: ReadonlySet<FailureCode> = new Set(["no-answer", "bad-reply"]);
/** Whoever is asked another question now fails it, too. */
const gone: ReadonlySet<FailureCode> = new Set([...accessFaults, "unreachable", "rate-limited", "interrupted"]);

export interface PollDeps extends Omit<AnswerDeps, "signal"> {
  readonly registry: Registry;
  readonly health: Health;
  readonly events: Events;
  /** In [0, 1), for jitter. */
  readonly random: () => number;
  readonly told: Pick<ToldMemory, "isFirst">;
  readonly tell: (provider: ProviderId, notice: Notice) => unknown;
  readonly tellDesk: (desk: DeskId, notice: Notice) => Promise<boolean>;
}

/** Asks one inbox again and again, at its own pace: nothing that happens here delays another. */
export interface Poll {
  start(): void;
  /** Asks nothing more. What is being answered gets `graceMs`, for the panel may not hand it out again. */
  stop(graceMs: number): Promise<void>;
}

export function createPoll(polled: PolledInbox, deps: PollDeps): Poll {
  const { provider, inbox, lines } = polled;
  const { registry, clock, log, random, tell, tellDesk } = deps;
  const askPanel = createAsk(deps);
  const breakOff = new AbortController();
  const { signal } = breakOff;
  const confirming = createConfirming(polled, { call, signal });
  let answers: PollAnswers | undefined;
  let isStopping = false;
  let isTelling = false;
  /** Skipped SMS of which a desk was told. */
  let told: Readonly<Record<Line, number>> | undefined;
  let catchUpAt = 0;
  /** A process that died, or a pass that failed, may have been handed what it did not store: older than what is new, it comes first. */
  let mayHaveLost = false;
  let fetchFailures = 0;
  let catchUpFailures = 0;
  /** The window was exchanged between two polls; whether SMS are hidden behind it, the next answer tells. */
  let suspect: Outcome | undefined;

  async function pass(): Promise<number> {
    if (answers === undefined) {
      answers = await openPollAnswers(polled, { ...deps, signal });
      mayHaveLost = !answers.isFirstContact;
    }
    await forgetTold(answers);
    const resumed = await answers.resume();
    if (resumed) confirming.add("fetch", resumed.ids);
    const early = mayHaveLost ? await catchUp(answers) : undefined;
    mayHaveLost = early instanceof ProviderError && passes(early);
    if (early instanceof ProviderError && gone.has(early.code)) return pauseAfter(early);
    const asked = await ask("fetch", answers);
    const caughtUp = isCatchUpDue(asked) ? await catchUp(answers) : early;
    await confirming.run(() => isStopping);
    if (asked instanceof ProviderError) return pauseAfter(asked);
    fetchFailures = 0;
    const isNews = asked.isNews || (!(caughtUp instanceof ProviderError) && caughtUp?.isNews);
    if (isNews) return soonMs;
    tellSkipped(answers);
    return inbox.everySeconds * 1000 * (0.9 + random() / 5);
  }

  function isCatchUpDue(asked: Outcome | ProviderError): boolean {
    if (isStopping || (asked instanceof ProviderError && gone.has(asked.code))) return false;
    return clock.now() >= catchUpAt || (asked instanceof ProviderError && cutOff.has(asked.code));
  }

  /** One that fails is asked again by itself: what is new must not wait for it. */
  async function catchUp(into: PollAnswers): Promise<Outcome | ProviderError | undefined> {
    if (inbox.catchUp === undefined) return undefined;
    const outcome = await ask("catchUp", into);
    if (!(outcome instanceof ProviderError)) {
      catchUpFailures = 0;
      catchUpAt = clock.now() + catchUpMs * (0.9 + random() / 5);
      return outcome;
    }
    catchUpFailures += 1;
    catchUpAt = clock.now() + backoffMs(catchUpFailures, { ...pausesFor(outcome), random });
    return outcome;
  }

  function pauseAfter(error: ProviderError): number {
    fetchFailures += 1;
    catchUpAt = 0;
    const pause = backoffMs(fetchFailures, { ...pausesFor(error), random });
    return Math.max(pause, error.retryAfterMs ?? 0, inbox.everySeconds * 500);
  }

  /** Aside, for the desk may be away; and forgotten only once it was shown, by the next pass: twice is better than never. */
  function tellSkipped(of: PollAnswers): void {
    const skipped = of.skipped();
    const entries = Object.entries(skipped);
    if (entries.length === 0 || isTelling) return;
    isTelling = true;
    const notices = entries.map(([line, count]) =>
      tellDesk(registry.deskFor(provider, line), { kind: "skipped-backlog", line, count }),
    );
    void Promise.all(notices).then((shown) => {
      if (shown.every(Boolean)) told = skipped;
      else isTelling = false;
    });
  }

  async function forgetTold(of: PollAnswers): Promise<void> {
    if (told === undefined) return;
    await of.forgetSkipped(told);
    told = undefined;
    isTelling = false;
  }

  async function ask(question: Question, into: PollAnswers): Promise<Outcome | ProviderError> {
    const area = `inbox ${question} ${lines.join()}` as const;
    const answer = await call("poll", () => inbox[question]?.(lines, signal) ?? Promise.resolve(""), area);
    if (answer instanceof ProviderError) return answer;
    const outcome = await into.take(question, answer);
    confirming.add(question, outcome.ids);
    if (question === "fetch") await watchForGaps(outcome);
    return outcome;
  }

  /** A panel that only lists its last few SMS may have had more of them since the last look. */
  async function watchForGaps(outcome: Outcome): Promise<void> {
    if (suspect !== undefined && !outcome.isNews && outcome.size === suspect.size) {
      log.warn({ provider, size: outcome.size }, "panel lists no more than this, and all of it was new");
      if (await deps.told.isFirst(`hidden-sms/${provider}/${lines.join()}`, hourMs)) {
        tell(provider, { kind: "hidden-sms", provider, count: outcome.size });
      }
    }
    suspect = outcome.isReplaced && outcome.size >= smallestWindow ? outcome : undefined;
  }

  async function call<T>(name: ProviderCall, run: () => Promise<T>, area?: HealthArea): Promise<T | ProviderError> {
    const answer = await askPanel({ provider, call: name, signal, ...(area ? { area } : {}) }, run);
    if (answer instanceof ProviderError && !signal.aborted) {
      log.warn({ provider, call: name, code: answer.code }, "inbox could not be asked");
    }
    return answer;
  }

  const loop: Loop = createLoop({
    clock,
    pass,
    onError(error) {
      catchUpAt = 0;
      mayHaveLost = true;
      log.error({ err: error, provider }, "poll failed");
    },
  });
  return {
    start: () => loop.start(),
    async stop(graceMs) {
      isStopping = true;
      if (graceMs <= 0) breakOff.abort();
      const stopTimer = clock.after(graceMs, () => breakOff.abort());
      await loop.stop();
      stopTimer();
    },
  };
}

/** Not the fault of the one question: the other would fail, too, and later both work. */
function passes({ code }: ProviderError): boolean {
  return gone.has(code) && !accessFaults.has(code);
}

function pausesFor({ code }: ProviderError): { readonly firstMs: number; readonly maxMs: number } {
  return accessFaults.has(code) ? lasting : passing;
}

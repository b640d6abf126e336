import { backoffMs } from "../support/backoff.ts";
import { createAsk } from "./ask.ts";
import type { Events, ProviderCall } from "./events.ts";
import type { Health, HealthArea } from "./health.ts";
import { createLoop, type Loop } from "./loop.ts";
import type { DeskId, ProviderId } from "./model/ids.ts";
import { type AnswerDeps, type Outcome, openPollAnswers, type PollAnswers, type PolledInbox } from "./poll-answers.ts";
import type { Question } from "./poll-memory.ts";
import type { Notice } from "./ports/desk.ts";
import { type FailureCode, ProviderError } from "./ports/provider-error.ts";
import type { Registry } from "./registry.ts";

/** Where something was new there may be more: some panels hand out a page at a time. */
const soonMs = 500;
const catchUpMs = 5 * 60_000;
const hourMs = 3_600_000;
/** Fewer SMS than this may well all be new within one interval, and none be hidden. */
const smallestWindow = 10;
const idsPerCall = 100;

const passing = { firstMs: 2000, maxMs: 60_000 };
const lasting = { firstMs: 30_000, maxMs: 5 * 60_000 };
/** No waiting mends these, and asking often may lock the account. */
const accountFaults: ReadonlySet<FailureCode> = new Set(["bad-credentials", "address-refused", "account-closed"]);
/** The panel may have handed something over that never came here. */
const cutOff: ReadonlySet<FailureCode> = new Set(["no-answer", "bad-reply"]);

export interface PollDeps extends AnswerDeps {
  readonly registry: Registry;
  readonly health: Health;
  readonly events: Events;
  /** In [0, 1), for jitter. */
  readonly random: () => number;
  readonly tell: (provider: ProviderId, notice: Notice) => void;
  readonly tellDesk: (desk: DeskId, notice: Notice) => void;
}

/** Asks one inbox again and again, at its own pace: nothing that happens here delays another. */
export interface Poll {
  start(): void;
  /** Breaks off a question under way. What it had brought is asked for again at the next start. */
  stop(): Promise<void>;
}

export function createPoll(polled: PolledInbox, deps: PollDeps): Poll {
  const { provider, inbox, lines } = polled;
  const { registry, clock, log, random, tell, tellDesk } = deps;
  const askPanel = createAsk(deps);
  const breakOff = new AbortController();
  const unconfirmed = new Set<string>();
  let answers: PollAnswers | undefined;
  let catchUpAt = 0;
  let fetchFailures = 0;
  let catchUpFailures = 0;
  let canConfirm = inbox.confirm !== undefined;
  /** The window was exchanged between two polls; whether SMS are hidden behind it, the next answer tells. */
  let suspect: Outcome | undefined;
  let gapToldAt = Number.NEGATIVE_INFINITY;

  async function pass(): Promise<number> {
    answers ??= await openPollAnswers(polled, deps);
    await answers.resume();
    const asked = await ask("fetch", answers);
    const isLost = asked instanceof ProviderError && cutOff.has(asked.code);
    const caughtUp = isLost || clock.now() >= catchUpAt ? await catchUp(answers) : undefined;
    await confirm();
    if (asked instanceof ProviderError) return pauseAfter(asked);
    fetchFailures = 0;
    if (asked.isNews || caughtUp?.isNews) return soonMs;
    for (const [line, count] of Object.entries(await answers.takeSkipped())) {
      tellDesk(registry.deskFor(provider, line), { kind: "skipped-backlog", line, count });
    }
    return inbox.everySeconds * 1000 * (0.9 + random() / 5);
  }

  /** One that fails is asked again by itself: what is new must not wait for it. */
  async function catchUp(into: PollAnswers): Promise<Outcome | undefined> {
    if (inbox.catchUp === undefined) return undefined;
    const outcome = await ask("catchUp", into);
    const isFailed = outcome instanceof ProviderError;
    catchUpFailures = isFailed ? catchUpFailures + 1 : 0;
    const pause = isFailed ? backoffMs(catchUpFailures, { ...passing, random }) : catchUpMs * (0.9 + random() / 5);
    catchUpAt = clock.now() + pause;
    return isFailed ? undefined : outcome;
  }

  function pauseAfter({ code, retryAfterMs = 0 }: ProviderError): number {
    fetchFailures += 1;
    catchUpAt = 0;
    const pause = backoffMs(fetchFailures, { ...(accountFaults.has(code) ? lasting : passing), random });
    return Math.max(pause, retryAfterMs, inbox.everySeconds * 500);
  }

  async function ask(question: Question, into: PollAnswers): Promise<Outcome | ProviderError> {
    const area = question === "fetch" ? "inbox" : "catch-up";
    const answer = await call("poll", area, () => inbox[question]?.(lines, breakOff.signal) ?? Promise.resolve(""));
    if (answer instanceof ProviderError) return answer;
    const outcome = await into.take(question, answer);
    for (const id of outcome.ids) unconfirmed.add(id);
    if (question === "fetch") watchForGaps(outcome);
    return outcome;
  }

  /** A panel that only lists its last few SMS may have had more of them since the last look. */
  function watchForGaps(outcome: Outcome): void {
    if (suspect !== undefined && !outcome.isNews && outcome.size === suspect.size) {
      log.warn({ provider, size: outcome.size }, "panel lists no more than this, and all of it was new");
      if (clock.now() - gapToldAt >= hourMs) {
        gapToldAt = clock.now();
        tell(provider, { kind: "hidden-sms", provider, count: outcome.size });
      }
    }
    suspect = outcome.isReplaced && outcome.size >= smallestWindow ? outcome : undefined;
  }

  /** What it costs that a panel is not told: it lists the SMS once more, and they are known. */
  async function confirm(): Promise<void> {
    while (canConfirm && unconfirmed.size > 0 && !breakOff.signal.aborted) {
      const ids = [...unconfirmed].slice(0, idsPerCall);
      const told = await call(
        "confirm",
        "service",
        () => inbox.confirm?.(ids, lines, breakOff.signal) ?? Promise.resolve(),
      );
      if (told instanceof ProviderError) {
        if (told.code === "unsupported") canConfirm = false;
        return;
      }
      for (const id of ids) unconfirmed.delete(id);
    }
  }

  async function call<T>(name: ProviderCall, area: HealthArea, run: () => Promise<T>): Promise<T | ProviderError> {
    const answer = await askPanel({ provider, call: name, area, signal: breakOff.signal }, run);
    if (answer instanceof ProviderError && !breakOff.signal.aborted) {
      log.warn({ provider, call: name, code: answer.code }, "inbox could not be asked");
    }
    return answer;
  }

  const loop: Loop = createLoop({
    clock,
    pass,
    onError(error) {
      catchUpAt = 0;
      log.error({ err: error, provider }, "poll failed");
    },
  });
  return {
    start: () => loop.start(),
    async stop() {
      breakOff.abort();
      await loop.stop();
    },
  };
}

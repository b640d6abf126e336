import type { Config } from "../../config/resolve.ts";
import { hashKey } from "../../core/model/ids.ts";
import type { Outbound } from "../../core/model/message.ts";
import { threadOf } from "../../core/model/thread.ts";
import { sleep } from "../../support/sleep.ts";
import { slices } from "../../support/slices.ts";
import type { UsageError } from "../arguments.ts";
import { describeFailure } from "../failures.ts";
import type { ExitCode } from "../io.ts";
import { type Outlet, type OutletDeps, openOutlet } from "../outlet.ts";
import { watchSignals } from "../signals.ts";
import { keyIsTaken, type VerdictFacts, verdictOf } from "../verdict.ts";
import type { Letter } from "./letters.ts";
import { usualWaitOf } from "./pace.ts";
import { createProgress } from "./progress.ts";
import { type Outcome, renderSummary, writtenOf } from "./summary.ts";

/** So many at once share their commits, and nothing else waits for long. */
const atOnce = 500;
const shortestPauseMs = 100;

export interface ManyWish {
  readonly letters: readonly Letter[];
  readonly notes: readonly string[];
  readonly line: string;
  readonly desk: string;
  readonly sendAt?: number;
  readonly key: string;
  /** The key was made here, so nobody knows it yet. */
  readonly isKeyOurs: boolean;
  /** Why nothing new may be sent, where the time that was asked for is over. */
  readonly refusal: UsageError | undefined;
  /** `undefined`: as long as so many take. */
  readonly waitSeconds: number | undefined;
  readonly wantsDelivered: boolean;
}

export interface ManyDeps extends OutletDeps {
  readonly say: { out(words: string): void; err(words: string): void };
}

/** Commits those of many SMS that are not there under the key yet, watches what becomes of each, and tells it in one summary. */
export async function sendMany(config: Config, wish: ManyWish, deps: ManyDeps): Promise<ExitCode> {
  const { log, say } = deps;
  for (const note of wish.notes) say.err(note);
  if (wish.isKeyOurs) say.err(`if this is interrupted, run it again with --key ${wish.key}: nobody gets it twice`);
  const signals = watchSignals();
  let outlet: Outlet | undefined;
  let hasBegun = false;
  try {
    const ids = new Set(wish.letters.map(({ id }) => id));
    outlet = await openOutlet(config, (id) => ids.has(id), deps);
    const known = await findAll(outlet, wish.letters);
    const conflicts = await conflictsOf(outlet, wish, known);
    if (conflicts.length > 0) {
      for (const words of conflicts) say.out(words);
      return keyIsTaken.code;
    }
    const fresh = wish.letters.filter(({ id }) => !known.has(id));
    if (wish.refusal && fresh.length > 0) throw wish.refusal;
    hasBegun = true;
    await outlet.start();
    return await sendAndWatch(outlet, wish, { fresh, interrupted: signals.first }, deps);
  } catch (error) {
    if (error === wish.refusal) throw error;
    log.error({ err: error }, "sms not followed");
    const words = describeFailure(error);
    say.out(hasBegun ? `uncertain: some may be sent (${words})` : `failed: certainly not sent (${words})`);
    if (hasBegun) say.err(`run it again with --key ${wish.key} to learn of each: nobody gets it twice`);
    return hasBegun ? 3 : 1;
  } finally {
    signals.stop();
    await outlet?.close().catch((error) => log.error({ err: error }, "store not closed"));
  }
}

async function sendAndWatch(
  outlet: Outlet,
  wish: ManyWish,
  { fresh, interrupted }: { fresh: readonly Letter[]; interrupted: Promise<void> },
  deps: ManyDeps,
): Promise<ExitCode> {
  const { clock, say } = deps;
  const { letters, line, wantsDelivered } = wish;
  const breakOff = new AbortController();
  void interrupted.then(() => breakOff.abort());
  const progress = createProgress({ clock, say: say.err, of: letters.length });

  let accepted = letters.length - fresh.length;
  for (const some of slices(fresh, atOnce)) {
    if (breakOff.signal.aborted) break;
    await acceptAll(outlet, wish, some);
    accepted += some.length;
    progress.accepted(accepted);
  }

  const waitSeconds = wish.waitSeconds ?? usualWaitOf(outlet.providerOf(line), letters);
  const until = clock.now() + 1000 * waitSeconds;
  const settled = new Map<string, Outcome>();
  const facts = (): VerdictFacts => ({ isShared: outlet.isShared, wantsDelivered, now: clock.now() });
  const unsettled = () => letters.filter(({ id }) => !settled.has(id));
  async function look(): Promise<void> {
    for (const [id, message] of await findAll(outlet, unsettled())) {
      const verdict = verdictOf(message, facts());
      if (verdict) settled.set(id, { message, verdict });
    }
    progress.settled(settled.size);
  }

  for (;;) {
    const begun = clock.now();
    await look();
    if (settled.size === letters.length || clock.now() >= until || breakOff.signal.aborted) break;
    const pauseMs = Math.max(shortestPauseMs, clock.now() - begun);
    await sleep(clock, Math.min(pauseMs, Math.max(0, until - clock.now())), breakOff.signal).catch(() => undefined);
  }
  if (settled.size < letters.length && !outlet.isShared) {
    // Whoever interrupts it goes on with it later; whoever has waited long enough wants to be certain.
    if (!breakOff.signal.aborted) await takeBack(outlet, unsettled());
    await outlet.stop();
    await look();
  }
  const last = await findAll(outlet, unsettled());
  const { code, lines } = renderSummary({ letters, settled, last, waitSeconds, isShared: outlet.isShared });
  for (const words of lines) say.out(words);
  if (settled.size < letters.length)
    say.err(`run it again with --key ${wish.key} to go on with it: nobody gets it twice`);
  return code;
}

async function acceptAll({ outbound }: Outlet, wish: ManyWish, letters: readonly Letter[]): Promise<void> {
  const { line, desk, sendAt } = wish;
  const drafts = letters.map(({ id, peer, text }) => ({
    ...{ id, text, line, lane: "bulk" as const, thread: threadOf(desk, peer) },
    ...(sendAt === undefined ? {} : { sendAt }),
  }));
  await Promise.all(drafts.map((draft) => outbound.accept(draft)));
}

async function takeBack(outlet: Outlet, letters: readonly Letter[]): Promise<void> {
  const messages = await findAll(outlet, letters);
  for (const some of slices([...messages.values()], atOnce)) await Promise.all(some.map((one) => outlet.takeBack(one)));
}

/** What a person has to know before anything is sent: under the key there is something else. */
async function conflictsOf(
  outlet: Outlet,
  { letters, key }: ManyWish,
  known: ReadonlyMap<string, Outbound>,
): Promise<readonly string[]> {
  const { words } = keyIsTaken;
  if (await outlet.outbound.find(hashKey("chapar send", key))) return [words];
  const others = letters.filter(({ id, text }) => {
    const message = known.get(id);
    return message !== undefined && message.text !== text && !message.swept;
  });
  if (others.length === 0) return [];
  const named = others.map(
    (letter) => `${writtenOf(letter)}${letter.line === undefined ? "" : ` # line ${letter.line}`}`,
  );
  return [`${words}; with another text under it:`, ...named];
}

async function findAll({ outbound }: Outlet, letters: readonly Letter[]): Promise<Map<string, Outbound>> {
  const found = new Map<string, Outbound>();
  for (const some of slices(letters, atOnce)) {
    for (const message of await Promise.all(some.map(({ id }) => outbound.find(id)))) {
      if (message) found.set(message.id, message);
    }
  }
  return found;
}

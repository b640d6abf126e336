import { randomUUID } from "node:crypto";
import type { Config } from "../config/resolve.ts";
import type { Draft } from "../core/bridge.ts";
import { hashKey } from "../core/model/ids.ts";
import type { Outbound } from "../core/model/message.ts";
import { foldNumber, isTelephone } from "../core/model/phone.ts";
import { cleanText } from "../core/model/text.ts";
import { partsOfThread, threadOf } from "../core/model/thread.ts";
import type { Clock } from "../core/ports/clock.ts";
import { createRedactor } from "../support/redact.ts";
import { sleep } from "../support/sleep.ts";
import { createSystemClock } from "../support/system-clock.ts";
import { readArguments, readNumber, UsageError } from "./arguments.ts";
import { describeFailure } from "./failures.ts";
import type { ExitCode, Io } from "./io.ts";
import { requireLine } from "./lines.ts";
import { loadOrTell } from "./load-config.ts";
import { overAlready, readMoment } from "./moment.ts";
import { commonOptions, createCommandLog, readLogLevel } from "./options.ts";
import { type Outlet, type OutletDeps, openOutlet } from "./outlet.ts";
import { lateVerdictOf, type Verdict, type VerdictFacts, verdictOf } from "./verdict.ts";

const lookMs = 100;
const longestWaitSeconds = 86_400;
const mostDaysAhead = 30;

const options = {
  ...commonOptions,
  line: { type: "string" },
  to: { type: "string" },
  key: { type: "string" },
  at: { type: "string" },
  wait: { type: "string", default: "60" },
  delivered: { type: "boolean", default: false },
} as const;

interface Wish {
  readonly draft: Draft;
  /** Why nothing new may be sent, where the time that was asked for is over. */
  readonly refusal: UsageError | undefined;
  readonly waitSeconds: number;
  readonly wantsDelivered: boolean;
}

/** `chapar send`: one SMS, through the running bridge's store, or by itself when none runs. */
export async function send(argv: readonly string[], io: Io): Promise<ExitCode> {
  const { values, positionals } = readArguments(argv, options);
  const level = readLogLevel(values["log-level"], "silent");
  const clock = createSystemClock();
  const sms = readSms(values, positionals);
  const at = readAt(values, clock);
  const refusal =
    values.at !== undefined && at !== undefined && at <= clock.now() ? overAlready("at", values.at) : undefined;
  // Only under a key there may be one from before.
  if (refusal && sms.key === undefined) throw refusal;
  const waitSeconds = readNumber("wait", values.wait, { min: 0, max: longestWaitSeconds });
  const loaded = await loadOrTell(values.config, io);
  if (!loaded) return 2;
  const wish: Wish = { draft: toDraft(loaded.config, sms, at), refusal, waitSeconds, wantsDelivered: values.delivered };

  const redactor = createRedactor(loaded.secrets);
  const log = createCommandLog(io, redactor, level);
  const { code, words } = await sendThroughStore(loaded.config, wish, { clock, log, random: Math.random });
  io.out(redactor.text(words));
  return code;
}

/**
 * Commits the SMS, unless one is there under its key, and watches what becomes of it. Throws `wish.refusal` alone: whatever fails has a
 * certainty, and that is the verdict.
 */
async function sendThroughStore(config: Config, wish: Wish, deps: OutletDeps): Promise<Verdict> {
  let outlet: Outlet | undefined;
  let isAccepted = false;
  try {
    outlet = await openOutlet(config, (id) => id === wish.draft.id, deps);
    // From here on nobody knows whether it was committed when this fails.
    isAccepted = true;
    const message = await findOrAccept(outlet, wish);
    if (message.peer !== partsOfThread(wish.draft.thread).peer || message.text !== wish.draft.text) {
      return { code: 2, words: "nothing was sent: this --key belongs to another SMS; take a new one" };
    }
    const verdict = await watch(outlet, message, wish, deps.clock);
    return verdict ?? (await giveUp(outlet, wish, deps.clock));
  } catch (error) {
    if (error === wish.refusal) throw error;
    deps.log.error({ err: error }, "sms not followed");
    const words = describeFailure(error);
    return isAccepted
      ? { code: 3, words: `uncertain: it may be sent, do not repeat (${words})` }
      : { code: 1, words: `failed: certainly not sent (${words})` };
  } finally {
    await outlet?.close().catch((error) => deps.log.error({ err: error }, "store not closed"));
  }
}

/** What is there under the key is told of, whatever time is asked for now. */
async function findOrAccept({ outbound }: Outlet, { draft, refusal }: Wish): Promise<Outbound> {
  const known = await outbound.find(draft.id);
  if (known) return known;
  if (refusal) throw refusal;
  return (await outbound.accept(draft)).message;
}

async function watch(outlet: Outlet, first: Outbound, wish: Wish, clock: Clock): Promise<Verdict | undefined> {
  const until = clock.now() + 1000 * wish.waitSeconds;
  let message = first;
  for (;;) {
    const verdict = verdictOf(message, factsOf(outlet, wish, clock));
    const leftMs = until - clock.now();
    if (verdict || leftMs <= 0) return verdict;
    await sleep(clock, Math.min(lookMs, leftMs));
    message = (await outlet.outbound.find(wish.draft.id)) ?? message;
  }
}

/** The time is up. What no running bridge goes on with is taken back, so that it is certain; but not what is for later. */
async function giveUp(outlet: Outlet, wish: Wish, clock: Clock): Promise<Verdict> {
  const { id } = wish.draft;
  const message = await outlet.outbound.find(id);
  if (!message) return { code: 3, words: "uncertain: its record is gone, do not repeat" };
  const settled = verdictOf(message, factsOf(outlet, wish, clock));
  if (settled) return settled;
  if (outlet.isShared) return lateVerdictOf(message, wish.waitSeconds);
  const change = await outlet.outbound.cancel(id, message.attempt, { id: "send", name: "chapar send" });
  if (change.outcome === "done") {
    const why = message.failure ? ` (${message.failure.code})` : "";
    return { code: 1, words: `failed: certainly not sent within ${wish.waitSeconds} s, and taken back${why}` };
  }
  await outlet.close();
  const last = change.message ?? message;
  return verdictOf(last, factsOf(outlet, wish, clock)) ?? lateVerdictOf(last, wish.waitSeconds);
}

function factsOf({ isShared }: Outlet, { wantsDelivered }: Wish, clock: Clock): VerdictFacts {
  return { isShared, wantsDelivered, now: clock.now() };
}

interface WrittenSms {
  readonly line: string;
  readonly peer: string;
  readonly text: string;
  readonly key: string | undefined;
}

/** What can be said of the arguments without the configuration. */
function readSms(
  values: { readonly line?: string | undefined; readonly to?: string | undefined; readonly key?: string | undefined },
  positionals: readonly string[],
): WrittenSms {
  const { line, to, key } = values;
  const text = cleanText(positionals[0] ?? "");
  if (line === undefined || to === undefined || text.trim() === "") {
    const missing = [
      ...(line === undefined ? ["--line (which of your lines it leaves from)"] : []),
      ...(to === undefined ? ["--to (the number that gets it)"] : []),
      ...(text.trim() === "" ? ["the text"] : []),
    ];
    throw new UsageError(`missing: ${missing.join(", ")}`);
  }
  if (key === "") throw new UsageError("--key is empty");
  if (positionals.length > 1) throw new UsageError("put the text in quotes: it must be one word of the command line");
  const peer = foldNumber(to);
  if (!isTelephone(peer)) throw new UsageError("--to is not a telephone number");
  return { line: foldNumber(line), peer, text, key };
}

/** Not before this moment, which may be over. Its delivery is no affair of a command that ends long before. */
function readAt(values: { readonly at?: string | undefined; readonly delivered: boolean }, clock: Clock) {
  if (values.at === undefined) return undefined;
  if (values.delivered) throw new UsageError("--delivered cannot be waited for together with --at");
  return readMoment("at", values.at, { now: clock.now(), mostDays: mostDaysAhead });
}

function toDraft(config: Config, { line, peer, text, key }: WrittenSms, sendAt: number | undefined): Draft {
  const settings = requireLine(config, line);
  const id = hashKey("chapar send", key ?? randomUUID());
  const draft: Draft = { id, thread: threadOf(settings.desk, peer), text, line, lane: "automatic" };
  return sendAt === undefined ? draft : { ...draft, sendAt };
}

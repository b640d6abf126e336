import { randomUUID } from "node:crypto";
import { hashKey } from "../core/model/ids.ts";
import { foldNumber } from "../core/model/phone.ts";
import { cleanText } from "../core/model/text.ts";
import { threadOf } from "../core/model/thread.ts";
import type { Clock } from "../core/ports/clock.ts";
import { createRedactor } from "../support/redact.ts";
import { createSystemClock } from "../support/system-clock.ts";
import { readArguments, readNumber, UsageError } from "./arguments.ts";
import type { ExitCode, Io } from "./io.ts";
import { requireLine } from "./lines.ts";
import { loadOrTell } from "./load-config.ts";
import { overAlready, readMoment } from "./moment.ts";
import { commonOptions, createCommandLog, readLogLevel } from "./options.ts";
import { ListError, letterId, readLetters } from "./send/letters.ts";
import { readPeer } from "./send/lists.ts";
import { sendMany } from "./send/many.ts";
import { sendOne } from "./send/one.ts";

const usualWaitSeconds = 60;
const longestWaitSeconds = 86_400;
const mostDaysAhead = 30;

const options = {
  ...commonOptions,
  line: { type: "string" },
  to: { type: "string", multiple: true },
  "to-file": { type: "string" },
  each: { type: "string" },
  key: { type: "string" },
  at: { type: "string" },
  wait: { type: "string" },
  delivered: { type: "boolean", default: false },
} as const;

type Values = ReturnType<typeof readArguments<typeof options>>["values"];

/** `chapar send`: an SMS, or many, through the running bridge's store, or by itself when none runs. */
export async function send(argv: readonly string[], io: Io): Promise<ExitCode> {
  const { values, positionals } = readArguments(argv, options);
  const level = readLogLevel(values["log-level"], "silent");
  const clock = createSystemClock();
  const { to, isMany, line, text } = readWanted(values, positionals);
  const at = readAt(values, clock);
  const refusal = refusalOf(values, at, clock);
  const waitSeconds =
    values.wait === undefined ? undefined : readNumber("wait", values.wait, { min: 0, max: longestWaitSeconds });
  const key = values.key ?? randomUUID();
  const [only = ""] = to;
  const peer = isMany ? "" : requirePeer(only);
  const list = { to, toFile: values["to-file"], each: values.each, text };
  const lettersOf = isMany ? await readLetters(list, key, io).catch(tellList(io)) : undefined;
  if (lettersOf === "told") return 2;
  const loaded = await loadOrTell(values.config, io);
  if (!loaded) return 2;

  const { config, secrets } = loaded;
  const { desk } = requireLine(config, line);
  const redactor = createRedactor(secrets);
  const deps = { clock, log: createCommandLog(io, redactor, level), random: Math.random };
  const common = { refusal, wantsDelivered: values.delivered };
  const sent = { line, ...(at === undefined ? {} : { sendAt: at }) };
  if (lettersOf) {
    const say = { out: (words: string) => io.out(redactor.text(words)), err: io.err };
    const wish = { ...common, ...sent, ...lettersOf, desk, key, isKeyOurs: values.key === undefined, waitSeconds };
    return sendMany(config, wish, { ...deps, say });
  }
  const id = hashKey("chapar send", key);
  const wish = {
    ...common,
    draft: { ...sent, id, thread: threadOf(desk, peer), text, lane: "automatic" as const },
    idAmongMany: values.key === undefined ? undefined : letterId(key, peer),
    waitSeconds: waitSeconds ?? usualWaitSeconds,
  };
  const { code, words } = await sendOne(config, wish, deps);
  io.out(redactor.text(words));
  return code;
}

/** What can be said of the arguments without the configuration, and without a file. */
function readWanted(values: Values, positionals: readonly string[]) {
  const { line, to = [], key, each } = values;
  const text = cleanText(positionals[0] ?? "");
  const namesNobody = to.length === 0 && values["to-file"] === undefined && each === undefined;
  const missing = [
    ...(line === undefined ? ["--line (which of your lines it leaves from)"] : []),
    ...(namesNobody ? ["--to (the number that gets it; or --to-file or --each for many)"] : []),
    ...(each === undefined && text.trim() === "" ? ["the text"] : []),
  ];
  if (line === undefined || missing.length > 0) throw new UsageError(`missing: ${missing.join(", ")}`);
  if (key === "") throw new UsageError("--key is empty");
  if (each !== undefined && (to.length > 0 || values["to-file"] !== undefined || positionals.length > 0)) {
    throw new UsageError("--each names receivers and texts itself: it stands alone");
  }
  if (positionals.length > 1) throw new UsageError("put the text in quotes: it must be one word of the command line");
  const isMany = each !== undefined || values["to-file"] !== undefined || to.length > 1 || /[,،]/.test(to[0] ?? "");
  return { to, isMany, line: foldNumber(line), text };
}

function requirePeer(written: string): string {
  const peer = readPeer(written);
  if (peer === undefined) throw new UsageError("--to is not a telephone number");
  return peer;
}

/** Not before this moment, which may be over. Its delivery is no affair of a command that ends long before. */
function readAt({ at, delivered }: Values, clock: Clock): number | undefined {
  if (at === undefined) return undefined;
  if (delivered) throw new UsageError("--delivered cannot be waited for together with --at");
  return readMoment("at", at, { now: clock.now(), mostDays: mostDaysAhead });
}

/** Only under a key there may be one from before whose time is over. */
function refusalOf({ at, key }: Values, moment: number | undefined, clock: Clock): UsageError | undefined {
  if (at === undefined || moment === undefined || moment > clock.now()) return undefined;
  const refusal = overAlready("at", at);
  if (key === undefined) throw refusal;
  return refusal;
}

function tellList(io: Io) {
  return (error: unknown): "told" => {
    if (!(error instanceof ListError)) throw error;
    io.err(`${error.message}\nnothing was sent`);
    return "told";
  };
}

import { join } from "node:path";
import { ConfigError, renderProblem } from "../config/problem.ts";
import { secretsOf } from "../config/secrets.ts";
import { createRedactor } from "../support/redact.ts";
import { createSystemClock } from "../support/system-clock.ts";
import { readArguments, takeNoMore, UsageError } from "./arguments.ts";
import { type Finding, renderFinding } from "./check/finding.ts";
import type { ProbeDeps } from "./check/probes.ts";
import { checkStore } from "./check/store.ts";
import { visible } from "./check/visible.ts";
import { type Answers, readAnswers } from "./init/answers.ts";
import { FileError } from "./init/files.ts";
import { askAll } from "./init/questions.ts";
import { renderSteps } from "./init/steps.ts";
import { Cancelled, createTerminal } from "./init/terminal.ts";
import { type Trial, tryPanel, tryTelegram } from "./init/trials.ts";
import { createDraft, type Draft, readBefore } from "./init/write.ts";
import type { ExitCode, Io } from "./io.ts";
import { createCommandLog } from "./options.ts";

const options = {
  answers: { type: "string" },
  dir: { type: "string" },
  config: { type: "string" },
  force: { type: "boolean", default: false },
  anyway: { type: "boolean", default: false },
} as const;

interface Call {
  readonly io: Io;
  readonly file: string;
  readonly probes: ProbeDeps;
  /** Overwrite without asking. */
  readonly force: boolean;
  /** Write although a test failed. */
  readonly anyway: boolean;
}

/** `chapar init`: from a few answers, each tested at once, to a configuration that works. Sends no SMS, writes into no chat. */
export async function init(argv: readonly string[], io: Io): Promise<ExitCode> {
  const { values, positionals } = readArguments(argv, options);
  takeNoMore(positionals);
  const { answers, dir, config, force, anyway } = values;
  if (dir !== undefined && config !== undefined) throw new UsageError("--dir and --config say the same: give one");
  if (answers === undefined && !(io.isTerminal && io.isInputTerminal)) {
    throw new UsageError("there is no terminal to ask on: give --answers FILE, as docs/commands.md shows it");
  }
  const call: Call = {
    io,
    file: dir === undefined ? (config ?? "config.json") : join(dir, "config.json"),
    // What it would say is said on the terminal, and the secrets to hide are not known beforehand.
    probes: { clock: createSystemClock(), log: createCommandLog(io, createRedactor([]), "silent") },
    force,
    anyway,
  };
  try {
    return answers === undefined ? await initByAsking(call) : await initFrom(answers, call);
  } catch (error) {
    if (error instanceof ConfigError) {
      for (const problem of error.problems) io.err(renderProblem(problem));
      io.err("chapar: nothing was written");
      return 2;
    }
    if (error instanceof FileError) io.err(error.message);
    else if (error instanceof Cancelled) io.err("chapar: stopped, nothing was written");
    else throw error;
    return 1;
  }
}

async function initFrom(answersFile: string, call: Call): Promise<ExitCode> {
  const { io, file, probes } = call;
  const answers = await readAnswers(answersFile, io.env, io.input);
  const draft = createDraft(answers, await readBefore(file), io.env);
  if (draft.replaced.length > 0 && !call.force) {
    for (const what of draft.replaced) io.err(`${what}: is there already`);
    io.err("chapar: nothing was written — give --force to replace it, or --dir for another folder");
    return 2;
  }
  const trials = await Promise.all([tryTelegram(answers.telegram), tryPanel(answers.panel, answers.line, probes)]);
  for (const finding of redacted(trials, answers)) io.out(renderFinding(finding));
  if (!trials.every(({ isGood }) => isGood) && !call.anyway) {
    io.err("chapar: nothing was written — mend what is marked ✗ above, or give --anyway to write it as it is");
    return 2;
  }
  await draft.write();
  io.out("");
  await tellRest(draft, call);
  return 0;
}

async function initByAsking(call: Call): Promise<ExitCode> {
  const { io, file, probes } = call;
  const terminal = createTerminal();
  terminal.begin("chapar init: sets up your bridge");
  const before = await readBefore(file);
  if (
    before.config !== undefined &&
    !call.force &&
    !(await terminal.confirm(`${file} is there already. Replace it?`))
  ) {
    throw new Cancelled("kept what there is");
  }
  const answers = await askAll(terminal, {
    telegram: async (telegram) => hideIn(await tryTelegram(telegram), telegram),
    panel: async (panel, line) => hideIn(await tryPanel(panel, line, probes), panel),
  });
  const draft = createDraft(answers, before, io.env);
  const replaced = draft.replaced.filter((what) => what !== file);
  if (replaced.length > 0 && !call.force && !(await terminal.confirm(`Replace ${replaced.join(", ")}?`))) {
    throw new Cancelled("kept what there is");
  }
  await draft.write();
  terminal.end("Done.");
  await tellRest(draft, call);
  return 0;
}

async function tellRest({ config, overruled }: Draft, { io, file, probes }: Call): Promise<void> {
  const { places } = await checkStore(config, probes);
  // Where npx ran it, there is no other `chapar` to call.
  const program = io.env.npm_command === "exec" ? "npx chapar" : "chapar";
  for (const line of renderSteps(config, { file, places, program })) io.out(line);
  for (const name of overruled) {
    io.err(
      `warning: ${name} is set to something else in this environment, which counts more than .env — unset it there`,
    );
  }
}

/** Others' words may repeat what they were sent, and hold what would move the cursor. */
function hideIn(trial: Trial, section: object): Trial {
  const redactor = createRedactor(secretsOf(section));
  const findings = trial.findings.map((finding) => ({ ...finding, text: visible(redactor.text(finding.text)) }));
  return { ...trial, findings };
}

function redacted(trials: readonly Trial[], answers: Answers): Finding[] {
  return trials.flatMap((trial) => [...hideIn(trial, answers).findings]);
}

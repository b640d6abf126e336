import { renderProblem } from "../config/problem.ts";
import { type Config, inboxTokenOf } from "../config/resolve.ts";
import { createRedactor } from "../support/redact.ts";
import { createSystemClock } from "../support/system-clock.ts";
import { readArguments, takeNoMore } from "./arguments.ts";
import { problemFindings } from "./check/config-problems.ts";
import { lookSafely } from "./check/look-safely.ts";
import { exitCodeOf, renderDocument, renderReport } from "./check/report.ts";
import { listUnreadable, renderUnreadable } from "./check/unreadable.ts";
import type { ExitCode, Io } from "./io.ts";
import { loadOrProblems } from "./load-config.ts";
import { commonOptions, createCommandLog, readLogLevel } from "./options.ts";

const options = {
  ...commonOptions,
  json: { type: "boolean", default: false },
  "show-urls": { type: "boolean", default: false },
  "show-unreadable": { type: "boolean", default: false },
  "read-inbox": { type: "boolean", default: false },
} as const;

/** `chapar check`: what is wrong, in plain words. Sends no SMS, writes into no chat, changes no record in the store. */
export async function check(argv: readonly string[], io: Io): Promise<ExitCode> {
  const { values, positionals } = readArguments(argv, options);
  takeNoMore(positionals);
  const level = readLogLevel(values["log-level"], "silent");
  const { json } = values;
  const loaded = await loadOrProblems(values.config, io);
  if ("problems" in loaded) {
    if (json) io.out(renderDocument(await problemFindings(values.config, loaded.problems), createRedactor([])));
    else for (const problem of loaded.problems) io.err(renderProblem(problem));
    return 2;
  }

  const { config, secrets } = loaded;
  const all = createRedactor(secrets);
  const showsUrls = values["show-urls"] || (io.isTerminal && !json);
  const { findings, unreadable } = await lookSafely(values.config, loaded, {
    clock: createSystemClock(),
    log: createCommandLog(io, all, level),
    showsUrls,
    readsInbox: values["read-inbox"],
    inColumns: !json,
  });
  // The inbox tokens are in the URLs that a person asked to see; everything else stays hidden.
  const redactor = showsUrls
    ? createRedactor(secrets.filter((secret) => !inboxTokensOf(config).includes(secret)))
    : all;
  const shown = values["show-unreadable"] ? unreadable : [];
  if (json) {
    io.out(
      renderDocument(findings, redactor, values["show-unreadable"] ? { unreadable: listUnreadable(shown, all) } : {}),
    );
  } else {
    const between = renderUnreadable(shown, config.timeZone).map((line) => all.text(line));
    for (const line of renderReport(findings, { redactor, isTerminal: io.isTerminal, between })) io.out(line);
  }
  return exitCodeOf(findings);
}

function inboxTokensOf({ providers }: Config): string[] {
  return Object.values(providers).flatMap((provider) => inboxTokenOf(provider) ?? []);
}

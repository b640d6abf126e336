import { type App, createApp } from "../app.ts";
import type { LoadedConfig } from "../config/load.ts";
import { renderProblem } from "../config/problem.ts";
import { inboxTokenOf } from "../config/resolve.ts";
import { createRedactor } from "../support/redact.ts";
import { createSystemClock } from "../support/system-clock.ts";
import { readArguments, takeNoMore } from "./arguments.ts";
import type { ExitCode, Io } from "./io.ts";
import { loadOrTell } from "./load-config.ts";
import { commonOptions, createCommandLog, readLogLevel } from "./options.ts";
import { serve } from "./serve.ts";

/** `chapar run`: the bridge. */
export async function run(argv: readonly string[], io: Io): Promise<ExitCode> {
  const { values, positionals } = readArguments(argv, commonOptions);
  takeNoMore(positionals);
  const level = readLogLevel(values["log-level"], "info");
  const loaded = await loadOrTell(values.config, io);
  if (!loaded) return 2;

  const redactor = createRedactor(loaded.secrets);
  const log = createCommandLog(io, redactor, level);
  const clock = createSystemClock();
  return serve({
    io,
    log,
    clock,
    redactor,
    create: () => createApp(loaded.config, { log, clock }),
    onStarted: (app) => announce(app, loaded, io),
  });
}

/** What a person needs to know at the start. Secrets are not in it: `chapar check --show-urls` prints the URLs to register. */
function announce(app: App, { config, warnings }: LoadedConfig, io: Io): void {
  for (const warning of warnings) io.err(`warning: ${renderProblem(warning)}`);
  io.out(`chapar listens on ${app.url}`);
  const pushed = Object.entries(config.providers).filter(([, provider]) => inboxTokenOf(provider) !== undefined);
  for (const [id] of pushed) io.out(`${id}: \`chapar check --show-urls\` prints the URL to register at the panel`);
  for (const { desk, code } of app.pairingCodes) io.out(`${desk}: not paired yet; write /pair ${code} in its chat`);
}

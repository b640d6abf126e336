import type { Clock } from "../core/ports/clock.ts";
import type { Log } from "../core/ports/log.ts";
import type { Redactor } from "../support/redact.ts";
import { sleep } from "../support/sleep.ts";
import { describeFailure } from "./failures.ts";
import type { ExitCode, Io } from "./io.ts";
import { exitOnStrayErrors, type Signals, watchSignals } from "./signals.ts";

const stopMs = 4_700;

/** What runs until it is told to stop: the bridge, or a sandbox with a bridge in it. */
export interface Served {
  start(): Promise<void>;
  /** May come before `start` has ended. Safe to call twice. */
  stop(): Promise<void>;
}

export interface ServeDeps<App extends Served> {
  readonly io: Io;
  readonly log: Log;
  readonly clock: Clock;
  readonly redactor: Redactor;
  create(): Promise<App>;
  /** Tells that it runs. What it throws stops it. */
  onStarted(app: App): void | Promise<void>;
}

/**
 * Runs it until SIGTERM or SIGINT; then gives it a little less than five seconds to stop. A second signal, or an error that nobody
 * caught, ends the process at once: everything that matters is on disk already.
 */
export async function serve<App extends Served>(deps: ServeDeps<App>): Promise<ExitCode> {
  const signals = watchSignals();
  const stopWatching = exitOnStrayErrors(deps.log);
  try {
    return await serveUntil(signals, deps);
  } finally {
    stopWatching();
    signals.stop();
  }
}

async function serveUntil<App extends Served>(signals: Signals, deps: ServeDeps<App>): Promise<ExitCode> {
  const { io, log, redactor } = deps;
  let app: App | undefined;
  try {
    app = await deps.create();
    await Promise.race([app.start(), signals.first]);
    if (!signals.hasCome()) await Promise.race([tell(app, deps), signals.first]);
  } catch (error) {
    io.err(`chapar: ${redactor.text(describeFailure(error))}`);
    log.debug({ err: error }, "bridge not started");
    await stopInTime(app, deps);
    return 1;
  }
  await signals.first;
  log.info({}, "stopping");
  await stopInTime(app, deps);
  return 0;
}

/** What it throws after a signal is of no interest any more. */
function tell<App extends Served>(app: App, deps: ServeDeps<App>): Promise<void> {
  const told = Promise.resolve(deps.onStarted(app));
  told.catch(() => undefined);
  return told;
}

async function stopInTime(
  app: Served | undefined,
  { log, clock }: Pick<ServeDeps<Served>, "log" | "clock">,
): Promise<void> {
  const late = new AbortController();
  const stopping = (app?.stop() ?? Promise.resolve()).catch((error) => {
    log.error({ err: error }, "not everything stopped cleanly");
  });
  const timeOut = sleep(clock, stopMs, late.signal).then(
    () => log.warn({ ms: stopMs }, "stopped without waiting any longer"),
    () => undefined,
  );
  await Promise.race([stopping, timeOut]);
  late.abort();
}

import type { Config } from "../config/resolve.ts";
import { createEvents } from "../core/events.ts";
import { type Imported, type ImportWish, openImporter } from "../core/keeping/importer.ts";
import { foldNumber, type Line, spellNumber } from "../core/model/phone.ts";
import type { Clock } from "../core/ports/clock.ts";
import type { Log } from "../core/ports/log.ts";
import { ProviderError } from "../core/ports/provider-error.ts";
import type { SmsProvider } from "../core/ports/sms-provider.ts";
import { StoreError } from "../core/ports/store.ts";
import { createProvider } from "../providers/index.ts";
import { readOwner } from "../store/lock.ts";
import { openStore } from "../store/open.ts";
import { parseStoreUri } from "../store/uri.ts";
import { createRedactor } from "../support/redact.ts";
import { createReleaseStack } from "../support/release.ts";
import { createSystemClock } from "../support/system-clock.ts";
import { readArguments, readNumber, takeNoMore, UsageError } from "./arguments.ts";
import { adviceFor } from "./check/panel-faults.ts";
import { visible } from "./check/visible.ts";
import { describeFailure } from "./failures.ts";
import { renderImported } from "./imported.ts";
import type { ExitCode, Io } from "./io.ts";
import { requireLine } from "./lines.ts";
import { loadOrTell } from "./load-config.ts";
import { commonOptions, createCommandLog, readLogLevel } from "./options.ts";
import { registryOf } from "./registry.ts";

const dayMs = 86_400_000;

const options = {
  ...commonOptions,
  line: { type: "string" },
  days: { type: "string" },
  post: { type: "boolean", default: false },
  unread: { type: "boolean", default: false },
} as const;

interface Deps {
  readonly clock: Clock;
  readonly log: Log;
}

/** `chapar import`: past SMS of a line that its panel still lists, into the store, and with `--post` into their threads. */
export async function importSms(argv: readonly string[], io: Io): Promise<ExitCode> {
  const { values, positionals } = readArguments(argv, options);
  takeNoMore(positionals);
  const level = readLogLevel(values["log-level"], "silent");
  const wanted = readWanted(values);
  const loaded = await loadOrTell(values.config, io);
  if (!loaded) return 2;

  const { config, secrets } = loaded;
  const line = foldNumber(wanted.line);
  const settings = requireLine(config, line);
  const days = readNumber("days", wanted.days, { min: 0.01, max: config.keepDays });
  if (parseStoreUri(config.store).kind === "memory")
    throw new UsageError("the store is in memory: there is nothing to bring them into");

  const redactor = createRedactor(secrets);
  const deps = { clock: createSystemClock(), log: createCommandLog(io, redactor, level) };
  const wish = { since: deps.clock.now() - days * dayMs, shows: values.post, marksUnread: values.unread };
  if (values.unread && (await readOwner(config.store, {}))) {
    throw new UsageError("--unread: stop the bridge first, or it marks them as read again within minutes");
  }
  try {
    const { imported, isListed } = await bring(config, { line, provider: settings.provider, wish }, deps);
    const hasBridge = (await readOwner(config.store, {})) !== undefined;
    const facts = { line: spellNumber(line), days, shows: values.post, hasBridge, isListed };
    for (const said of renderImported(imported, facts)) io.out(said);
    const { unreadFailure } = imported;
    if (unreadFailure === undefined) return 0;
    deps.log.error({ err: unreadFailure }, "past sms not marked as unread");
    io.err(redactor.text(`chapar: the panel did not mark them all as unread: ${describePanel(unreadFailure)}`));
    return 1;
  } catch (error) {
    if (!(error instanceof ProviderError || error instanceof StoreError)) throw error;
    deps.log.error({ err: error }, "past sms not imported");
    io.err(redactor.text(`chapar: ${describeWhy(error)}`));
    return 1;
  }
}

/** Writes beside whoever runs on the store, as `chapar send` does. */
async function bring(
  config: Config,
  { line, provider, wish }: { line: Line; provider: string; wish: ImportWish },
  deps: Deps,
): Promise<{ readonly imported: Imported; readonly isListed: boolean }> {
  const stack = createReleaseStack();
  try {
    const panel = openPanel(config, provider, deps);
    stack.add(() => panel.close());
    requireWays(panel, wish);
    const store = await openStore(config.store, deps);
    stack.add(() => store.close());
    const events = createEvents((error) => deps.log.error({ err: error }, "listener failed"));
    const importer = await openImporter({ ...deps, store, events, registry: registryOf(config, [panel]) });
    // Each call to the panel has its own patience.
    const imported = await importer.run(line, wish, new AbortController().signal);
    return { imported, isListed: panel.history !== undefined };
  } finally {
    await stack.release();
  }
}

/** A panel without a list of its own for the past leaves only what the bridge itself has kept. */
function requireWays({ kind, history }: SmsProvider, { shows, marksUnread }: ImportWish): void {
  if (marksUnread && !history?.markUnread) throw new UsageError(`--unread: a panel of kind ${kind} cannot do that`);
  if (history || shows) return;
  const what = `--line: a panel of kind ${kind} lists no past SMS apart from its inbox, which the bridge reads`;
  throw new UsageError(`${what}; --post shows those that the bridge has kept as seen`);
}

function openPanel(config: Config, id: string, deps: Deps): SmsProvider {
  const settings = config.providers[id];
  if (!settings) throw new TypeError(`no provider ${id}`);
  return createProvider(id, settings, deps);
}

/** What can be said of the arguments without the configuration. */
function readWanted(values: { readonly line?: string | undefined; readonly days?: string | undefined }) {
  const { line, days } = values;
  if (line === undefined || days === undefined) {
    const missing = [
      ...(line === undefined ? ["--line (which of your lines they came to)"] : []),
      ...(days === undefined ? ["--days (how many days back)"] : []),
    ];
    throw new UsageError(`missing: ${missing.join(", ")}`);
  }
  return { line, days };
}

function describeWhy(error: ProviderError | StoreError): string {
  if (error instanceof StoreError) return `the past SMS could not be stored: ${describeFailure(error)}`;
  return `the panel did not list past SMS: ${describePanel(error)}`;
}

function describePanel({ code, vendor }: ProviderError): string {
  const said = vendor === undefined ? "" : `, the panel says: ${visible(vendor)}`;
  const advice = adviceFor(code);
  return `${code}${said}${advice === undefined ? "" : ` — ${advice}`}`;
}

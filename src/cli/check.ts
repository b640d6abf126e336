import { dirname, join } from "node:path";
import { renderProblem } from "../config/problem.ts";
import { type Config, inboxTokenOf } from "../config/resolve.ts";
import { spellNumber } from "../core/model/phone.ts";
import { readOwner } from "../store/lock.ts";
import { parseStoreUri } from "../store/uri.ts";
import { createRedactor } from "../support/redact.ts";
import { createSystemClock } from "../support/system-clock.ts";
import { readArguments, takeNoMore, UsageError } from "./arguments.ts";
import { type Finding, good, note, renderFinding } from "./check/finding.ts";
import { checkPrivacy } from "./check/privacy.ts";
import { checkProviders } from "./check/providers.ts";
import { checkStore } from "./check/store.ts";
import { checkTelegram } from "./check/telegram.ts";
import { checkUnreadable, renderUnreadable } from "./check/unreadable.ts";
import type { ExitCode, Io } from "./io.ts";
import { loadOrTell } from "./load-config.ts";
import { commonOptions, createCommandLog, readLogLevel } from "./options.ts";

const options = {
  ...commonOptions,
  "show-urls": { type: "boolean", default: false },
  "show-unreadable": { type: "boolean", default: false },
  "read-inbox": { type: "boolean", default: false },
} as const;

/** `chapar check`: what is wrong, in plain words. Sends no SMS, writes into no chat, changes no record in the store. */
export async function check(argv: readonly string[], io: Io): Promise<ExitCode> {
  const { values, positionals } = readArguments(argv, options);
  takeNoMore(positionals);
  const level = readLogLevel(values["log-level"], "silent");
  const loaded = await loadOrTell(values.config, io);
  if (!loaded) return 2;

  const { config, warnings, secrets } = loaded;
  if (values["read-inbox"] && (await readOwner(config.store, {}))) {
    throw new UsageError("--read-inbox: stop the bridge first, or SMS that this reads may never come to it");
  }
  const log = createCommandLog(io, createRedactor(secrets), level);
  const deps = {
    clock: createSystemClock(),
    log,
    showsUrls: values["show-urls"] || io.isTerminal,
    readsInbox: values["read-inbox"],
  };
  const { findings, places, unreadable } = await checkStore(config, deps);
  const [telegram, providers] = await Promise.all([checkTelegram(config, places), checkProviders(config, deps)]);
  const all: Finding[] = [
    good(`configuration: ${values.config}`),
    ...warnings.map((warning) => note(renderProblem(warning))),
    ...findings,
    ...checkUnreadable(unreadable, config.timeZone),
    ...(await checkPrivacy(privateFiles(values.config, config))),
    ...telegram,
    ...providers,
    ...linesOf(config),
  ];

  // The inbox tokens are in the URLs that a person asked to see; everything else stays hidden.
  const shown = deps.showsUrls
    ? Object.values(config.providers).flatMap((provider) => inboxTokenOf(provider) ?? [])
    : [];
  const redactor = createRedactor(secrets.filter((secret) => !shown.includes(secret)));
  for (const finding of all) io.out(redactor.text(renderFinding(finding)));
  if (values["show-unreadable"]) {
    const hide = createRedactor(secrets);
    for (const line of renderUnreadable(unreadable, config.timeZone)) io.out(hide.text(line));
  }
  return all.some(({ kind }) => kind === "bad") ? 2 : 0;
}

/** Those that hold passwords, or texts of customers. */
function privateFiles(configFile: string, config: Config): string[] {
  const place = parseStoreUri(config.store);
  return [join(dirname(configFile), ".env"), ...(place.kind === "sqlite" ? [place.file] : [])];
}

function linesOf(config: Config): Finding[] {
  return Object.entries(config.lines).map(([line, { provider, desk, fallback }]) => {
    const then = fallback.length > 0 ? `, then ${fallback.map(spellNumber).join(", ")}` : "";
    return good(`${spellNumber(line)}: through ${provider}, answered by ${desk}${then}`);
  });
}

import { dirname, join } from "node:path";
import type { LoadedConfig } from "../../config/load.ts";
import type { Config } from "../../config/resolve.ts";
import type { Unreadable } from "../../core/inbound/unreadable.ts";
import { spellNumber } from "../../core/model/phone.ts";
import { parseStoreUri } from "../../store/uri.ts";
import { type Finding, found } from "./finding.ts";
import { checkHook } from "./hook.ts";
import { checkPrivacy } from "./privacy.ts";
import type { ProbeDeps } from "./probes.ts";
import { checkProviders } from "./providers.ts";
import { checkStore, type StoreLook } from "./store.ts";
import { listRows, renderTable } from "./table.ts";
import { checkTelegram, type TelegramFacts } from "./telegram.ts";
import { checkUnreadable } from "./unreadable.ts";

export interface LookDeps extends ProbeDeps {
  readonly showsUrls: boolean;
  /** What is told of panels stands in columns. */
  readonly inColumns: boolean;
}

/** Everything that there is to find, in the order in which it is told. */
export async function lookAround(
  file: string,
  { config, warnings }: LoadedConfig,
  deps: LookDeps,
): Promise<{ readonly findings: readonly Finding[]; readonly unreadable: readonly Unreadable[] }> {
  const store = await checkStore(config, deps);
  const { unreadable, isRunning, lastInbound } = store;
  const [telegram, rows, hook, privacy] = await Promise.all([
    checkTelegram(config, store.places, telegramFacts(config, deps, store)),
    checkProviders(config, { ...deps, lastInbound }),
    checkHook(config, { isRunning }),
    checkPrivacy(privateFiles(file, config)),
  ]);
  const findings = [
    found("config.read", file, `configuration: ${file}`),
    ...warnings.map(({ path, what, fix }) => found("config.warning", path, `${path}: ${what}`, fix)),
    ...store.findings,
    ...checkUnreadable(unreadable, config.timeZone),
    ...privacy,
    ...withoutEcho(telegram, hook),
    ...store.settings,
    ...(deps.inColumns ? renderTable(rows) : listRows(rows)),
    ...hook,
    ...linesOf(config),
  ];
  return { findings, unreadable };
}

function telegramFacts({ telegram, server }: Config, { clock }: LookDeps, { isRunning }: StoreLook): TelegramFacts {
  const { publicUrl } = server;
  const isPushed = telegram.updates === "webhook" && publicUrl !== undefined;
  return { clock, ...(isPushed && { webhook: { clock, publicUrl, isRunning } }) };
}

/** Telegram cannot come through a door that is shut, or behind which nobody is as yet, and says so, too. */
function withoutEcho(telegram: readonly Finding[], hook: readonly Finding[]): readonly Finding[] {
  const isOpen = hook.some(({ code }) => code === "hook.reachable");
  return isOpen ? telegram : telegram.filter(({ code }) => code !== "telegram.webhook-failing");
}

/** Those that hold passwords, or texts of customers. */
function privateFiles(configFile: string, config: Config): string[] {
  const place = parseStoreUri(config.store);
  return [join(dirname(configFile), ".env"), ...(place.kind === "sqlite" ? [place.file] : [])];
}

function linesOf({ lines }: Config): Finding[] {
  return Object.entries(lines).map(([line, { provider, desk, fallback }]) => {
    const then = fallback.length > 0 ? `, then ${fallback.map(spellNumber).join(", ")}` : "";
    const number = spellNumber(line);
    return found("line.route", number, `${number}: through ${provider}, answered by ${desk}${then}`);
  });
}

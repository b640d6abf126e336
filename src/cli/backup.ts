import { stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { noteCopied } from "../core/keeping/restored.ts";
import { StoreError } from "../core/ports/store.ts";
import { backupStore } from "../store/backup.ts";
import { parseStoreUri } from "../store/uri.ts";
import { fileExists } from "../support/file-exists.ts";
import { isFolder } from "../support/is-folder.ts";
import { createRedactor } from "../support/redact.ts";
import { createSystemClock } from "../support/system-clock.ts";
import { readArguments, takeNoMore, UsageError } from "./arguments.ts";
import { describeFailure } from "./failures.ts";
import type { ExitCode, Io } from "./io.ts";
import { loadOrTell } from "./load-config.ts";
import { commonOptions, createCommandLog, readLogLevel } from "./options.ts";

/** `chapar backup`: a consistent copy of the store, made beside whoever runs on it. */
export async function backup(argv: readonly string[], io: Io): Promise<ExitCode> {
  const { values, positionals } = readArguments(argv, commonOptions);
  const [target = "", ...more] = positionals;
  if (target === "") throw new UsageError("missing: FILE (where the copy goes)");
  takeNoMore(more);
  const level = readLogLevel(values["log-level"], "silent");
  const loaded = await loadOrTell(values.config, io);
  if (!loaded) return 2;

  const { config, secrets } = loaded;
  if (parseStoreUri(config.store).kind === "memory") {
    throw new UsageError("the store is in memory: there is nothing to copy");
  }
  const file = resolve(target);
  await requireNew(file);
  const redactor = createRedactor(secrets);
  const clock = createSystemClock();
  const log = createCommandLog(io, redactor, level);
  // Before the copy begins: what is newer than this may or may not be in it.
  const at = clock.now();
  try {
    await backupStore(config.store, file, { clock, log, note: (copy) => noteCopied(copy, at) });
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    log.error({ err: error }, "store not copied");
    io.err(redactor.text(`chapar: ${describeFailure(error)}`));
    return 1;
  }
  io.out(`the store was copied to ${file} (${spellSize((await stat(file)).size)})`);
  return 0;
}

async function requireNew(file: string): Promise<void> {
  if (await fileExists(file)) throw new UsageError(`${file} exists already; name a new file`);
  const folder = dirname(file);
  if (!(await isFolder(folder))) throw new UsageError(`there is no folder ${folder}; make it first`);
}

function spellSize(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
